/** Functions with known minima that samplers are tried on. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { parseConfigurationId } from "../../core/domain/ids.ts";
import type { Observation } from "../../core/domain/observation.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import type { AdaptiveSampler } from "../../coordinator/samplers/adaptive_sampler.ts";

/** A function of a space's points. */
export interface TestProblem {
  readonly space: SearchSpace;
  readonly losses: (point: Hyperparameters) => readonly number[];
}

/** Branin's function: its minimum is 0.397887, at three places. */
export const BRANIN: TestProblem = {
  space: [
    { name: "x", domain: { kind: "float", scale: "linear", min: -5, max: 10 } },
    { name: "y", domain: { kind: "float", scale: "linear", min: 0, max: 15 } },
  ],
  losses: (point) => {
    const x = Number(point["x"]);
    const y = Number(point["y"]);
    const parabola = y - 5.1 / (4 * Math.PI ** 2) * x * x + 5 / Math.PI * x - 6;
    return [parabola ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10];
  },
};

const HARTMANN_WEIGHTS = [1, 1.2, 3, 3.2];
const HARTMANN_SCALES = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_CENTRES = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];

/** Hartmann's function in six dimensions: its minimum is −3.32237. */
export const HARTMANN6: TestProblem = {
  space: cube(6),
  losses: (point) => [
    -HARTMANN_WEIGHTS.reduce((sum, weight, i) => {
      const distance = Array.from({ length: 6 }, (_, j) =>
        (HARTMANN_SCALES[i]?.[j] ?? 0) *
        (coordinate(point, j) - (HARTMANN_CENTRES[i]?.[j] ?? 0)) ** 2).reduce((a, b) => a + b, 0);
      return sum + weight * Math.exp(-distance);
    }, 0),
  ],
};

/** An ellipsoid whose axes lie askew, 100 times as long as wide: its minimum is 0 at 0.3 everywhere. */
export const ELLIPSOID: TestProblem = {
  space: cube(5),
  losses: (point) => {
    const x = Array.from({ length: 5 }, (_, i) => coordinate(point, i) - 0.3);
    const mean = x.reduce((sum, each) => sum + each, 0) / 5;
    // A reflection is a rotation with a mirror: its axes are no parameter's.
    const turned = x.map((each) => each - 2 * mean);
    return [turned.reduce((sum, each, i) => sum + 10 ** i * each * each, 0)];
  },
};

/** ZDT1 (Zitzler, Deb and Thiele, 2000) in eight dimensions: its front is y = 1 − √x. */
export const ZDT1: TestProblem = {
  space: cube(8),
  losses: (point) => {
    const first = coordinate(point, 0);
    const rest = Array.from({ length: 7 }, (_, i) => coordinate(point, i + 1));
    const g = 1 + 9 * rest.reduce((sum, each) => sum + each, 0) / 7;
    return [first, g * (1 - Math.sqrt(first / g))];
  },
};

/** A network with numbers, lists, a choice, and parameters that are there with some optimisers only. */
export const NETWORK: TestProblem = {
  space: [
    { name: "lr", domain: { kind: "float", scale: "log", min: 1e-5, max: 1e-1 } },
    { name: "width", domain: { kind: "int", scale: "log", min: 16, max: 512 } },
    { name: "batch", domain: { kind: "values", values: [16, 32, 64, 128] } },
    { name: "optimizer", domain: { kind: "values", values: ["adam", "sgd", "rmsprop"] } },
    {
      name: "momentum",
      domain: { kind: "float", scale: "linear", min: 0, max: 1, step: 0.05 },
      when: [{ parameter: "optimizer", test: { kind: "in", values: ["sgd"] } }],
    },
    { name: "decay", domain: { kind: "normal", scale: "log", mean: -7, sd: 2 } },
    { name: "epochs", domain: { kind: "values", values: [3] } },
  ],
  losses: (point) => [
    (Math.log10(Number(point["lr"])) + 2.5) ** 2 +
    0.3 * (Math.log2(Number(point["width"])) - 7) ** 2 +
    (point["optimizer"] === "sgd" ? Math.abs(Number(point["momentum"]) - 0.9) : 0.3),
    Number(point["width"]) * (point["optimizer"] === "adam" ? 3 : 1),
  ],
};

/** Proposes, tries and tells, one configuration after the other. */
export function search(
  sampler: AdaptiveSampler,
  { losses }: TestProblem,
  configurations: number,
): readonly Observation[] {
  const observations: Observation[] = [];
  for (let n = 0; n < configurations; n++) {
    const configuration = parseConfigurationId(n);
    const proposal = sampler.propose(configuration);
    if (proposal === null) break;
    const { hyperparameters } = proposal;
    const outcome = { kind: "completed", losses: losses(hyperparameters) } as const;
    observations.push({ configuration, hyperparameters, outcome });
    sampler.observe({ configuration, hyperparameters, outcome });
  }
  return observations;
}

/** The least first loss of all. */
export function bestOf(observations: readonly Observation[]): number {
  return observations.reduce(
    (best, { outcome }) =>
      outcome.kind === "completed" ? Math.min(best, outcome.losses[0] ?? Infinity) : best,
    Infinity,
  );
}

function cube(dimension: number): SearchSpace {
  return Array.from({ length: dimension }, (_, i) => ({
    name: `x${i}`,
    domain: { kind: "float", scale: "linear", min: 0, max: 1 },
  }));
}

function coordinate(point: Hyperparameters, i: number): number {
  return Number(point[`x${i}`]);
}
