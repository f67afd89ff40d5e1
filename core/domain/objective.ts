/** The value that ranks trials, with its direction: the only place that knows which way is better. */

/** Whether a larger or a smaller value of the metric is better. */
export type Goal = "maximize" | "minimize";

/** A trial's result on the objective metric. Divergence is a result, worse than every number. */
export type ObjectiveValue =
  | { readonly kind: "finite"; readonly value: number }
  | { readonly kind: "diverged" };

/** The metric that ranks trials. */
export interface ObjectiveMetric {
  /** As reported by the trainer: `val_accuracy`, `val_loss`, … */
  readonly name: string;
  readonly goal: Goal;
}

/** An objective value from a measured number: NaN and infinities are divergence. */
export function objectiveValue(value: number): ObjectiveValue {
  return Number.isFinite(value) ? { kind: "finite", value } : { kind: "diverged" };
}

/** Orders values best first, for `Array.prototype.sort`; diverged ones come last. */
export function compareObjectives(a: ObjectiveValue, b: ObjectiveValue, goal: Goal): number {
  const lossA = lossOf(a.kind === "finite" ? a.value : null, goal);
  const lossB = lossOf(b.kind === "finite" ? b.value : null, goal);
  if (lossA === lossB) return 0;
  return lossA < lossB ? -1 : 1;
}

/** Smaller is better inside: the value itself, its negative, or infinity for null: not finite. */
export function lossOf(value: number | null, goal: Goal): number {
  if (value === null) return Infinity;
  return goal === "minimize" ? value : -value;
}
