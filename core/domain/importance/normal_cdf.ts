/** The distribution function of the standard normal distribution. */

/** Coefficients of x⁶ … x⁰ and of x⁷ … x⁰. */
const NUMERATOR = [
  3.52624965998911e-2,
  0.700383064443688,
  6.37396220353165,
  33.912866078383,
  112.079291497871,
  221.213596169931,
  220.206867912376,
] as const;
const DENOMINATOR = [
  8.83883476483184e-2,
  1.75566716318264,
  16.064177579207,
  86.7807322029461,
  296.564248779674,
  637.333633378831,
  793.826512519948,
  440.413735824752,
] as const;

/**
 * Φ(x), with an absolute error below 10⁻¹⁴: Hart's rational approximation (Hart et al., "Computer
 * Approximations", 1968, no. 5666) near the middle and a continued fraction in the tails, as West
 * puts them together ("Better approximations to cumulative normal functions", 2005).
 */
export function normalCdf(x: number): number {
  const size = Math.abs(x);
  const tail = size > 37 ? 0 : Math.exp(-size * size / 2) * scaledTail(size);
  return x > 0 ? 1 - tail : tail;
}

/** The upper tail in units of exp(-x² / 2). */
function scaledTail(x: number): number {
  if (x < 7.07106781186547) return polynomial(NUMERATOR, x) / polynomial(DENOMINATOR, x);
  const fraction = x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))));
  return 1 / (fraction * 2.506628274631);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}
