/** Which parameters matter most, in a few bars. */
import type { VNode } from "preact";
import { ChartCard } from "../charts/chart_card.tsx";
import { withFilter } from "../parts/shared_filter.ts";
import { FilteredNote } from "./filtered_note.tsx";
import type { FilteredConfigurations, ImportanceBrief } from "./panels_model.ts";
import { counted, percent } from "./words.ts";

const WIDTH = 110;

/** The card. */
export function ImportanceCard({ importance, sweep, filtered, address }: {
  readonly importance: ImportanceBrief;
  readonly sweep: string;
  readonly filtered: FilteredConfigurations | null;
  /** The filter; see `shared_filter.ts`. */
  readonly address: string;
}): VNode {
  const { parameters, total, n, estimator } = importance;
  const isKnown = parameters.some(({ share }) => share > 0);
  const method = estimator === "fanova" ? "fANOVA" : "PED-ANOVA";
  return (
    <ChartCard
      id="importance-brief"
      title="Importance"
      sentence={`${method}, ${counted(n, "configuration")}; bars with their 95 % intervals.`}
      controls={<a class="more" href={withFilter(`/s/${sweep}/params`, address)}>Parameters</a>}
      table={<Shares parameters={parameters} />}
    >
      <FilteredNote filtered={filtered} />
      {isKnown
        ? (
          <ul class="shares">
            {parameters.map(({ name, share, interval }) => (
              <li key={name}>
                <span class="name">{name}</span>
                <svg class="importance-bar" width={WIDTH} height="16" aria-hidden="true">
                  <rect class="importance-track" x="0" y="3" width={WIDTH} height="10" />
                  <rect class="importance-share" x="0" y="3" width={WIDTH * share} height="10" />
                  {interval && (
                    <path
                      class="importance-interval"
                      d={`M${1 + (WIDTH - 2) * interval[0]} 2v12m0-6H${
                        1 + (WIDTH - 2) * interval[1]
                      }m0-6v12`}
                    />
                  )}
                </svg>
                <span class="value">{percent(share)}</span>
              </li>
            ))}
          </ul>
        )
        : <p class="empty">{emptyWords(importance, filtered !== null)}</p>}
      {parameters.length < total && <p class="note">{parameters.length} of {total} parameters</p>}
    </ChartCard>
  );
}

function emptyWords({ total, n }: ImportanceBrief, isFiltered: boolean): string {
  if (total === 0) return "No parameter varies in this sweep.";
  if (n === 0 && !isFiltered) return "It is known once a few configurations have completed.";
  const which = isFiltered ? "These results" : "The results so far";
  return `${which} do not tell the parameters apart.`;
}

function Shares({ parameters }: Pick<ImportanceBrief, "parameters">): VNode {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">parameter</th>
          <th scope="col" class="number">share</th>
          <th scope="col" class="number">from</th>
          <th scope="col" class="number">to</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map(({ name, share, interval }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="number">{percent(share)}</td>
            <td class="number">{interval ? percent(interval[0]) : "–"}</td>
            <td class="number">{interval ? percent(interval[1]) : "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
