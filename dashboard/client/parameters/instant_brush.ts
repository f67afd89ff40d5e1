/** A stretch of an axis answered at once: lines that go by outside of it are hidden until the server's picture comes. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** Where lines cross an axis. */
export interface CrossedAxis {
  /** Its place among the axes, from the left. */
  readonly at: number;
  /** The y of its two ends. */
  readonly top: number;
  readonly bottom: number;
  /** How many choices share it evenly; null: it is one of numbers. */
  readonly choices: number | null;
}

/** Hides the lines outside of two shares of an axis, 0 its lower end; null: all are seen again. */
export function hideOutside(hit: SVGRectElement, ends: readonly [number, number] | null): void {
  const { top, bottom, values } = hit.dataset;
  const picture = hit.ownerSVGElement;
  const { left, gap } = picture?.dataset ?? {};
  const x = hit.x.baseVal.value + hit.width.baseVal.value / 2;
  const axis: CrossedAxis = {
    at: Math.round((x - Number(left)) / Number(gap)),
    top: Number(top),
    bottom: Number(bottom),
    choices: values === undefined ? null : JSON.parse(values).length,
  };
  for (const line of picture?.querySelectorAll("polyline") ?? []) {
    const isOut = ends !== null && !isWithin(line.getAttribute("points") ?? "", axis, ends);
    line.classList.toggle("pc-out", isOut);
  }
}

/**
 * Whether a line, as an SVG writes its points, crosses an axis between two shares of it. One that
 * lies beside the axis has no value there. A line through a choice is wherever its choice is.
 */
export function isWithin(
  points: string,
  { at, top, bottom, choices }: CrossedAxis,
  ends: readonly [number, number],
): boolean {
  const y = Number(points.split(" ")[at]?.split(",")[1] ?? NaN);
  const across = (bottom - y) / (bottom - top);
  if (!(across >= 0 && across <= 1)) return false;
  const share = choices === null
    ? across
    : (Math.min(choices - 1, Math.floor(across * choices)) + 0.5) / choices;
  return share >= Math.min(...ends) && share <= Math.max(...ends);
}
