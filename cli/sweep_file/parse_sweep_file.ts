/** A sweep file's text, with the options that override it, as a complete specification. */
import { basename, extname } from "node:path";
import type { RacingPolicy } from "../../core/domain/race.ts";
import {
  MAX_TRIALS,
  type SamplerMethod,
  type SweepSpec,
  taskKindOf,
  type TaskSpec,
} from "../../core/domain/sweep_spec.ts";
import { checkParameters } from "./check_parameters.ts";
import { checkSearch } from "./check_search.ts";
import { checkSize } from "./check_size.ts";
import {
  BATCH,
  BAYES,
  DEFAULT_MAX_LANES,
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
import { checkReach, readConstraints } from "./read_constraints.ts";
import { epochsOf } from "./read_epochs.ts";
import { asksForModule, checkModuleParameters } from "./read_module_task.ts";
import { readObjectives } from "./read_objectives.ts";
import { readParameters, searchSpace } from "./read_parameters.ts";
import { readReplicates } from "./read_replicates.ts";
import { readScheduler } from "./read_scheduler.ts";
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
  /** `--run-cap`: instead of the file's. */
  readonly runCap?: number;
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
  const { log } = options;
  const sweep = openSweep(text, log);
  if (sweep === null) return null;
  const name = readName(sweep, options.path);
  const description = readDescription(sweep);
  const task = readTask(sweep, { folder: options.folder ?? "/" });
  const isModule = asksForModule(sweep);
  const { replicates, racing } = readReplicates(sweep);
  const maxAttempts = sweep.integer("max_attempts", MAX_ATTEMPTS) ?? MAX_ATTEMPTS.default;
  const fileSeed = sweep.integer("seed", SEED) ?? SEED.default;
  const seed = optionOf(options, { option: "--seed", value: options.seed, range: SEED }) ??
    fileSeed;
  const maxLanes = optionOf(options, {
    option: "--max-lanes",
    value: options.maxLanes,
    range: MAX_LANES,
  });
  const search = readSearch(sweep, { ...options, task, isModule, racing, replicates, seed });
  if (task === null || search === null) return null;
  return {
    name,
    description,
    seed,
    task,
    replicates,
    ...(racing === null ? {} : { racing }),
    // Nobody but the module knows how its trials could be trained together.
    maxLanes: isModule ? 1 : maxLanes ?? DEFAULT_MAX_LANES,
    maxAttempts,
    ...search,
  };
}

type SearchReading = Reading & Pick<SweepSpec, "replicates" | "seed"> & {
  readonly task: TaskSpec | null;
  readonly isModule: boolean;
  readonly racing: RacingPolicy | null;
};

type SearchSpec = Pick<
  SweepSpec,
  | "method"
  | "metric"
  | "objectives"
  | "scheduler"
  | "batch"
  | "runCap"
  | "parameters"
  | "constraints"
>;

/** What is searched, and how. */
function readSearch(sweep: MapReader, reading: SearchReading): SearchSpec | null {
  const { log, task, isModule, racing, replicates, seed } = reading;
  const kind = task === null ? null : taskKindOf(task);
  const method = readMethod(sweep);
  const batch = sweep.integer("batch", BATCH);
  const objectives = readObjectives(sweep, { log, isModule, kind });
  const runCap = readRunCap(sweep, reading);
  const overrides = parseOverrides(reading.overrides ?? [], log);
  const rules = isModule ? { dataset: "module" } : task;
  const parameters = readParameters(sweep, { overrides, log, task: rules });
  if (isModule) checkModuleParameters(parameters, log);
  else checkParameters(parameters, { kind, log });
  const constraints = readConstraints(sweep, { parameters, log });
  const epochs = epochsOf(parameters, { isModule });
  const scheduler = readScheduler(sweep, epochs);
  const isRacing = racing !== null;
  checkSearch(sweep, { method, objectives, scheduler, isRacing, epochs, isModule, parameters });
  if (method !== null) {
    const most = racing?.max ?? replicates;
    checkSize(sweep, { method, parameters, constraints, replicates: most, runCap, log });
  }
  // Of a space with problems nothing could be told but further ones.
  if (log.isEmpty) checkReach(sweep, { parameters, constraints, seed, log });
  const metric = objectives?.[0];
  if (method === null || objectives === null || metric === undefined) return null;
  return {
    method,
    metric,
    ...(objectives.length === 1 ? {} : { objectives }),
    ...(scheduler === null ? {} : { scheduler }),
    ...(batch === null ? {} : { batch }),
    runCap,
    parameters: searchSpace(parameters),
    ...(constraints.length === 0 ? {} : { constraints: constraints.map((each) => each.text) }),
  };
}

/** `--run-cap`, or else the file's. */
function readRunCap(sweep: MapReader, reading: Reading): number | null {
  const range = { min: 1, max: MAX_TRIALS };
  const own = sweep.integer("run_cap", range);
  return optionOf(reading, { option: "--run-cap", value: reading.runCap, range }) ?? own;
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
  if (sweep.get("method") === undefined) {
    sweep.refuseSelf(`found no method, it must have one of ${METHODS.join(", ")}`);
    return null;
  }
  const method = sweep.choice("method", METHODS);
  return method === "bayes" ? BAYES : method;
}

/** The value of an option; undefined if there is none, or a wrong one. */
function optionOf(
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
