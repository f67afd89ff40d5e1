/**
 * Several losses as one (Knowles, 2006: ParEGO): the augmented Chebyshev norm of the losses in
 * [0, 1], with weights that are drawn anew for each proposal, so that proposals spread over the front.
 */
import { isFinitePoint, type Losses } from "../../../core/domain/pareto/dominance.ts";
import type { Rng } from "../../../core/domain/rng.ts";

/** How much the sum counts beside the worst: it keeps weakly dominated points from being best. */
const SUM_SHARE = 0.05;

/** One value for each of the points, smaller better; Infinity where a loss is not finite. */
export function scalarise(points: readonly Losses[], rng: Rng): readonly number[] {
  const objectives = points[0]?.length ?? 0;
  if (objectives <= 1) return points.map(([loss = Infinity]) => loss);
  const finite = points.filter(isFinitePoint);
  const ends = Array.from({ length: objectives }, (_, i) => {
    const losses = finite.map((point) => point[i] ?? 0);
    return { low: minimum(losses), high: -minimum(losses.map((loss) => -loss)) };
  });
  const weights = simplexPoint(objectives, rng);
  return points.map((point) => {
    if (!isFinitePoint(point)) return Infinity;
    const terms = ends.map(({ low, high }, i) => {
      const share = high > low ? ((point[i] ?? 0) - low) / (high - low) : 0;
      return (weights[i] ?? 0) * share;
    });
    return Math.max(...terms) + SUM_SHARE * terms.reduce((sum, term) => sum + term, 0);
  });
}

function minimum(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}

/** Weights that add up to 1, all such equally likely. */
function simplexPoint(length: number, rng: Rng): readonly number[] {
  const draws = Array.from({ length }, () => -Math.log(1 - rng.uniform()));
  const sum = draws.reduce((total, draw) => total + draw, 0);
  return draws.map((draw) => draw / sum);
}
