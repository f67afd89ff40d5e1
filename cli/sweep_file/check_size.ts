/** Whether the number of trials is known, and one that can be held. */
import { type Constraint, isAllowedBy } from "../../core/domain/constraints.ts";
import { domainSize } from "../../core/domain/search_space.ts";
import { countPoints } from "../../core/domain/space_points.ts";
import { MAX_TRIALS, type SamplerMethod } from "../../core/domain/sweep_spec.ts";
import { MAX_DIMENSIONS } from "../../coordinator/samplers/sobol/joe_kuo.ts";
import type { MapReader } from "./map_reader.ts";
import type { ProblemLog } from "./problem.ts";
import type { PlacedParameter } from "./placed_parameter.ts";
import { searchSpace } from "./read_parameters.ts";

/** What the number of trials depends on. */
export interface SizeOptions {
  readonly method: SamplerMethod;
  readonly parameters: readonly PlacedParameter[];
  readonly constraints: readonly Constraint[];
  /** Of a configuration, at most. */
  readonly replicates: number;
  readonly runCap: number | null;
  readonly log: ProblemLog;
}

/** Notes a search that would not end, or is too large. */
export function checkSize(sweep: MapReader, options: SizeOptions): void {
  const { method, parameters, runCap } = options;
  if (method === "sobol" && parameters.length > MAX_DIMENSIONS) {
    const must = `it must be at most ${MAX_DIMENSIONS} with sobol`;
    sweep.refuse("parameters", `found ${parameters.length} parameters, ${must}`);
  }
  if (method === "grid") checkGrid(sweep, options);
  else if (runCap === null && sweep.get("run_cap") === undefined) {
    const must = "it must have run_cap (or --run-cap): the number of trials";
    const node = sweep.get("method");
    // As the file has it: bayes is a word of its own.
    const word = node?.kind === "scalar" ? node.source : method;
    sweep.refuse("method", `${word} goes on for ever, ${must}`);
  }
}

function checkGrid(sweep: MapReader, options: SizeOptions): void {
  const { parameters, constraints, replicates, runCap, log } = options;
  for (const { path, domain, origin } of parameters) {
    if (Number.isFinite(domainSize(domain))) continue;
    const message = "found a continuous range, which a grid cannot go through: " +
      "it must have a step or be { values: […] }, or another method with a run_cap";
    log.add({ origin, path, message });
  }
  const admits = constraints.length === 0 ? null : isAllowedBy(constraints);
  const configurations = countPoints(searchSpace(parameters), admits);
  const trials = configurations * replicates;
  if (!Number.isFinite(trials) || trials <= MAX_TRIALS || runCap !== null) return;
  sweep.refuse(
    "parameters",
    `found ${configurations} configurations × ${replicates} replicates, ` +
      `it must be at most ${MAX_TRIALS} trials: give fewer values, or a run_cap`,
  );
}
