/** One line of a benchmark: a value beside what it is compared with, measured in the same run. */

/** What a benchmark found. */
export interface Measurement {
  readonly bench: string;
  readonly name: string;
  readonly value: number;
  /** Where the value is a median: the quartiles around it. */
  readonly quartiles?: readonly [lower: number, upper: number] | undefined;
  readonly unit: string;
  /** The same quantity of what it is compared with; null where there is nothing to compare. */
  readonly baseline: number | null;
  /** How many times better than the baseline, however the unit counts. */
  readonly ratio: number | null;
  /** The ratio, or the value where there is no baseline, that we hold ourselves to. */
  readonly target: string | null;
}

/** A benchmark: a name, and what it measures when it is run. */
export interface Benchmark {
  readonly name: string;
  readonly about: string;
  readonly run: () => AsyncIterable<Measurement>;
}

/** The median of some values. @throws {RangeError} If there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError("Cannot take the median of no values");
  return middle;
}

/** How long something takes: the median over a few runs after one that does not count, in ms. */
export async function timeOf(work: () => Promise<void>, runs = 5): Promise<number> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return median(times);
}
