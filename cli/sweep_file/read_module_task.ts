/** A task that is a module of the user: `task: { module: … }`, or `program` as W&B has it. */
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import type { TaskSpec } from "../../core/domain/sweep_spec.ts";
import {
  isReservedVariable,
  METRIC_NAME_REGEXP,
  MODULE_FILE_REGEXP,
  type ModulePermissions,
  NO_PERMISSIONS,
  OBJECT_NAME_REGEXP,
  SYS_PERMISSIONS,
} from "../../core/domain/user_module.ts";
import { GOALS, MAX_TEXT_LENGTH, MODULE_TASK_KEYS, PERMISSION_KEYS } from "./format.ts";
import type { MapReader } from "./map_reader.ts";
import type { ProblemLog } from "./problem.ts";
import type { PlacedParameter } from "./placed_parameter.ts";

const NET_REGEXP = /^(?:[A-Za-z0-9_.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/;
const VARIABLE_REGEXP = /^[A-Za-z_][A-Za-z0-9_]*$/;
const MAX_PARAMETER_NAME_LENGTH = 64;

/** Whether a sweep file asks for a module, rightly or not: then its parameters are free. */
export function asksForModule(sweep: MapReader): boolean {
  const task = sweep.get("task");
  const hasModule = task?.kind === "map" && task.entries.some(({ key }) => key === "module");
  return hasModule || sweep.get("program") !== undefined;
}

/** The task of a file that asks for a module; null after its problems went to the log. */
export function readModuleTask(
  sweep: MapReader,
  { folder }: { readonly folder: string },
): TaskSpec | null {
  if (sweep.get("program") !== undefined) {
    if (sweep.get("task") !== undefined) {
      sweep.refuseKey("program", "found beside task, it must be one or the other");
      return null;
    }
    const path = readPath(sweep, "program");
    return path === null ? null : { dataset: "module", folder, path, permissions: NO_PERMISSIONS };
  }
  const reader = sweep.map("task", { keys: MODULE_TASK_KEYS, example: "{ module: ./train.ts }" });
  if (reader === null) return null;
  const path = readPath(reader, "module");
  const permissions = readPermissions(reader);
  return path === null ? null : { dataset: "module", folder, path, permissions };
}

function readPath(reader: MapReader, key: string): string | null {
  const must = "the path of a TypeScript or JavaScript module, relative to the sweep file";
  const path = reader.text(key, must);
  if (path === null) return null;
  const found = JSON.stringify(path.slice(0, 60));
  if (/\.py$/.test(path)) {
    reader.refuse(
      key,
      `found ${found}, a Python program; it must be a TypeScript or JavaScript module ` +
        "(.ts, .mts, .js or .mjs) whose default export trains one trial: see docs/modules.md",
    );
    return null;
  }
  if (MODULE_FILE_REGEXP.test(path) && path.length <= MAX_TEXT_LENGTH && !path.includes("\0")) {
    return path;
  }
  reader.refuse(key, `found ${found}, it must be ${must}: .ts, .mts, .js or .mjs`);
  return null;
}

function readPermissions(reader: MapReader): ModulePermissions {
  const example = "{ net: [example.com], read: [./data] }";
  const advice = new Map(["run", "ffi"].map((key) => [
    key,
    "programs and native code would know no limits: no module gets them",
  ]));
  const granted = reader.map("permissions", { keys: PERMISSION_KEYS, advice, example });
  if (granted === null) return NO_PERMISSIONS;
  const file = { must: "a path", admits: (path: string) => !path.includes("\0") && path !== "" };
  return {
    net: readNet(granted),
    read: readNames(granted, { key: "read", ...file }),
    write: readNames(granted, { key: "write", ...file }),
    env: readNames(granted, {
      key: "env",
      must: "the name of a variable that is none of NATS_… and TRAWL_…, which hold logins",
      admits: (name) => VARIABLE_REGEXP.test(name) && !isReservedVariable(name),
    }),
    sys: readNames(granted, {
      key: "sys",
      must: `one of ${SYS_PERMISSIONS.join(", ")}`,
      admits: (name) => SYS_PERMISSIONS.includes(name),
    }),
  };
}

/** `net: true` is every address, as in Deno. */
function readNet(reader: MapReader): ModulePermissions["net"] {
  const node = reader.get("net");
  if (node?.kind === "scalar" && node.value === true) return "any";
  return readNames(reader, {
    key: "net",
    must: "an address such as example.com or 10.0.0.1:8080; net: true is all of them",
    admits: (address) => NET_REGEXP.test(address),
  });
}

function readNames(
  reader: MapReader,
  { key, must, admits }: {
    readonly key: string;
    readonly must: string;
    readonly admits: (name: string) => boolean;
  },
): readonly string[] {
  const node = reader.get(key);
  if (node === undefined) return [];
  if (node.kind !== "list") {
    reader.refuseValue(key, node, `a list, each of it ${must}`);
    return [];
  }
  const names = new Set<string>();
  for (const item of node.items) {
    const name = item.kind === "scalar" && typeof item.value === "string" ? item.value : "";
    if (name.length <= MAX_TEXT_LENGTH && admits(name)) names.add(name);
    else reader.refuseValue(key, item, must);
  }
  return [...names];
}

/** The metric of a module's sweep, of any name; less is better where the file does not say. */
export function readModuleMetric(reader: MapReader): ObjectiveMetric | null {
  const must = "the name of a metric that the module reports: 1 to 64 ASCII characters";
  const name = reader.text("name", must);
  const goal = reader.choice("goal", GOALS);
  if (reader.get("name") === undefined) reader.refuseSelf(`found no name, it must have ${must}`);
  if (name === null || (goal === null && reader.get("goal") !== undefined)) return null;
  if (METRIC_NAME_REGEXP.test(name)) return { name, goal: goal ?? "minimize" };
  reader.refuse("name", `found ${JSON.stringify(name.slice(0, 60))}, it must be ${must}`);
  return null;
}

/** What a module's parameters must not be called. */
export function checkModuleParameters(
  parameters: readonly PlacedParameter[],
  log: ProblemLog,
): void {
  for (const { name, origin } of parameters) {
    const isReserved = OBJECT_NAME_REGEXP.test(name);
    if (name !== "" && !isReserved && name.length <= MAX_PARAMETER_NAME_LENGTH) continue;
    const message = isReserved
      ? `found ${name}, it must be another name: every object has something of that name`
      : `it must have a name of 1 to ${MAX_PARAMETER_NAME_LENGTH} characters`;
    log.add({ origin, path: "parameters", message });
  }
}
