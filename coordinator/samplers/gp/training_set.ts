/** The observations that a Gaussian process is conditioned on, and the values it sees of their losses. */
import type { Hyperparameters } from "../../../core/domain/hyperparameters.ts";

/** A configuration with one loss; Infinity if it diverged or failed. */
export interface Scored {
  readonly hyperparameters: Hyperparameters;
  readonly loss: number;
}

/** How far beyond the quartiles a loss may count (Tukey's outer fence), in their distance. */
const FENCE = 3;

/**
 * At most `limit` of the observations, given in the order of their configurations: one half the best,
 * the rest those that were asked for last.
 */
export function chosenOf(observations: readonly Scored[], limit: number): readonly Scored[] {
  if (observations.length <= limit) return observations;
  const byLoss = observations.map((_, index) => index)
    .sort((a, b) => compare(observations[a]?.loss ?? 0, observations[b]?.loss ?? 0) || a - b);
  const chosen = new Set(byLoss.slice(0, Math.ceil(limit / 2)));
  for (let index = observations.length - 1; chosen.size < limit; index--) chosen.add(index);
  return observations.filter((_, index) => chosen.has(index));
}

/**
 * Losses with mean 0 and variance 1. The few that lie far above the others are drawn in, and those
 * that are not finite are as bad as the worst: how bad exactly must not flatten all differences.
 */
export function standardised(losses: readonly number[]): readonly number[] {
  const sorted = losses.filter((loss) => Number.isFinite(loss)).sort(compare);
  if (sorted.length === 0) return losses.map(() => 0);
  const quartile = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const worst = Math.min(
    sorted.at(-1) ?? 0,
    // Where half of the losses are equal a fence would cut off all others.
    quartile(0.75) > quartile(0.25)
      ? quartile(0.75) + FENCE * (quartile(0.75) - quartile(0.25))
      : Infinity,
  );
  const drawnIn = losses.map((loss) => Number.isFinite(loss) ? Math.min(loss, worst) : worst);
  const mean = drawnIn.reduce((sum, loss) => sum + loss, 0) / drawnIn.length;
  const variance = drawnIn.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / drawnIn.length;
  const sd = Math.sqrt(variance);
  return drawnIn.map((loss) => sd > 0 ? (loss - mean) / sd : 0);
}

/** Infinities included, which have no difference. */
function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
