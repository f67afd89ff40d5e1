/** How much each parameter matters, with the interval of each share and how it was estimated. */
import type { VNode } from "preact";
import type {
  ImportanceEstimator,
  ParameterImportance,
} from "../../../core/domain/importance/importance.ts";
import { formatCount } from "../parts/format.ts";
import type { ParametersSnapshot } from "./parameters_model.ts";
import { ChartCard } from "../charts/chart_card.tsx";
import { configurations } from "./words.ts";

const WIDTH = 160;

const ESTIMATORS: Readonly<Record<ImportanceEstimator, string>> = {
  "ped-anova": "PED-ANOVA",
  fanova: "fANOVA",
};

/** The figure. */
export function ImportanceFigure({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { importance } = page;
  const isKnown = importance.parameters.some(({ share }) => share > 0);
  return (
    <ChartCard id="importance" title="Importance" sentence={sentence(page)}>
      {isKnown
        ? (
          <div class="scroll" role="region" aria-label="Importance of each parameter" tabIndex={0}>
            <table class="importance">
              <thead>
                <tr>
                  <th scope="col">parameter</th>
                  <th scope="col" class="number">share</th>
                  <th scope="col" class="number">95 % interval</th>
                  <th scope="col" class="number">correlation</th>
                  <th scope="col">
                    <span class="visually-hidden">picture</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {importance.parameters.map((one) => <Row key={one.name} one={one} page={page} />)}
              </tbody>
            </table>
          </div>
        )
        : <p class="empty">The results so far do not tell the parameters apart.</p>}
      {importance.notes.length > 0 && (
        <ul class="note notes">
          {importance.notes.map((note) => <li key={note}>{note}.</li>)}
        </ul>
      )}
    </ChartCard>
  );
}

function sentence({ importance, objective, counts }: ParametersSnapshot): string {
  const { byOutcome, shown } = counts;
  const isSubset = shown.completed + shown.diverged < byOutcome.completed + byOutcome.diverged;
  const subset = isSubset ? " It is what matters among those that the filter lets through." : "";
  const { estimator, n, resamples, diverged, parameters } = importance;
  const later = isSubset ? 0 : byOutcome.completed + byOutcome.diverged - n;
  const since = later > 0 ? ` ${formatCount(later)} more have come since.` : "";
  const [first] = parameters;
  const leader = first === undefined || first.share === 0
    ? ""
    : ` ${first.name} matters most, with ${percent(first.share)}.`;
  const intervals = resamples === 0
    ? "without intervals"
    : `intervals from ${formatCount(resamples)} bootstrap resamples`;
  return `Estimated by ${ESTIMATORS[estimator]} from the ${configurations(n)} that completed` +
    `${
      diverged > 0 ? ` (${formatCount(diverged)} of them diverged)` : ""
    }, ${intervals}.${leader} The correlation is that of the ` +
    `parameter alone with ${objective.metric}: Spearman's ρ, for other choices than numbers the ` +
    `correlation ratio η, which has no sign.${subset}${since}`;
}

function Row(
  { one, page: { importance: { n }, correlations } }: {
    readonly one: ParameterImportance;
    readonly page: ParametersSnapshot;
  },
): VNode {
  const { name, share, interval, active } = one;
  const correlation = correlations.find((other) => other.name === name);
  return (
    <tr>
      <td>
        <span class="strong">{name}</span>
        {active < n && <span class="sub">active in {formatCount(active)}</span>}
      </td>
      <td class="number" data-label="share">{percent(share)}</td>
      <td class="number" data-label="95 % interval">
        {interval === null ? "–" : `${percent(interval[0])} to ${percent(interval[1])}`}
      </td>
      <td
        class="number"
        data-label="correlation"
        title={correlation && `over ${configurations(correlation.n)}`}
      >
        {correlation === undefined || correlation.value === null ? "–" : (
          <>
            <span class="faint">{correlation.kind === "eta" ? "η" : "ρ"}</span>{" "}
            {signed(correlation.value, correlation.kind)}
          </>
        )}
      </td>
      <td>
        <svg class="importance-bar" width={WIDTH} height="16" aria-hidden="true">
          <rect class="importance-track" x="0" y="3" width={WIDTH} height="10" />
          <rect class="importance-share" x="0" y="3" width={WIDTH * share} height="10" />
          {interval && (
            <path
              class="importance-interval"
              d={`M${1 + (WIDTH - 2) * interval[0]} 1v14m0-7H${
                1 + (WIDTH - 2) * interval[1]
              }m0-7v14`}
            />
          )}
        </svg>
      </td>
    </tr>
  );
}

function signed(value: number, kind: "spearman" | "eta"): string {
  const text = Math.abs(value).toFixed(2);
  return kind === "eta" ? text : `${value < 0 ? "−" : "+"}${text}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
