/** Lines with bands over a common axis, as SVG: learning curves, fitted curves. */
import type { Interval } from "../../domain/statistics.ts";
import { type ChartScale, chartScale, rangeOf, round, tickText } from "./chart_scale.ts";
import { html, type Markup } from "./markup.ts";

/** A place in the plane. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/** One line. */
export interface LineSeries {
  readonly label: string;
  /** The number of its colour, from 0; they repeat after eight. */
  readonly colour: number;
  readonly points: readonly ChartPoint[];
  /** From `lower` to `upper` around it; empty for none. */
  readonly band: readonly {
    readonly x: number;
    readonly lower: number;
    readonly upper: number;
  }[];
  readonly isDashed?: boolean;
}

/** A chart of lines. */
export interface LineChart {
  /** What it shows, for those who do not see it. */
  readonly title: string;
  /** With the unit. */
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly LineSeries[];
  /** Data under the lines. */
  readonly scatter?: readonly ChartPoint[];
  /** Equal steps of y are equal ratios; only positive numbers have a place then. */
  readonly isLog?: boolean;
}

/** The size of the drawing in user units, and what is left around the plot. */
const SIZE = { width: 460, height: 280, left: 62, right: 12, top: 12, bottom: 44 };
/** Different colours of lines. */
export const COLOURS = 8;

/** The SVG element. It takes its colours from the document's style. */
export function lineChart(chart: LineChart): Markup {
  const scatter = chart.scatter ?? [];
  const xs = [...chart.series.flatMap(({ points }) => points), ...scatter].map(({ x }) => x);
  const right = SIZE.width - SIZE.right;
  const bottom = SIZE.height - SIZE.bottom;
  const x = chartScale(rangeOf(xs, 0.01), { from: SIZE.left, to: right, ticks: 6 });
  const isLog = chart.isLog === true;
  const range = isLog ? positiveRange(chart.series) : lineRange(chart.series, scatter);
  const y = chartScale(range, { from: bottom, to: SIZE.top, ticks: 5, log: isLog });
  const inside = ({ x: at, y: value }: ChartPoint): boolean =>
    Number.isFinite(at) && Number.isFinite(value) && (!isLog || value > 0);
  return html`<svg class="chart" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="${chart.title}">
${axes({ x, y, xLabel: chart.xLabel, yLabel: chart.yLabel })}
<g>
${chart.series.map((series) => bandOf(series, { x, y, floor: isLog ? range[0] : -Infinity }))}
${
    scatter.filter(inside).map((point) =>
      html`
        <circle class="datum" cx="${x.at(point.x)}" cy="${y.at(point.y)}" r="2" />
      `
    )
  }
${chart.series.map((series) => lineOf(series, { x, y, inside }))}
</g>
</svg>`;
}

interface Axes {
  readonly x: ChartScale;
  readonly y: ChartScale;
}

function lineRange(series: readonly LineSeries[], scatter: readonly ChartPoint[]): Interval {
  return rangeOf([
    ...series.flatMap(({ points }) => points.map(({ y }) => y)),
    ...series.flatMap(({ band }) => band.flatMap(({ lower, upper }) => [lower, upper])),
    ...scatter.map(({ y }) => y),
  ]);
}

/** Around the lines themselves: a band may reach below zero, where ratios end. */
function positiveRange(series: readonly LineSeries[]): Interval {
  const values = series.flatMap(({ points }) => points.map(({ y }) => y)).filter((y) => y > 0);
  const [low, high] = rangeOf(values, 0);
  return [low / 1.15, high * 1.15];
}

/** Grid lines, tick labels and names of both axes. */
function axes(
  { x, y, xLabel, yLabel }: Axes & { readonly xLabel: string; readonly yLabel: string },
): Markup {
  const bottom = SIZE.height - SIZE.bottom;
  const right = SIZE.width - SIZE.right;
  const middle = (SIZE.top + bottom) / 2;
  return html`<g class="axes">
${
    y.ticks.map((tick) =>
      html`
        <line class="grid" x1="${SIZE.left}" x2="${right}" y1="${y.at(tick)}" y2="${y.at(tick)}" />
        <text class="tick" x="${SIZE.left - 6}" y="${round(
          y.at(tick) + 4,
        )}" text-anchor="end">${tickText(tick)}</text>
      `
    )
  }
${
    x.ticks.map((tick) =>
      html`
        <line class="stub" x1="${x.at(tick)}" x2="${x.at(tick)}" y1="${bottom}" y2="${bottom +
          4}" />
        <text class="tick" x="${x.at(tick)}" y="${bottom + 17}" text-anchor="middle">${tickText(
          tick,
        )}</text>
      `
    )
  }
<line class="axis" x1="${SIZE.left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>
<text class="name" x="${(SIZE.left + right) / 2}" y="${
    SIZE.height - 8
  }" text-anchor="middle">${xLabel}</text>
<text class="name" transform="translate(13 ${middle}) rotate(-90)" text-anchor="middle">${yLabel}</text>
</g>`;
}

function bandOf(
  { band, colour }: LineSeries,
  { x, y, floor }: Axes & { readonly floor: number },
): Markup | null {
  if (band.length === 0) return null;
  const at = (place: number, value: number): string =>
    `${x.at(place)},${y.at(Math.max(floor, value))}`;
  const there = band.map(({ x: place, upper }) => at(place, upper));
  const back = band.toReversed().map(({ x: place, lower }) => at(place, lower));
  const points = [...there, ...back].join(" ");
  return html`
    <polygon class="band c${colour % COLOURS}" points="${points}" />
  `;
}

function lineOf(
  { points, colour, isDashed }: LineSeries,
  { x, y, inside }: Axes & { readonly inside: (point: ChartPoint) => boolean },
): Markup {
  const shown = points.filter(inside);
  const [only] = shown;
  if (only !== undefined && shown.length === 1) {
    return html`
      <circle class="dot c${colour % COLOURS}" cx="${x.at(only.x)}" cy="${y.at(only.y)}" r="3" />
    `;
  }
  const places = shown.map((point) => `${x.at(point.x)},${y.at(point.y)}`).join(" ");
  return html`
    <polyline class="line c${colour % COLOURS}${isDashed ? " dashed" : ""}" points="${places}" />
  `;
}
