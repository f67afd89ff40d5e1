/** The `parameters` of a sweep file as a search space, overrides of the command line included. */
import { MLP_PARAMETERS, ruleOf } from "../../core/domain/mlp_parameters.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import { DOMAIN_KEYS } from "./domain_format.ts";
import { SWEEP_KEYS } from "./format.ts";
import { describeNode, joinPath, MapReader } from "./map_reader.ts";
import { didYouMean } from "../../core/domain/nearest_name.ts";
import type { Override } from "./overrides.ts";
import type { PlacedParameter } from "./placed_parameter.ts";
import type { ProblemLog } from "./problem.ts";
import { withConditions } from "./read_conditions.ts";
import { readDomain } from "./read_domain.ts";
import type { MapEntry, MapNode, TreeNode } from "./yaml_tree.ts";

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
  const written = writtenParameters(sweep, { log, isEmptyFine: overrides.length > 0 });
  const parameters = new Map<string, PlacedParameter>();
  for (const { name, entry, path } of written) {
    const parameter = readParameter(entry, { name, path, log, task });
    if (parameter !== null) parameters.set(name, parameter);
  }
  for (const parameter of readOverrides(overrides, { log, task })) {
    const { whenNode } = parameters.get(parameter.name) ?? {};
    parameters.set(parameter.name, { ...parameter, whenNode, isOverride: true });
  }
  return withConditions([...parameters.values()], { log, names: written.map(({ name }) => name) });
}

/** The parameters of the command line; problems with the others are in the log. */
export function readOverrides(
  overrides: readonly Override[],
  { log, task }: ParameterReading,
): readonly PlacedParameter[] {
  return overrides
    .map(({ entry }) =>
      readParameter(entry, { name: entry.key, path: joinPath("", entry.key), log, task })
    )
    .filter((parameter) => parameter !== null);
}

/** The search space without the places. */
export function searchSpace(parameters: readonly PlacedParameter[]): SearchSpace {
  return parameters.map(({ name, domain, when = [] }) =>
    when.length === 0 ? { name, domain } : { name, domain, when }
  );
}

/** A parameter as it is written, by its whole name. */
interface WrittenParameter {
  readonly name: string;
  readonly entry: MapEntry;
  /** Where it stands, for messages. */
  readonly path: string;
}

function writtenParameters(
  sweep: MapReader,
  { log, isEmptyFine }: { readonly log: ProblemLog; readonly isEmptyFine: boolean },
): readonly WrittenParameter[] {
  const node = sweep.get("parameters");
  if (node === undefined) {
    if (!isEmptyFine) {
      sweep.refuseSelf("found no parameters, it must have them: what is searched, name by name");
    }
    return [];
  }
  if (node.kind !== "map") {
    const example = "{ lr: { values: [0.01, 0.1] } }";
    sweep.refuseValue("parameters", node, `a map such as ${example}`);
    return [];
  }
  if (node.entries.length === 0 && !isEmptyFine) {
    sweep.refuseValue("parameters", node, "a map with at least one parameter");
  }
  const names = new Map<string, WrittenParameter>();
  for (const parameter of flatten(node, { prefix: "", path: "parameters", log })) {
    const { name, entry, path } = parameter;
    if (!names.has(name)) names.set(name, parameter);
    else log.add({ origin: entry.origin, path, message: `found ${name} a second time` });
  }
  return [...names.values()];
}

/** W&B nests parameters in parameters; a dot stands between the names then. */
function flatten(
  node: MapNode,
  { prefix, path, log }: {
    readonly prefix: string;
    readonly path: string;
    readonly log: ProblemLog;
  },
): readonly WrittenParameter[] {
  const reader = new MapReader(node, { path, log, keys: node.entries.map(({ key }) => key) });
  return reader.entries.flatMap((entry) => {
    const name = `${prefix}${entry.key}`;
    const { value } = entry;
    const own = joinPath(path, entry.key);
    const inner = value.kind === "map"
      ? value.entries.find(({ key }) => key === "parameters")
      : undefined;
    if (inner?.value.kind !== "map") return [{ name, entry, path: own }];
    // Whatever else is in there would be passed over in silence.
    if (value.kind === "map") new MapReader(value, { path: own, log, keys: ["parameters"] });
    const innerPath = joinPath(own, "parameters");
    return flatten(inner.value, { prefix: `${name}.`, path: innerPath, log });
  });
}

function readParameter(
  entry: MapEntry,
  { name, path, log, task }: ParameterReading & { readonly name: string; readonly path: string },
): PlacedParameter | null {
  const rule = ruleOf(name, task);
  if (rule === null) {
    log.add({ origin: entry.origin, path, message: unknownParameter(name) });
    return null;
  }
  const { value } = entry;
  if (value.kind !== "map") {
    const message = `found ${describeNode(value)}, it must be ${rewritten(value)}`;
    log.add({ origin: value.origin, path, message });
    return null;
  }
  const reader = new MapReader(value, { path, log, keys: DOMAIN_KEYS });
  const domain = readDomain(reader, rule);
  if (domain === null) return null;
  const whenNode = reader.get("when");
  return { name, domain, origin: value.origin, path, ...(whenNode ? { whenNode } : {}) };
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
