/** A curve cut into buckets: the lowest, highest and last value of each stretch. */
import type { Range } from "../client/model.ts";

/** A curve as columns; x ascends, y may be anything. `smooth` is y, smoothed, where somebody asked. */
export interface CurveColumns {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly smooth: readonly number[] | null;
}

/** How a range is cut. */
export interface BucketOptions {
  /** Both ends belong to it. */
  readonly range: Range;
  /** At most so many buckets. */
  readonly most: number;
  readonly isLog: boolean;
  /** What x is a whole multiple of, such as 1 for epochs; 0: nothing. */
  readonly quantum: number;
}

/** Buckets as columns, in the order of x. */
export interface Buckets {
  /** Where the last value of each bucket is. */
  readonly x: readonly number[];
  /** Finite values in each; 0: a neighbour outside of the range, so that the line goes on. */
  readonly n: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly last: readonly number[];
  readonly smooth: readonly number[] | null;
  /** Where values are not finite: the last such x of each bucket, and how many there are. */
  readonly marks: readonly { readonly x: number; readonly n: number }[];
}

/** The number of the bucket that an x of the range is in: the same for all curves. */
export type BucketOf = (x: number) => number;

/** Cuts a range. Buckets of whole epochs are all of the same width, wherever the range begins. */
export function bucketScale({ range: [from, to], most, isLog, quantum }: BucketOptions): BucketOf {
  if (isLog) {
    const width = Math.log(to / from) / most;
    return (x) => width > 0 ? Math.min(most - 1, Math.floor(Math.log(x / from) / width)) : 0;
  }
  if (quantum > 0) {
    // Whole multiples lie in (0, width], (width, 2 width], …: the first and the last may be cut off.
    const width = quantum * Math.max(1, Math.ceil((to - from) / quantum / Math.max(1, most - 1)));
    return (x) => Math.ceil(x / width - 1e-9);
  }
  const width = (to - from) / most;
  return (x) => width > 0 ? Math.min(most - 1, Math.floor((x - from) / width)) : 0;
}

/** Cuts a curve; where it has no more points than buckets, each point is a bucket of its own. */
export function cutIntoBuckets(curve: CurveColumns, options: BucketOptions): Buckets {
  const { range, most } = options;
  const inRange = indices(curve.x, range);
  const isWhole = inRange.end - inRange.start <= most;
  const scale = bucketScale(options);
  const made = new Made(curve.smooth !== null);
  made.neighbour(curve, nextFinite(curve, inRange.start - 1, -1));
  let place = NaN;
  let markPlace = NaN;
  for (let i = inRange.start; i < inRange.end; i++) {
    const at = isWhole ? i : scale(curve.x[i] ?? 0);
    if (Number.isFinite(curve.y[i])) {
      made.take(curve, i, at !== place);
      place = at;
    } else {
      made.mark(curve.x[i] ?? 0, at !== markPlace);
      markPlace = at;
    }
  }
  made.neighbour(curve, nextFinite(curve, inRange.end, 1));
  return made;
}

/** The part of ascending numbers that lies in a range: from `start`, before `end`. */
export function indices(
  x: readonly number[],
  [from, to]: Range,
): { readonly start: number; readonly end: number } {
  return { start: firstWhere(x, (one) => one >= from), end: firstWhere(x, (one) => one > to) };
}

function firstWhere(x: readonly number[], holds: (x: number) => boolean): number {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(x[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function nextFinite({ y }: CurveColumns, from: number, step: 1 | -1): number | null {
  for (let i = from; i >= 0 && i < y.length; i += step) if (Number.isFinite(y[i])) return i;
  return null;
}

class Made implements Buckets {
  readonly x: number[] = [];
  readonly n: number[] = [];
  readonly low: number[] = [];
  readonly high: number[] = [];
  readonly last: number[] = [];
  readonly smooth: number[] | null;
  readonly marks: { x: number; n: number }[] = [];

  constructor(isSmoothed: boolean) {
    this.smooth = isSmoothed ? [] : null;
  }

  take({ x, y, smooth }: CurveColumns, index: number, isNew: boolean): void {
    const value = y[index] ?? 0;
    const end = isNew ? this.x.length : this.x.length - 1;
    this.n[end] = isNew ? 1 : (this.n[end] ?? 0) + 1;
    this.low[end] = isNew ? value : Math.min(this.low[end] ?? value, value);
    this.high[end] = isNew ? value : Math.max(this.high[end] ?? value, value);
    this.x[end] = x[index] ?? 0;
    this.last[end] = value;
    if (this.smooth !== null) this.smooth[end] = smooth?.[index] ?? value;
  }

  neighbour(curve: CurveColumns, index: number | null): void {
    if (index === null) return;
    this.take(curve, index, true);
    this.n[this.n.length - 1] = 0;
  }

  mark(x: number, isNew: boolean): void {
    const last = this.marks.at(-1);
    if (isNew || last === undefined) this.marks.push({ x, n: 1 });
    else Object.assign(last, { x, n: last.n + 1 });
  }
}
