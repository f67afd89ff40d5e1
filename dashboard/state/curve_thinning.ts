/** A long curve by fewer of its own points, chosen so that the line through them looks the same. */

/** A point of a curve. */
export type Point = readonly [x: number, value: number];

/**
 * All points if there are at most `most`, else of each stretch of x the lowest, the highest and the
 * last one: what a line over so many pixels can show (the M4 aggregation of Jugel et al., 2014,
 * §4, without the first value, which is next to the last one of the stretch before).
 * @param most At least 3.
 */
export function thinned(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const stretches = Math.floor(most / 3);
  const first = points[0]?.[0] ?? 0;
  const width = ((points.at(-1)?.[0] ?? 0) - first) / stretches;
  const kept: Point[] = [];
  let start = 0;
  for (let stretch = 1; stretch <= stretches && start < points.length; stretch++) {
    let end = start;
    const until = first + stretch * width;
    while (end < points.length && (stretch === stretches || (points[end]?.[0] ?? 0) <= until)) {
      end++;
    }
    kept.push(...landmarks(points, start, end));
    start = end;
  }
  return kept;
}

function landmarks(points: readonly Point[], start: number, end: number): readonly Point[] {
  if (start === end) return [];
  let [low, high] = [start, start];
  const value = (index: number): number => points[index]?.[1] ?? 0;
  for (let i = start + 1; i < end; i++) {
    if (value(i) < value(low)) low = i;
    if (value(i) > value(high)) high = i;
  }
  return [...new Set([low, high, end - 1])].sort((a, b) => a - b)
    .map((index) => points[index]).filter((point) => point !== undefined);
}
