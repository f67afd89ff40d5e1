/** The menu that saves a chart as a file; the page's script does the work (chart_export.ts). */
import type { VNode } from "preact";

/** The formats, with what each is good for. */
const FORMATS = [
  ["png", "PNG", "picture, twice the size"],
  ["svg", "SVG", "drawing, scales"],
  ["csv", "CSV", "the numbers"],
] as const;

/** The menu: it stands in a `section.chart`, and is seen only where there is a script. */
export function ChartMenu(
  { title }: { readonly title: string },
): VNode {
  return (
    <details class="chart-menu">
      <summary aria-label={`Export ${title}`}>Export</summary>
      <div class="chart-formats">
        {FORMATS.map(([format, name, words]) => (
          <button key={format} type="button" data-export={format}>
            <b>{name}</b> <span class="note">{words}</span>
          </button>
        ))}
      </div>
    </details>
  );
}
