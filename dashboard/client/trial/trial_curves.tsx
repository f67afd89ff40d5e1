/** A trial's learning curve among those of its configuration's other replicates. */
import type { VNode } from "preact";
import { ChartCard } from "../charts/chart_card.tsx";
import { ChoiceLink } from "../parts/choice_link.tsx";
import { csvOfCurves } from "../curves/series_view.ts";
import { ThinnedNote } from "../curves/thinned_note.tsx";
import { CurveIsland } from "../curves/curve_island.tsx";
import { formatNumber } from "../parts/format.ts";
import type { TrialPartProps } from "./trial_page_props.ts";

/** The card. */
export function TrialCurvesCard(props: TrialPartProps): VNode {
  const { curves, facts, row } = props.snapshot;
  const drawn = curves.series.filter(({ points }) => points.length > 0);
  const sentence = summary(props.snapshot);
  return (
    <ChartCard
      id="curves"
      title="Learning curve"
      sentence={sentence}
      controls={<MetricChoice {...props} />}
      table={<Numbers snapshot={props.snapshot} />}
      csv={csvOfCurves(facts.sweep, curves.metric, curves.curves.map(({ trial }) => trial))}
    >
      {drawn.length === 0
        ? <p class="empty plot-space">The curve begins when the trial reports its first epoch.</p>
        : (
          <>
            {curves.others > 0 && (
              <p class="note">
                Solid: this trial. Dashed: {Math.max(0, drawn.length - 1)} of {curves.others}{" "}
                other trials of the same configuration.
              </p>
            )}
            <ThinnedNote series={drawn} sweep={facts.sweep} trials={[row.trial]} />
            <div class="plot-space">
              <CurveIsland
                metric={curves.metric}
                curves={curves.curves}
                series={drawn}
                label={sentence}
              />
            </div>
          </>
        )}
    </ChartCard>
  );
}

function MetricChoice({ snapshot: { curves, query, facts }, hrefOf }: TrialPartProps): VNode {
  return (
    <nav class="chips" aria-label="Metric of the curves">
      {curves.metrics.map((metric) => {
        const next = { ...query, metric: metric === facts.metric ? null : metric };
        return (
          <ChoiceLink key={metric} href={hrefOf(next)} isChosen={metric === curves.metric}>
            {metric}
          </ChoiceLink>
        );
      })}
    </nav>
  );
}

/** Rows of the table of numbers. */
const SHOWN = 200;

function Numbers({ snapshot: { curves, row } }: Pick<TrialPartProps, "snapshot">): VNode {
  const { points = [], reported = 0 } = curves.series.find(({ trial }) => trial === row.trial) ??
    {};
  const stride = Math.ceil(points.length / SHOWN);
  const shown = points.filter((_, index) => (points.length - 1 - index) % stride === 0);
  return (
    <table class="narrow">
      <caption class="note">{shown.length} of {reported} epochs that were reported</caption>
      <thead>
        <tr>
          <th scope="col" class="number">epoch</th>
          <th scope="col" class="number">{curves.metric}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(([epoch, value]) => (
          <tr key={epoch}>
            <td class="number">{epoch}</td>
            <td class="number">{formatNumber(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function summary({ curves, row }: TrialPartProps["snapshot"]): string {
  const points = curves.series.find(({ trial }) => trial === row.trial)?.points ?? [];
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) {
    return `${curves.metric} by epoch: this trial has reported none yet.`;
  }
  return `${curves.metric} of trial ${row.trial} by epoch: from ${formatNumber(first[1])} ` +
    `after epoch ${first[0]} to ${formatNumber(last[1])} after epoch ${last[0]}.`;
}
