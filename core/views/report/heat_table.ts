/** A confusion matrix as SVG: rows are true classes, shaded by the share of their row. */
import type { ConfusionMatrix } from "../../domain/classification_report.ts";
import { round } from "./chart_scale.ts";
import { html, type Markup } from "./markup.ts";

/** More classes than this have no counts in their cells. */
const MOST_COUNTED = 16;
const LONGEST_NAME = 14;

/** The SVG element. */
export function heatTable(
  confusion: ConfusionMatrix,
  { classes, title }: { readonly classes: readonly string[]; readonly title: string },
): Markup {
  const isCounted = confusion.length <= MOST_COUNTED;
  const cell = isCounted ? 44 : Math.max(4, round(420 / confusion.length));
  const names = classes.map(shortName);
  const longest = Math.max(...names.map(({ length }) => length));
  const left = isCounted ? 34 + 7 * longest : 34;
  const side = cell * confusion.length;
  const height = side + (isCounted ? 40 + 4.6 * longest : 34);
  return html`
    <svg class="chart heat" viewBox="0 0 ${left + side + 8} ${round(
      height,
    )}" role="img" aria-label="${title}"
      style="max-width:${left + side + 8}px">
    ${confusion.map((row, actual) =>
      rowOf(row, { left, top: actual * cell + 2, cell, isCounted, actual })
    )}
    ${isCounted ? names.map((name, index) => nameOf(name, { left, index, cell, side })) : null}
    <text class="name" transform="translate(13 ${side /
      2}) rotate(-90)" text-anchor="middle">true</text>
    <text class="name" x="${left + side / 2}" y="${round(
      height - 4,
    )}" text-anchor="middle">predicted</text>
    </svg>
  `;
}

function rowOf(
  row: readonly number[],
  { left, top, cell, isCounted, actual }: {
    readonly left: number;
    readonly top: number;
    readonly cell: number;
    readonly isCounted: boolean;
    readonly actual: number;
  },
): readonly Markup[] {
  const total = row.reduce((sum, count) => sum + count, 0);
  return row.map((count, predicted) => {
    const share = total === 0 ? 0 : count / total;
    const x = left + predicted * cell;
    const kind = predicted === actual ? "right" : "wrong";
    const text = html`<text class="${share > 0.55 ? "on-strong" : "on-weak"}" x="${
      x + cell / 2
    }" y="${top + cell / 2 + 4}" text-anchor="middle">${count}</text>`;
    return html`
      <rect class="cell" x="${x}" y="${top}" width="${cell}" height="${cell}" /><rect
        class="${kind}" x="${x}" y="${top}" width="${cell}" height="${cell}"
        fill-opacity="${round(share)}" />${isCounted ? text : null}
    `;
  });
}

function nameOf(
  name: string,
  { left, index, cell, side }: {
    readonly left: number;
    readonly index: number;
    readonly cell: number;
    readonly side: number;
  },
): Markup {
  const middle = index * cell + cell / 2;
  return html`
    <text class="label" x="${left - 6}" y="${middle + 6}" text-anchor="end">${name}</text>
    <text class="label" transform="translate(${left + middle + 4} ${side + 12}) rotate(-35)"
      text-anchor="end">${name}</text>
  `;
}

function shortName(name: string): string {
  const characters = [...name];
  return characters.length > LONGEST_NAME
    ? `${characters.slice(0, LONGEST_NAME - 1).join("")}…`
    : name;
}
