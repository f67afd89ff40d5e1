/**
 * The logarithm of expected improvement (Ament et al., 2023, eq. 8 and 9): with z = (best − μ)/s,
 * log EI = log h(z) + log s, h(z) = φ(z) + z Φ(z). It ranks points whose improvement is too unlikely
 * for a number, where EI itself is 0 and says nothing.
 */
import { normalCdf } from "../../../core/domain/normal_distribution.ts";
import type { Belief } from "./gaussian_process.ts";

const LOG_SQRT_TAU = 0.5 * Math.log(2 * Math.PI);
/** From here on φ + z Φ would lose digits: the two nearly cancel. */
const TAIL_FROM = -2.5;
/** Terms of the continued fraction: enough from there on. */
const TERMS = 60;

/** log E[max(best − f, 0)] for f as believed; smaller is better. */
export function logExpectedImprovement({ mean, sd }: Belief, best: number): number {
  return logH((best - mean) / sd) + Math.log(sd);
}

/** log(φ(z) + z Φ(z)). */
export function logH(z: number): number {
  if (z > TAIL_FROM) {
    return Math.log(Math.exp(-0.5 * z * z - LOG_SQRT_TAU) + z * normalCdf(z));
  }
  // Mills' ratio is Φ(−x)/φ(x) = 1/(x + t) with t = 1/(x + 2/(x + 3/(x + …))) (Laplace), so that
  // h(−x) = φ(x) (1 − x/(x + t)) = φ(x) t/(x + t), without a difference of large numbers.
  const x = -z;
  let fraction = x;
  for (let n = TERMS; n >= 2; n--) fraction = x + n / fraction;
  const t = 1 / fraction;
  return -0.5 * x * x - LOG_SQRT_TAU + Math.log(t / (x + t));
}
