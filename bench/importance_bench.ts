/** How long it takes to say which parameters matter, beside what the leader needs. */
import { fanova } from "../core/domain/importance/fanova.ts";
import { fanovaPairs } from "../core/domain/importance/fanova_pairs.ts";
import type { ImportanceInput } from "../core/domain/importance/importance.ts";
import { pedAnova } from "../core/domain/importance/ped_anova.ts";
import { createRng } from "../core/domain/rng.ts";
import type { SearchSpace } from "../core/domain/search_space.ts";
import { type Benchmark, type Measurement, timeOf } from "./measurement.ts";

/** Short works vary more than long ones, and are compiled while they run. */
const RUNS = 11;

/** Six parameters of all kinds, one of them conditional. */
const SPACE: SearchSpace = [
  { name: "lr", domain: { kind: "float", scale: "log", min: 1e-5, max: 1e-1 } },
  { name: "momentum", domain: { kind: "float", scale: "linear", min: 0, max: 0.99 } },
  { name: "width", domain: { kind: "int", scale: "log", min: 16, max: 512 } },
  { name: "depth", domain: { kind: "int", scale: "linear", min: 1, max: 6 } },
  { name: "activation", domain: { kind: "values", values: ["relu", "tanh", "sigmoid"] } },
  {
    name: "dropout",
    domain: { kind: "float", scale: "linear", min: 0, max: 0.5 },
    when: [{ parameter: "depth", test: { kind: "range", min: 2, max: null } }],
  },
];

/** Medians that Optuna 5 needed on two cores, in ms; fANOVA with 3 parameters and 64 trees. */
const OPTUNA = { pedAnova1000: 20, pedAnova10000: 100, fanova500: 5_800 } as const;

/** PED-ANOVA and fANOVA by the number of configurations. */
export const importanceBench: Benchmark = {
  name: "importance",
  about: `hyperparameter importance, ${SPACE.length} parameters, against Optuna's`,
  run: measureImportance,
};

async function* measureImportance(): AsyncIterable<Measurement> {
  for (
    const [n, baseline, target] of [
      [1_000, OPTUNA.pedAnova1000, null],
      [10_000, OPTUNA.pedAnova10000, "≤ 200 ms with intervals"],
    ] as const
  ) {
    const input = inputOf(n);
    yield await measure(`PED-ANOVA, ${n} configurations`, () => pedAnova(input, { resamples: 0 }), {
      baseline,
    });
    yield await measure(
      `PED-ANOVA, ${n} configurations, with intervals from 200 resamples`,
      () => pedAnova(input),
      { baseline, target },
    );
  }
  const input = inputOf(500);
  const baseline = OPTUNA.fanova500;
  yield await measure("fANOVA, 500 configurations", () => fanova(input, { resamples: 0 }), {
    baseline,
  });
  yield await measure(
    "fANOVA, 500 configurations, with intervals from 50 resamples",
    () => fanova(input),
    { baseline },
  );
  yield await measure("fANOVA, 500 configurations, all pairs", () => fanovaPairs(input), {});
  const large = inputOf(10_000);
  yield await measure("fANOVA, 10000 configurations", () => fanova(large, { resamples: 0 }), {});
}

async function measure(
  name: string,
  work: () => unknown,
  { baseline = null, target = null }: {
    readonly baseline?: number | null;
    readonly target?: string | null;
  },
): Promise<Measurement> {
  const ms = await timeOf(() => Promise.resolve(void work()), RUNS);
  const value = Number(ms.toPrecision(3));
  const ratio = baseline === null ? null : baseline / ms;
  return { bench: "importance", name, value, unit: "ms", baseline, ratio, target };
}

function inputOf(n: number): ImportanceInput {
  const rng = createRng(1, "bench", "importance", n);
  const points = Array.from({ length: n }, () => {
    const depth = 1 + rng.below(6);
    const hyperparameters = {
      lr: 10 ** (-5 + 4 * rng.uniform()),
      momentum: 0.99 * rng.uniform(),
      width: Math.floor(16 * 32 ** rng.uniform()),
      depth,
      activation: ["relu", "tanh", "sigmoid"][rng.below(3)] ?? "relu",
      ...(depth < 2 ? {} : { dropout: 0.5 * rng.uniform() }),
    };
    const value = (Math.log10(hyperparameters.lr) + 2.5) ** 2 +
      0.3 * (Math.log2(hyperparameters.width) - 7) ** 2 + 0.1 * (depth - 3) ** 2 +
      0.2 * rng.normal();
    return { hyperparameters, value };
  });
  return { space: SPACE, points, goal: "minimize" };
}
