/** Functions with a known minimum, as samplers meet them: a space and a loss. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";

/** A function that is to be minimised. */
export interface OptimisationFunction {
  readonly name: string;
  readonly space: SearchSpace;
  readonly lossOf: (hyperparameters: Hyperparameters) => number;
  /** The smallest loss, and a point that has it. */
  readonly minimum: number;
  readonly minimiser: Hyperparameters;
}

/** Branin's function of two parameters, with three minima (Dixon and Szegö, 1978). */
export const BRANIN: OptimisationFunction = {
  name: "Branin",
  space: [
    { name: "x1", domain: { kind: "float", scale: "linear", min: -5, max: 10 } },
    { name: "x2", domain: { kind: "float", scale: "linear", min: 0, max: 15 } },
  ],
  lossOf: (point) => {
    const [x, y] = [numberOf(point, "x1"), numberOf(point, "x2")];
    const valley = y - 5.1 * x * x / (4 * Math.PI * Math.PI) + 5 * x / Math.PI - 6;
    return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  },
  minimum: 0.397887,
  minimiser: { x1: Math.PI, x2: 2.275 },
};

const HARTMANN_ALPHA = [1, 1.2, 3, 3.2];
const HARTMANN_A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_P = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];

/** Hartmann's function of six parameters (Dixon and Szegö, 1978). */
export const HARTMANN6: OptimisationFunction = {
  name: "Hartmann6",
  space: Array.from({ length: 6 }, (_, i) => ({
    name: `x${i + 1}`,
    domain: { kind: "float" as const, scale: "linear" as const, min: 0, max: 1 },
  })),
  lossOf: (point) =>
    -HARTMANN_ALPHA.reduce((sum, alpha, hill) => {
      const distance = (HARTMANN_A[hill] ?? []).reduce((total, a, i) => {
        const offset = numberOf(point, `x${i + 1}`) - (HARTMANN_P[hill]?.[i] ?? 0);
        return total + a * offset * offset;
      }, 0);
      return sum + alpha * Math.exp(-distance);
    }, 0),
  minimum: -3.32237,
  minimiser: {
    x1: 0.20169,
    x2: 0.150011,
    x3: 0.476874,
    x4: 0.275332,
    x5: 0.311652,
    x6: 0.6573,
  },
};

const BATCH_PENALTIES: ReadonlyMap<number, number> = new Map([
  [16, 0.4],
  [32, 0.1],
  [64, 0],
  [128, 0.15],
  [256, 0.5],
]);

/** What training a small network looks like: a learning rate, two sizes and a choice. */
export const MIXED: OptimisationFunction = {
  name: "mixed",
  space: [
    { name: "lr", domain: { kind: "float", scale: "log", min: 1e-5, max: 1e-1 } },
    { name: "width", domain: { kind: "int", scale: "log", min: 16, max: 512 } },
    { name: "depth", domain: { kind: "int", scale: "linear", min: 1, max: 6 } },
    { name: "batch", domain: { kind: "values", values: [...BATCH_PENALTIES.keys()] } },
  ],
  lossOf: (point) =>
    (Math.log10(numberOf(point, "lr")) - Math.log10(3e-3)) ** 2 +
    0.3 * (Math.log2(numberOf(point, "width")) - 7) ** 2 +
    0.1 * (numberOf(point, "depth") - 3) ** 2 +
    (BATCH_PENALTIES.get(numberOf(point, "batch")) ?? Infinity),
  minimum: 0,
  minimiser: { lr: 3e-3, width: 128, depth: 3, batch: 64 },
};

function numberOf(point: Hyperparameters, name: string): number {
  return Number(point[name]);
}
