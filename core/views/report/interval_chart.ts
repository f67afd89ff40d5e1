/** Means with their intervals, a row each, as SVG. */
import { chartScale, rangeOf, round, tickText } from "./chart_scale.ts";
import { html, type Markup } from "./markup.ts";
import type { Interval } from "../../domain/statistics.ts";

/** One row: a dot, its interval, and what it is held against. */
export interface IntervalRow {
  readonly label: string;
  readonly mean: number;
  /** The 95 % interval of the mean; null where nothing can be said. */
  readonly ci95: Interval | null;
  /** A wider interval behind it, such as that of a single run. */
  readonly outer?: Interval | null;
  /** Somebody else's number, drawn as a diamond. */
  readonly mark?: number | null;
  /** Drawn faint. */
  readonly isFaint?: boolean;
}

const ROW = 24;
const WIDTH = 460;
const AXIS = 42;
const CHARACTER = 6.6;

/** The SVG element; null without rows. */
export function intervalChart(
  rows: readonly IntervalRow[],
  { title, xLabel }: { readonly title: string; readonly xLabel: string },
): Markup | null {
  if (rows.length === 0) return null;
  const longest = Math.max(...rows.map(({ label }) => [...label].length));
  const left = Math.min(220, Math.max(48, round(longest * CHARACTER + 14)));
  const height = rows.length * ROW + AXIS;
  const values = rows.flatMap(({ mean, ci95, outer, mark }) => [
    mean,
    ...(ci95 ?? []),
    ...(outer ?? []),
    ...(mark === undefined || mark === null ? [] : [mark]),
  ]);
  const x = chartScale(rangeOf(values, 0.06), { from: left, to: WIDTH - 16, ticks: 5 });
  const bottom = rows.length * ROW + 4;
  return html`
    <svg class="chart intervals" viewBox="0 0 ${WIDTH} ${height}" role="img"
      aria-label="${title}">
    <g class="axes">${x.ticks.map((tick) =>
      html`
        <line class="grid" x1="${x.at(tick)}" x2="${x.at(tick)}" y1="4" y2="${bottom}" />
        <text class="tick" x="${x.at(tick)}" y="${bottom + 15}" text-anchor="middle">${tickText(
          tick,
        )}</text>
      `
    )}
    <text class="name" x="${(left + WIDTH - 16) / 2}" y="${height -
      6}" text-anchor="middle">${xLabel}</text></g>
    ${rows.map((row, index) => rowOf(row, { x: x.at, y: index * ROW + ROW / 2 + 4, left }))}
    </svg>
  `;
}

function rowOf(
  row: IntervalRow,
  { x, y, left }: {
    readonly x: (value: number) => number;
    readonly y: number;
    readonly left: number;
  },
): Markup {
  const { label, mean, ci95, mark } = row;
  const outer = row.outer ?? null;
  const limit = Math.floor((left - 14) / CHARACTER);
  const characters = [...label];
  const text = characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : label;
  return html`<g class="row${row.isFaint ? " faint" : ""}"><title>${label}</title>
<text class="label" x="${left - 10}" y="${y + 4}" text-anchor="end">${text}</text>
${outer === null ? null : whisker("outer", outer, { x, y })}
${ci95 === null ? null : whisker("inner", ci95, { x, y })}
<circle class="dot c0" cx="${x(mean)}" cy="${y}" r="4"/>
${mark === undefined || mark === null ? null : diamond(x(mark), y)}</g>`;
}

function whisker(
  kind: string,
  [lower, upper]: Interval,
  { x, y }: { readonly x: (value: number) => number; readonly y: number },
): Markup {
  return html`
    <line class="whisker ${kind}" x1="${x(lower)}" x2="${x(upper)}" y1="${y}"
      y2="${y}" />
  `;
}

function diamond(x: number, y: number): Markup {
  return html`
    <path class="mark"
      d="M${x} ${y - 6}L${round(x + 6)} ${y}L${x} ${y + 6}L${round(x - 6)} ${y}Z" />
  `;
}
