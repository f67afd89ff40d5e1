/** Which of two points with several losses is better: smaller is, in every one of them. */

/** The losses of one point, in the order of the objectives; smaller is better. */
export type Losses = readonly number[];

/**
 * Whether `a` dominates `b`: nowhere worse and somewhere better (Pareto). A point with a loss that
 * is infinite or NaN dominates none, and every finite one dominates it: half a result is no
 * compromise that anybody could choose.
 */
export function dominates(a: Losses, b: Losses): boolean {
  if (!isFinitePoint(a)) return false;
  if (!isFinitePoint(b)) return true;
  let isBetter = false;
  for (let i = 0; i < a.length; i++) {
    const own = a[i] ?? 0;
    const other = b[i] ?? 0;
    if (own > other) return false;
    if (own < other) isBetter = true;
  }
  return isBetter;
}

/** Whether every loss is a finite number. */
export function isFinitePoint(losses: Losses): boolean {
  for (const loss of losses) {
    if (!Number.isFinite(loss)) return false;
  }
  return true;
}

/** Orders points by their first loss, then the second, …, for `Array.prototype.sort`. */
export function compareLexically(a: Losses, b: Losses): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
