/** The lines of a picture by colour, dashes and name, with their last values. */
import type { VNode } from "preact";
import { formatNumber } from "../parts/format.ts";
import { dashOf, type DrawnView, lineClass } from "./lines_axes.ts";

/** The legend. */
export function LinesLegend(
  { view, sweep }: { readonly view: DrawnView; readonly sweep: string },
): VNode {
  return (
    <ol class="legend curve-legend" aria-label={`Lines, with the last ${view.metric} in view`}>
      {view.lines.map((line, index) => {
        const { trial, tag, label, n, y, marks } = line;
        const last = y[n.findLastIndex((one) => one > 0)];
        return (
          <li key={label}>
            <svg class="swatch" width="34" height="10" aria-hidden="true">
              <g class={`curve ${lineClass(index, line)}`}>
                <polyline
                  points="1,5 33,5"
                  stroke-dasharray={dashOf(index, line).join(" ") || undefined}
                />
              </g>
            </svg>
            <span class="place">{tag}</span>
            {trial === null
              ? <span class="label" title={label}>{label}</span>
              : <a class="label" href={`/s/${sweep}/t/${trial}`} title={label}>{label}</a>}
            <span class="value">
              {marks.length > 0 && <span title="not finite">×</span>}
              {last === undefined ? "–" : formatNumber(last)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
