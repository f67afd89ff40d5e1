/** The most plausible kernel parameters for measurements: the best of several climbs. */
import type { Rng } from "../../../core/domain/rng.ts";
import type { Measurements } from "./gaussian_process.ts";
import { climb } from "./lbfgs.ts";
import { kernelAt, logPosterior, priorsOf } from "./log_posterior.ts";
import type { KernelParameters } from "./matern_kernel.ts";

/** Climbs: one from the middle of the priors, one from short scales, the others from random points. */
const CLIMBS = 3;
const STEPS = 40;
/** Logarithms: e^±12 is far beyond what priors and data can mean. */
const BOUND = 12;

/** The maximum a posteriori; the generator draws where some climbs begin. */
export function fitKernel(measurements: Measurements, rng: Rng): KernelParameters {
  const { lengths } = measurements.columns;
  const priors = priorsOf(lengths);
  const evaluate = logPosterior(measurements, priors);
  const middle = priors.map(({ mean }) => mean);
  const short = [0, -6, ...new Array<number>(lengths).fill(Math.log(0.3))];
  const starts = [
    middle,
    short,
    ...Array.from(
      { length: CLIMBS - 2 },
      () => short.map((x, i) => i < 2 ? x : x + rng.normal()),
    ),
  ];
  const summits = starts.map((start) => climb(evaluate, { start, steps: STEPS, bound: BOUND }));
  const best = summits.reduce((a, b) => b.value > a.value ? b : a);
  return kernelAt(best.point);
}
