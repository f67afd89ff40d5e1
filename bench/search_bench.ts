/** Samplers beside the leader's: how good a point they find, and what a proposal costs. */
import {
  BRANIN,
  HARTMANN6,
  MIXED,
  type OptimisationFunction,
} from "../tests/support/optimisation_functions.ts";
import type { Benchmark, Measurement } from "./measurement.ts";
import { askMs } from "./search/latency.ts";
import { LEADER_LATENCY_MS, LEADER_QUALITY } from "./search/leader.ts";
import { METHODS, type SearchMethod } from "./search/methods.ts";
import { bestLosses, quantile } from "./search/runs.ts";

const SEEDS = 20;
const TRIALS = [50, 100, 200];
const PASTS = [100, 1_000, 10_000, 50_000];
const PARAMETERS = [4, 10];
/** Milliseconds that an ask and a tell may take. */
const TARGET_MS: ReadonlyMap<number, number> = new Map([[10_000, 5], [50_000, 10]]);

/** Quality and latency of every method. */
export const searchBench: Benchmark = {
  name: "search",
  about: "samplers on functions with a known minimum, and what a proposal costs, beside Optuna's",
  run: measureSearch,
};

async function* measureSearch(): AsyncIterable<Measurement> {
  for (const problem of [BRANIN, HARTMANN6, MIXED]) {
    for (const method of METHODS) yield* qualities(method, problem);
  }
  for (const method of METHODS) yield* latencies(method);
}

function* qualities(method: SearchMethod, problem: OptimisationFunction): Iterable<Measurement> {
  const runs = Array.from(
    { length: SEEDS },
    (_, seed) => bestLosses(method, problem, { seed, trials: Math.max(...TRIALS) }),
  );
  for (const trials of TRIALS) {
    const best = runs.map((run) => run[trials - 1] ?? NaN);
    const leader = LEADER_QUALITY[method.leader ?? ""]?.[problem.name]?.get(trials);
    const value = digits(quantile(best, 0.5));
    const gate = leader?.quartiles?.[1] ?? leader?.median;
    yield {
      bench: "search",
      name: `${problem.name}, ${method.name}, best of ${trials} trials`,
      value,
      quartiles: [digits(quantile(best, 0.25)), digits(quantile(best, 0.75))],
      unit: "loss",
      baseline: leader?.median ?? null,
      // How far they are from the minimum; a rounded figure may have come no nearer than its digits.
      ratio: leader === undefined
        ? null
        : (leader.median - problem.minimum) / Math.max(value - problem.minimum, 1e-6),
      target: method.isGated === true && gate !== undefined ? `≤ ${gate}` : null,
    };
  }
}

function* latencies(method: SearchMethod): Iterable<Measurement> {
  for (const parameters of PARAMETERS) {
    for (const past of PASTS.filter((past) => past <= (method.timedUpTo ?? 0))) {
      const value = digits(askMs(method, { parameters, past }));
      const baseline = LEADER_LATENCY_MS.get(parameters)?.get(past) ?? null;
      const target = TARGET_MS.get(past);
      yield {
        bench: "search",
        name: `${method.name}, ask and tell, ${parameters} parameters, ${past} past trials`,
        value,
        unit: "ms",
        baseline,
        ratio: baseline === null ? null : baseline / value,
        target: target === undefined ? null : `≤ ${target} ms`,
      };
    }
  }
}

function digits(value: number): number {
  return Number(value.toPrecision(4));
}
