/** The function of Branin, whose three minima are 0.397887: the least that a module can be. */
import type { TrialParameters } from "../../mod.ts";

/** Measures one point; `x` is in [-5, 10], `y` in [0, 15]. */
export default function branin({ x, y }: TrialParameters): { value: number } {
  const [a, b] = [Number(x), Number(y)];
  const valley = b - (5.1 / (4 * Math.PI ** 2)) * a ** 2 + (5 / Math.PI) * a - 6;
  return { value: valley ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10 };
}
