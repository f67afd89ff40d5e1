/**
 * Which observations are good: the split of Bergstra, Bardenet, Bengio and Kégl (2011), section 4,
 * where "good" ones make up l(x) and all others g(x).
 *
 * Several objectives: whole non-dominated fronts, and of the one that does not fit the least crowded
 * (the order of Deb, Pratap, Agarwal and Meyarivan, 2002, "NSGA-II", section III).
 */
import { depthOf, lossesOf, type ObservationTable } from "./observation_table.ts";

/**
 * The share of good ones, γ. With the usual 0.1, Branin takes half as many trials again; with 0.2,
 * more searches of Hartmann6 end in its second-best hollow.
 */
const GOOD_SHARE = 0.15;
/** Never more than this are good. */
const MOST_GOOD = 25;

/** How many of n results are good. */
export function goodCount(n: number): number {
  return Math.min(Math.ceil(GOOD_SHARE * n), MOST_GOOD);
}

/** The rows of the `count` best results. A stopped one is worse than all that went further. */
export function goodRows(
  table: ObservationTable,
  { count, objectives }: { readonly count: number; readonly objectives: number },
): readonly number[] {
  const { byResult } = table;
  if (objectives === 1) return range(0, Math.min(count, byResult.size)).map((i) => byResult.at(i));
  const good: number[] = [];
  for (let from = 0; from < byResult.size && good.length < count;) {
    const depth = depthOf(table.outcome(byResult.at(from)));
    let to = from + 1;
    while (to < byResult.size && depthOf(table.outcome(byResult.at(to))) === depth) to++;
    const rows = range(from, to).map((i) => byResult.at(i));
    const points = rows.map((row) => lossesOf(table.outcome(row)));
    const best = bestPoints(points, count - good.length);
    good.push(...best.map((i) => rows[i] ?? 0));
    from = to;
  }
  return good;
}

type Point = readonly number[];

/** The places of the `count` best of these points, which are in lexicographic order. */
export function bestPoints(points: readonly Point[], count: number): readonly number[] {
  const best: number[] = [];
  let rest = points.map((_, i) => i);
  while (rest.length > 0 && best.length < count) {
    const front = frontOf(points, rest);
    const room = count - best.length;
    best.push(...front.length <= room ? front : leastCrowded(points, front).slice(0, room));
    const taken = new Set(front);
    rest = rest.filter((i) => !taken.has(i));
  }
  return best;
}

/** Those that none of the others dominates: only one that comes before can. */
function frontOf(points: readonly Point[], places: readonly number[]): readonly number[] {
  const front: number[] = [];
  for (const place of places) {
    const point = points[place] ?? [];
    if (!front.some((other) => dominates(points[other] ?? [], point))) front.push(place);
  }
  return front;
}

function dominates(a: Point, b: Point): boolean {
  let isBetter = false;
  for (const [i, loss] of a.entries()) {
    const other = b[i] ?? Infinity;
    if (loss > other) return false;
    if (loss < other) isBetter = true;
  }
  return isBetter;
}

function leastCrowded(points: readonly Point[], front: readonly number[]): readonly number[] {
  const distances = new Map(front.map((place) => [place, 0]));
  const objectives = points[front[0] ?? 0]?.length ?? 0;
  for (let m = 0; m < objectives; m++) {
    const lossOf = (place: number | undefined): number => points[place ?? 0]?.[m] ?? 0;
    const sorted = front.toSorted((a, b) => lossOf(a) - lossOf(b) || a - b);
    const extent = lossOf(sorted.at(-1)) - lossOf(sorted[0]);
    for (const [i, place] of sorted.entries()) {
      const isOuter = i === 0 || i === sorted.length - 1;
      const gap = (lossOf(sorted[i + 1]) - lossOf(sorted[i - 1])) / (extent || 1);
      distances.set(place, (distances.get(place) ?? 0) + (isOuter ? Infinity : gap));
    }
  }
  const distanceOf = (place: number): number => distances.get(place) ?? 0;
  return front.toSorted((a, b) => compare(distanceOf(b), distanceOf(a)) || a - b);
}

/** Infinite numbers have no difference. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
