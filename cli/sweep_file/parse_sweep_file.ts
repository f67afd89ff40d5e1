/** A sweep file's text, with the options that override it, as a complete specification. */
import { basename, extname } from "node:path";
import { domainSize } from "../../core/domain/search_space.ts";
import {
  MAX_TRIALS,
  type SamplerMethod,
  type SweepSpec,
  taskKindOf,
} from "../../core/domain/sweep_spec.ts";
import { checkParameters } from "./check_parameters.ts";
import {
  DEFAULT_MAX_LANES,
  EARLY_TERMINATE_KEYS,
  FOREIGN_KEYS,
  type IntegerRange,
  MAX_ATTEMPTS,
  MAX_DESCRIPTION_LENGTH,
  MAX_FILE_BYTES,
  MAX_LANES,
  METHODS,
  NAME_REGEXP,
  PASSED_OVER,
  SEED,
  SWEEP_KEYS,
} from "./format.ts";
import { MapReader } from "./map_reader.ts";
import { parseOverrides } from "./overrides.ts";
import { ProblemLog, SweepFileError } from "./problem.ts";
import { readMetric } from "./read_metric.ts";
import { asksForModule, checkModuleParameters, readModuleMetric } from "./read_module_task.ts";
import { type PlacedParameter, readParameters, searchSpace } from "./read_parameters.ts";
import { readReplicates } from "./read_replicates.ts";
import { readTask } from "./read_task.ts";
import { parseYamlTree } from "./yaml_tree.ts";

/** What goes with the text of a sweep file. */
export interface SweepFileOptions {
  /** The file as the user would name it: for messages, and the sweep's name where it has none. */
  readonly path: string;
  /** The file's folder, absolute: paths in the file start there; by default the root. */
  readonly folder?: string;
  /** The values of `--set`: `name=v1,v2`. */
  readonly overrides?: readonly string[];
  /** `--seed`: instead of the file's. */
  readonly seed?: number;
  /** `--max-lanes`. */
  readonly maxLanes?: number;
}

/**
 * Parses a sweep file.
 * @throws {SweepFileError} With everything that is wrong, in the order of the file.
 */
export function parseSweepFile(text: string, options: SweepFileOptions): SweepSpec {
  const log = new ProblemLog();
  const spec = readSpec(text, { ...options, log });
  if (spec === null || !log.isEmpty) throw new SweepFileError(options.path, log.problems);
  return spec;
}

type Reading = SweepFileOptions & { readonly log: ProblemLog };

function readSpec(text: string, options: Reading): SweepSpec | null {
  const sweep = openSweep(text, options.log);
  if (sweep === null) return null;
  const overrides = parseOverrides(options.overrides ?? [], options.log);
  const name = readName(sweep, options.path);
  const description = readDescription(sweep);
  const task = readTask(sweep, { folder: options.folder ?? "/" });
  const kind = task === null ? null : taskKindOf(task);
  const method = readMethod(sweep);
  const isModule = asksForModule(sweep);
  const metric = isModule ? readModuleMetric(sweep) : readMetric(sweep, kind);
  const { replicates, racing } = readReplicates(sweep);
  const runCap = sweep.integer("run_cap", { min: 1, max: MAX_TRIALS });
  const maxAttempts = sweep.integer("max_attempts", MAX_ATTEMPTS) ?? MAX_ATTEMPTS.default;
  const { log } = options;
  const rules = isModule ? { dataset: "module" } : task;
  const parameters = readParameters(sweep, { overrides, log, task: rules });
  if (isModule) checkModuleParameters(parameters, log);
  else checkParameters(parameters, { kind, log });
  refuseEarlyTermination(sweep);
  const fileSeed = sweep.integer("seed", SEED) ?? SEED.default;
  const seed = checkOption(options, { option: "--seed", value: options.seed, range: SEED });
  const maxLanes = checkOption(options, {
    option: "--max-lanes",
    value: options.maxLanes,
    range: MAX_LANES,
  });
  if (method !== null) {
    checkSize(sweep, {
      method,
      parameters,
      replicates: racing?.max ?? replicates,
      runCap,
      log: options.log,
    });
  }
  if (task === null || method === null || metric === null) return null;
  return {
    name,
    description,
    seed: seed ?? fileSeed,
    task,
    method,
    metric,
    replicates,
    ...(racing === null ? {} : { racing }),
    runCap,
    // Nobody but the module knows how its trials could be trained together.
    maxLanes: isModule ? 1 : maxLanes ?? DEFAULT_MAX_LANES,
    maxAttempts,
    parameters: searchSpace(parameters),
  };
}

function openSweep(text: string, log: ProblemLog): MapReader | null {
  const start = { kind: "file", line: 1, column: 1 } as const;
  const size = new TextEncoder().encode(text).length;
  if (size > MAX_FILE_BYTES) {
    const message = `found ${size} bytes, it must be at most ${MAX_FILE_BYTES}`;
    log.add({ origin: start, path: "", message });
    return null;
  }
  const tree = parseYamlTree(text, log);
  if (tree === null) return null;
  if (tree.kind === "map") {
    const isOfWandb = tree.entries.some(({ key }) => key === "program");
    const keys = isOfWandb ? [...SWEEP_KEYS, ...PASSED_OVER] : SWEEP_KEYS;
    return new MapReader(tree, { path: "", log, keys, advice: FOREIGN_KEYS });
  }
  const found = tree.kind === "list" ? "a list" : tree.source === "" ? "nothing" : "a single value";
  const message = `found ${found}, it must be a map with task, method and parameters`;
  log.add({ origin: tree.origin, path: "", message });
  return null;
}

/** The sweep's name: the file's own where it does not say. */
function readName(sweep: MapReader, path: string): string {
  const node = sweep.get("name");
  if (node === undefined) {
    const fromFile = basename(path, extname(path)).replaceAll(/[^A-Za-z0-9_-]+/g, "-");
    return fromFile.slice(0, 40) || "sweep";
  }
  // A name such as 2024 is a number to YAML, and still a name.
  const name = node.kind === "scalar" && node.value !== null ? node.source : "";
  if (NAME_REGEXP.test(name)) return name;
  sweep.refuseValue("name", node, "1 to 40 letters, digits, - and _");
  return "sweep";
}

function readDescription(sweep: MapReader): string | null {
  const must = `a text of at most ${MAX_DESCRIPTION_LENGTH} characters`;
  const description = sweep.text("description", must);
  if (description === null || description.length <= MAX_DESCRIPTION_LENGTH) return description;
  sweep.refuse("description", `found ${description.length} characters, it must be ${must}`);
  return null;
}

function readMethod(sweep: MapReader): SamplerMethod | null {
  const node = sweep.get("method");
  if (node === undefined) {
    sweep.refuseSelf(`found no method, it must have one of ${METHODS.join(", ")}`);
    return null;
  }
  if (node.kind === "scalar" && /^(?:bayes|tpe|sobol)$/.test(node.source)) {
    sweep.refuse("method", `${node.source} is not supported yet; supported: ${METHODS.join(", ")}`);
    return null;
  }
  return sweep.choice("method", METHODS);
}

function refuseEarlyTermination(sweep: MapReader): void {
  const node = sweep.get("early_terminate");
  const type = node?.kind === "map" ? node.entries.find(({ key }) => key === "type") : undefined;
  if (type?.value.kind === "scalar" && type.value.value !== "none") {
    // The other keys belong to that type: one answer is enough.
    sweep.refuseNested("early_terminate", type, "not supported yet; supported: none");
    return;
  }
  const shape = { keys: EARLY_TERMINATE_KEYS, example: "{ type: none }" };
  const reader = sweep.map("early_terminate", shape);
  if (reader === null) return;
  if (type === undefined) reader.refuseSelf("found no type, it must be { type: none }");
  else reader.choice("type", ["none"]);
}

interface SizeOptions {
  readonly method: SamplerMethod;
  readonly parameters: readonly PlacedParameter[];
  readonly replicates: number;
  readonly runCap: number | null;
  readonly log: ProblemLog;
}

/** Checks that the number of trials is known, and one that can be held. */
function checkSize(sweep: MapReader, options: SizeOptions): void {
  const { method, parameters, replicates, runCap, log } = options;
  if (method === "random") {
    if (sweep.get("run_cap") !== undefined) return;
    sweep.refuse("method", "random goes on for ever, it must have run_cap: the number of trials");
    return;
  }
  for (const { name, domain, origin } of parameters) {
    if (Number.isFinite(domainSize(domain))) continue;
    log.add({
      origin,
      path: `parameters.${name}`,
      message: "found a continuous range, which a grid cannot go through: " +
        "it must be { values: […] }, or the method random with a run_cap",
    });
  }
  const configurations = parameters.reduce((size, { domain }) => size * domainSize(domain), 1);
  const trials = configurations * replicates;
  if (!Number.isFinite(trials) || trials <= MAX_TRIALS || runCap !== null) return;
  sweep.refuse(
    "parameters",
    `found ${configurations} configurations × ${replicates} replicates, ` +
      `it must be at most ${MAX_TRIALS} trials: give fewer values, or a run_cap`,
  );
}

function checkOption(
  { log }: Reading,
  { option, value, range }: {
    readonly option: string;
    readonly value: number | undefined;
    readonly range: IntegerRange;
  },
): number | undefined {
  if (value === undefined) return undefined;
  if (Number.isSafeInteger(value) && value >= range.min && value <= range.max) return value;
  const message = `found ${value}, it must be one integer from ${range.min} to ${range.max}`;
  log.add({ origin: { kind: "option", option }, path: "", message });
  return undefined;
}
