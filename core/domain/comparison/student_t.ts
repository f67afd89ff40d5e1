/** Student's t distribution for integer degrees of freedom: tail probability and quantile. */

const PRECISION = 1e-12;
/** What a probability may be wrong by. */
const ROUNDING = 1e-15;
/** Beyond it a t of one degree of freedom has less than 1e-6 in its tail: no quantile used here. */
const LARGEST_T = 1e6;

/**
 * The t below which a share `probability` in [0.5, 1) of the distribution lies.
 * @throws {RangeError} If the degrees of freedom are no integer >= 1, or the probability is outside.
 */
export function studentQuantile(probability: number, degrees: number): number {
  checkDegrees(degrees);
  if (!(probability >= 0.5 && probability < 1 - PRECISION)) {
    throw new RangeError(
      `Cannot find the t quantile of ${probability}: it must be at least 0.5 and below 1`,
    );
  }
  const central = 2 * probability - 1;
  let upper = 1;
  while (centralProbability(upper, degrees) < central && upper < LARGEST_T) upper *= 2;
  return rootBetween(0, upper, (t) => centralProbability(t, degrees) - central);
}

/** Where an increasing function crosses zero: false position, Illinois variant (Dowell, 1971). */
function rootBetween(from: number, to: number, f: (x: number) => number): number {
  let [lower, upper, below, above] = [from, to, f(from), f(to)];
  let kept = 0;
  while (upper - lower > PRECISION * Math.max(1, upper)) {
    const middle = (lower * above - upper * below) / (above - below);
    const value = f(middle);
    // An end that stays twice loses half of its weight, so that the other one moves, too.
    if (value < 0) {
      [lower, below] = [middle, value];
      if (kept > 0) above /= 2;
      kept = 1;
    } else {
      [upper, above] = [middle, value];
      if (kept < 0) below /= 2;
      kept = -1;
    }
    if (Math.abs(value) < ROUNDING || middle <= from || middle >= to) return middle;
  }
  return (lower + upper) / 2;
}

/**
 * P(|T| >= |t|): the two-sided p-value of a t statistic.
 * @throws {RangeError} If the degrees of freedom are no integer >= 1.
 */
export function studentTwoSided(t: number, degrees: number): number {
  checkDegrees(degrees);
  if (!Number.isFinite(t)) return 0;
  return Math.min(1, Math.max(0, 1 - centralProbability(Math.abs(t), degrees)));
}

function checkDegrees(degrees: number): void {
  if (!Number.isSafeInteger(degrees) || degrees < 1) {
    throw new RangeError(
      `Cannot use a t distribution of ${degrees} degrees of freedom: it must be an integer >= 1`,
    );
  }
}

/**
 * P(|T| <= t). For integer degrees of freedom the distribution function is a finite sum
 * (Abramowitz and Stegun, 26.7.3 and 26.7.4).
 */
function centralProbability(t: number, degrees: number): number {
  const theta = Math.atan(t / Math.sqrt(degrees));
  const cosine = Math.cos(theta);
  const sine = Math.sin(theta);
  const odd = degrees % 2 === 1;
  if (degrees === 1) return 2 * theta / Math.PI;
  // odd: cos + 2/3 cos³ + …; even: 1 + 1/2 cos² + …
  let term = odd ? cosine : 1;
  let sum = term;
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= (k - 1) / k * cosine * cosine;
    sum += term;
  }
  return odd ? 2 / Math.PI * (theta + sine * sum) : sine * sum;
}
