/** The best configurations that a filter lets through, as a table. */
import type { VNode } from "preact";
import { formatNumber, formatValue } from "../parts/format.ts";
import type { ParametersSnapshot } from "./parameters_model.ts";
import { trialHref } from "./links.ts";
import { configurations } from "./words.ts";

const ROWS = 50;

/** The table. */
export function PointTable({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { parallel, axes, objective, facts } = page;
  const rows = parallel.lines.slice(-ROWS).reverse();
  return (
    <table>
      <caption class="note">
        The best {rows.length} of {configurations(parallel.total)}
      </caption>
      <thead>
        <tr>
          <th scope="col">trial</th>
          {axes.map(({ name }) => <th key={name} scope="col" class="number">{name}</th>)}
          <th scope="col" class="number">{objective.metric}</th>
          <th scope="col" class="number">sd</th>
          <th scope="col" class="number">replicates</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ configuration, trial, values, mean, sd, n, outcome }) => (
          <tr key={configuration}>
            <td>
              <TrialLink sweep={facts.sweep} trial={trial} />
            </td>
            {axes.map(({ name }, index) => (
              <td key={name} class="number">{formatValue(values[index] ?? "–")}</td>
            ))}
            <td class="number">{mean === null ? outcome : formatNumber(mean)}</td>
            <td class="number">{sd === null ? "–" : formatNumber(sd)}</td>
            <td class="number">{n}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TrialLink({ sweep, trial }: { readonly sweep: string; readonly trial: number }): VNode {
  const href = trialHref(sweep, trial);
  return href === null ? <span>{trial}</span> : <a href={href}>{trial}</a>;
}
