/** The `parameters` of a sweep file as a search space, overrides of the command line included. */
import { MLP_PARAMETERS, ruleOf } from "../../core/domain/mlp_parameters.ts";
import type { Parameter, SearchSpace } from "../../core/domain/search_space.ts";
import { DOMAIN_KEYS, SWEEP_KEYS } from "./format.ts";
import { describeNode, joinPath, MapReader } from "./map_reader.ts";
import { didYouMean } from "../../core/domain/nearest_name.ts";
import type { Override } from "./overrides.ts";
import type { Origin, ProblemLog } from "./problem.ts";
import { DOMAIN_ADVICE, readDomain } from "./read_domain.ts";
import type { MapEntry, TreeNode } from "./yaml_tree.ts";

/** A parameter with the place that defines it. */
export interface PlacedParameter extends Parameter {
  readonly origin: Origin;
}

/** What parameters are read with. */
export interface ParameterReading {
  readonly log: ProblemLog;
  /** Whose parameters they are; null: of Trawl's own trainer. */
  readonly task: { readonly dataset: string } | null;
}

/** The parameters in the order of the file, then those that only the command line names. */
export function readParameters(
  sweep: MapReader,
  { overrides, log, task }: ParameterReading & { readonly overrides: readonly Override[] },
): readonly PlacedParameter[] {
  const parameters = new Map<string, PlacedParameter>();
  const node = sweep.get("parameters");
  if (node === undefined && overrides.length === 0) {
    sweep.refuseSelf("found no parameters, it must have them: what is searched, name by name");
  } else if (node !== undefined && node.kind !== "map") {
    const example = "{ lr: { values: [0.01, 0.1] } }";
    sweep.refuseValue("parameters", node, `a map such as ${example}`);
  } else if (node !== undefined) {
    const reader = new MapReader(node, {
      path: "parameters",
      log,
      keys: node.entries.map(({ key }) => key),
    });
    if (reader.entries.length === 0 && overrides.length === 0) {
      sweep.refuseValue("parameters", node, "a map with at least one parameter");
    }
    for (const entry of reader.entries) {
      const parameter = readParameter(entry, { path: "parameters", log, task });
      if (parameter !== null) parameters.set(parameter.name, parameter);
    }
  }
  for (const parameter of readOverrides(overrides, { log, task })) {
    parameters.set(parameter.name, parameter);
  }
  return [...parameters.values()];
}

/** The parameters of the command line; problems with the others are in the log. */
export function readOverrides(
  overrides: readonly Override[],
  { log, task }: ParameterReading,
): readonly PlacedParameter[] {
  return overrides
    .map(({ entry }) => readParameter(entry, { path: "", log, task }))
    .filter((parameter) => parameter !== null);
}

/** The search space without the places. */
export function searchSpace(parameters: readonly PlacedParameter[]): SearchSpace {
  return parameters.map(({ name, domain }) => ({ name, domain }));
}

function readParameter(
  entry: MapEntry,
  { path, log, task }: ParameterReading & { readonly path: string },
): PlacedParameter | null {
  const rule = ruleOf(entry.key, task);
  const ownPath = joinPath(path, entry.key);
  if (rule === null) {
    log.add({ origin: entry.origin, path: ownPath, message: unknownParameter(entry.key) });
    return null;
  }
  if (entry.value.kind !== "map") {
    const message = `found ${describeNode(entry.value)}, it must be ${rewritten(entry.value)}`;
    log.add({ origin: entry.value.origin, path: ownPath, message });
    return null;
  }
  const reader = new MapReader(entry.value, {
    // An override is written name=values: a path to a key in it would not be the user's.
    path: ownPath,
    log,
    keys: DOMAIN_KEYS,
    advice: DOMAIN_ADVICE,
  });
  const domain = readDomain(reader, rule);
  return domain === null ? null : { name: entry.key, domain, origin: entry.value.origin };
}

function unknownParameter(name: string): string {
  const names = Object.keys(MLP_PARAMETERS);
  if (SWEEP_KEYS.includes(name)) {
    return "not a parameter: it is a key of the sweep file itself, beside parameters";
  }
  return `unknown parameter${didYouMean(name, names) || `; known: ${names.join(", ")}`}`;
}

/** How to write what the user meant. */
function rewritten(node: TreeNode): string {
  if (node.kind === "list") return "{ values: […] }";
  return node.kind === "scalar" && node.value !== null
    ? `{ value: ${describeNode(node)} }`
    : "{ value: … }, { values: […] } or { min: …, max: … }";
}
