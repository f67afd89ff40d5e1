/** The table of layers: which folder may import which, and which may use which package. */
import { isTestPath } from "./repository.ts";

const CORE: readonly string[] = ["core/nats", "core/views", "core/protocol", "core/domain"];
const ROLES: readonly string[] = ["coordinator", "worker", "dashboard"];

/** What each layer may import besides itself; "anything" is for code that no user runs. */
const MAY_IMPORT: Readonly<Record<string, readonly string[] | "anything">> = {
  "main.ts": ["cli", ...ROLES, ...CORE],
  // Searches inside a program, and what modules are written with: no server, no process of ours.
  "mod.ts": ["coordinator", "worker", ...CORE],
  // What users write, as they write it.
  "sweeps": ["mod.ts"],
  "cli": [...ROLES, ...CORE],
  "coordinator": CORE,
  "worker": CORE,
  "dashboard": ["dashboard/client", ...CORE],
  // What runs in the browser must not pull the NATS client into the bundle.
  "dashboard/client": ["dashboard", "core/views", "core/protocol", "core/domain"],
  "core/nats": ["core/protocol", "core/domain"],
  "core/views": ["core/protocol", "core/domain"],
  "core/protocol": ["core/domain"],
  "core/domain": [],
  "tests": "anything",
  "tools": "anything",
  "bench": "anything",
};

/** Packages that belong to one layer, by the start of their name. */
const PACKAGE_OWNERS: readonly { readonly prefix: string; readonly layer: string }[] = [
  { prefix: "nats", layer: "core/nats" },
  { prefix: "@tensorflow", layer: "worker" },
  { prefix: "hono", layer: "dashboard" },
  { prefix: "preact", layer: "dashboard/client" },
  { prefix: "@preact", layer: "dashboard/client" },
  { prefix: "uplot", layer: "dashboard/client" },
  { prefix: "commander", layer: "cli" },
];

/** The layer of a repository path: the longest entry of the table that holds it; null if none does. */
export function layerOf(path: string): string | null {
  const holders = Object.keys(MAY_IMPORT).filter((layer) =>
    path === layer || path.startsWith(`${layer}/`)
  );
  return holders.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** What is wrong with a module at `from` importing the one at `to`; null if nothing is. */
export function importProblem(from: string, to: string): string | null {
  const importer = layerOf(from);
  const imported = layerOf(to);
  if (importer === null) return `"${from}" lies in no layer: add its folder to the table of layers`;
  if (imported === null) return `"${to}" lies in no layer: add its folder to the table of layers`;
  const allowed = MAY_IMPORT[importer];
  if (importer === imported || allowed === "anything" || allowed?.includes(imported)) {
    return testImportProblem(from, to);
  }
  // A test beside its source may use the helpers of tests/, and nothing else more than the source.
  if (isTestPath(from) && imported === "tests") return null;
  return `"${shown(importer)}" must not import "${shown(imported)}"`;
}

/** What is wrong with a module at `from` importing the package `specifier`; null if nothing is. */
export function packageProblem(from: string, specifier: string): string | null {
  const importer = layerOf(from);
  if (importer === null || MAY_IMPORT[importer] === "anything" || isTestPath(from)) return null;
  const owner = PACKAGE_OWNERS.find(({ prefix }) =>
    specifier === prefix || specifier.startsWith(`${prefix}/`)
  );
  if (owner === undefined || importer === owner.layer) return null;
  if (importer.startsWith(`${owner.layer}/`) || owner.layer.startsWith(`${importer}/`)) return null;
  return `"${shown(importer)}" must not import the package "${specifier}": only "${
    shown(owner.layer)
  }" uses it`;
}

function testImportProblem(from: string, to: string): string | null {
  if (isTestPath(from) || !/_test\.tsx?$/.test(to)) return null;
  return `"${from}" must not import the test "${to}"`;
}

function shown(layer: string): string {
  return layer.endsWith(".ts") ? layer : `${layer}/`;
}
