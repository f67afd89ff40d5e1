/** Lines with bands as uPlot wants them: columns over all x, a few series for each line. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type uPlot from "uplot";
import type { CurvesView } from "./curves_model.ts";
import { dashOf, type DrawnView, lineClass } from "./lines_axes.ts";

/** The line that each series is the middle of; null: a band's edge, or what is not smoothed. */
export function ownSeries({ lines }: CurvesView): readonly (number | null)[] {
  return [
    null,
    ...lines.flatMap(({ low, raw }, index) => [
      index,
      ...(low === null ? [] : [null, null]),
      ...(raw === null ? [] : [null]),
    ]),
  ];
}

/** The columns. */
export function dataOf({ lines }: CurvesView): uPlot.AlignedData {
  const all = [...new Set(lines.flatMap(({ x }) => x))].sort((a, b) => a - b);
  const places = new Map(all.map((x, index) => [x, index]));
  const spread = (x: readonly number[], values: readonly number[]): (number | null)[] => {
    const column: (number | null)[] = all.map(() => null);
    for (const [index, one] of x.entries()) column[places.get(one) ?? 0] = values[index] ?? null;
    return column;
  };
  return [
    all,
    ...lines.flatMap(({ x, y, low, high, raw }) =>
      [y, low, high, raw].flatMap((values) => values === null ? [] : [spread(x, values)])
    ),
  ];
}

/** How the series look, and what is filled between them. */
export function seriesOf(
  { lines }: DrawnView,
  colour: (name: string) => string,
): Required<Pick<uPlot.Options, "series" | "bands">> {
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (const [index, line] of lines.entries()) {
    const { x, low, raw, isAside } = line;
    const stroke = colour(`--${lineClass(index, line)}`);
    const faint = faded(stroke);
    const plain = { spanGaps: true, points: { show: false } };
    const dash = [...dashOf(index, line)];
    const points = { show: x.length === 1, size: 6 };
    series.push({ ...plain, stroke, width: isAside ? 1 : 2, dash, points });
    if (low !== null) {
      series.push({ ...plain, width: 0 }, { ...plain, width: 0 });
      bands.push({ series: [series.length - 1, series.length - 2], fill: faint });
    }
    if (raw !== null) series.push({ ...plain, stroke: faint, width: 1 });
  }
  return { series, bands };
}

function faded(colour: string): string {
  return colour.replace(/^rgb\((.*)\)$/, "rgba($1, 0.22)");
}

/** A cross at the upper edge for each report that was not finite. */
export function drawMarks(
  { ctx, bbox, valToPos }: uPlot,
  { lines, range }: DrawnView,
  colour: (name: string) => string,
): void {
  const size = 4 * devicePixelRatio;
  // uPlot remembers what it has set, and would draw its grid with our pen.
  ctx.save();
  ctx.lineWidth = 2 * devicePixelRatio;
  for (const [index, line] of lines.entries()) {
    ctx.strokeStyle = colour(`--${lineClass(index, line)}`);
    ctx.beginPath();
    for (const { x } of line.marks) {
      if (x < range[0] || x > range[1]) continue;
      const [left, top] = [valToPos(x, "x", true), bbox.top - size];
      ctx.moveTo(left - size, top - size);
      ctx.lineTo(left + size, top + size);
      ctx.moveTo(left + size, top - size);
      ctx.lineTo(left - size, top + size);
    }
    ctx.stroke();
  }
  ctx.restore();
}

/** The place next to one that holds a value. */
export function nearest(column: ArrayLike<number | null | undefined>, index: number): number {
  for (let step = 0; step < column.length; step++) {
    if (typeof column[index - step] === "number") return index - step;
    if (typeof column[index + step] === "number") return index + step;
  }
  return index;
}
