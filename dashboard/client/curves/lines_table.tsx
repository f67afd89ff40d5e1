/** The lines of a picture as a table: where each begins and ends, and what lies between. */
import type { VNode } from "preact";
import { formatCount, formatNumber } from "../parts/format.ts";
import type { CurveLine, CurvesView } from "./curves_model.ts";
import { formatX } from "./lines_axes.ts";

/** The table. */
export function LinesTable(
  { view, sweep }: { readonly view: CurvesView; readonly sweep: string },
): VNode {
  const numbers = ["first", "last", "lowest", "highest"];
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">line</th>
          <th scope="col">state</th>
          <th scope="col" class="number">points in view</th>
          <th scope="col" class="number">reported</th>
          <th scope="col" class="number">not finite</th>
          <th scope="col" class="number">x from</th>
          <th scope="col" class="number">x to</th>
          {numbers.map((name) => <th key={name} scope="col" class="number">{name}</th>)}
        </tr>
      </thead>
      <tbody>
        {view.lines.map((line) => (
          <tr key={line.label}>
            <th scope="row">
              {line.trial === null
                ? line.label
                : <a href={`/s/${sweep}/t/${line.trial}`}>{line.label}</a>}
            </th>
            <td>{line.tag}</td>
            <td class="number">{formatCount(line.inRange)}</td>
            <td class="number">{formatCount(line.reported)}</td>
            <td class="number">{line.marks.reduce((sum, { n }) => sum + n, 0)}</td>
            {cells(view, line).map((text, index) => <td key={index} class="number">{text}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function cells(view: CurvesView, { x, y, n, low, high, trial }: CurveLine): readonly string[] {
  const first = n.findIndex((one) => one > 0);
  const last = n.findLastIndex((one) => one > 0);
  if (first < 0) return ["–", "–", "–", "–", "–", "–"];
  // A group's edges are quartiles: no trial need have been there.
  const edges = trial === null ? [y, y] : [low ?? y, high ?? y];
  const [lows = y, highs = y] = edges.map((of) => of.filter((_, at) => (n[at] ?? 0) > 0));
  return [
    formatX(x[first] ?? 0, view.query.x),
    formatX(x[last] ?? 0, view.query.x),
    ...[
      y[first] ?? 0,
      y[last] ?? 0,
      lows.reduce((least, value) => Math.min(least, value), Infinity),
      highs.reduce((most, value) => Math.max(most, value), -Infinity),
    ].map(formatNumber),
  ];
}
