/** The epochs at which successive halving compares trials. */

/** Looks at a trial that trains on, at most: each is a fact that is kept. */
export const MOST_LOOKS: number = 1000;

/** What a ladder of rungs is made of: integers. */
export interface RungOptions {
  /** r: the first rung. */
  readonly minEpochs: number;
  /** R: where a trial is trained to its end. */
  readonly maxEpochs: number;
  /** η: how many times farther the next rung is. */
  readonly eta: number;
}

/**
 * The rungs r·η^k ≤ R, ascending (Li et al., 2020, Algorithm 1). They are found by multiplying: a
 * floored logarithm loses the last rung of R/r = 243, η = 3 and of R/r = 1000, η = 10, whose
 * logarithms come out a rounding below the integer.
 * @throws {RangeError} If r or R is no integer ≥ 1, or η none ≥ 2.
 */
export function rungEpochs({ minEpochs, maxEpochs, eta }: RungOptions): readonly number[] {
  requireInteger(minEpochs, "the first rung", 1);
  requireInteger(maxEpochs, "the epochs of a trial", 1);
  requireInteger(eta, "the reduction factor", 2);
  const epochs: number[] = [];
  for (let epoch = minEpochs; epoch <= maxEpochs; epoch *= eta) epochs.push(epoch);
  return epochs;
}

/**
 * The rungs before R: where trials are compared that can still be trained on. None, where the first
 * is not before R.
 * @throws {RangeError} As `rungEpochs`.
 */
export function rungsBeforeEnd(options: RungOptions): readonly number[] {
  return rungEpochs(options).filter((epoch) => epoch < options.maxEpochs);
}

/**
 * The multiples of an interval before the end; with more than `most` of them, those of the least
 * greater interval that has no more.
 * @throws {RangeError} If the interval or the end is no integer ≥ 1.
 */
export function epochsEvery(
  interval: number,
  { maxEpochs, most = Infinity }: { readonly maxEpochs: number; readonly most?: number },
): readonly number[] {
  requireInteger(interval, "the interval", 1);
  requireInteger(maxEpochs, "the epochs of a trial", 1);
  const step = Math.max(interval, Math.ceil((maxEpochs - 1) / most));
  return Array.from({ length: Math.ceil(maxEpochs / step) - 1 }, (_, index) => (index + 1) * step);
}

/** @throws {RangeError} If the number is no integer ≥ `least`. */
export function requireInteger(value: number, what: string, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(
    `Cannot schedule trials: ${what} is ${value}; it must be an integer >= ${least}`,
  );
}
