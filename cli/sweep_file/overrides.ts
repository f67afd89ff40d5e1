/** `--set name=v1,v2` and its like: parameters of the command line, in the shape of a file's. */
import { isScalar, parseDocument } from "yaml";
import { printable, truncate } from "../terminal/text.ts";
import type { Origin, ProblemLog } from "./problem.ts";
import type { MapEntry, ScalarNode } from "./yaml_tree.ts";

/** One `--set`. */
export interface Override {
  /** As if the file said `name: { values: [v1, v2] }`. */
  readonly entry: MapEntry;
}

/** The overrides that could be read; problems with the others are in the log. */
export function parseOverrides(
  texts: readonly string[],
  log: ProblemLog,
  option = "--set",
): readonly Override[] {
  const overrides = new Map<string, Override>();
  for (const text of texts) {
    const origin: Origin = { kind: "option", option: `${option} ${truncate(printable(text), 60)}` };
    const refuse = (message: string): void => log.add({ origin, path: "", message });
    const [, name, list] = /^\s*([^=\s]+)\s*=(.*)$/s.exec(text) ?? [];
    if (name === undefined || list === undefined) {
      refuse("it must be name=value or name=value,value");
      continue;
    }
    if (overrides.has(name)) {
      refuse(`${name} is set a second time, it must be set once: ${option} ${name}=value,value`);
      continue;
    }
    const pieces = list.split(",").map((piece) => piece.trim());
    if (pieces.includes("")) {
      refuse("found an empty value, it must be name=value or name=value,value");
      continue;
    }
    const items = pieces.map((piece) => parseScalar(piece, origin));
    const values: MapEntry = { key: "values", origin, value: { kind: "list", items, origin } };
    const value = { kind: "map", entries: [values], origin } as const;
    overrides.set(name, { entry: { key: name, origin, value } });
  }
  return [...overrides.values()];
}

/** A piece as YAML reads it; what is no YAML scalar is taken as text. */
function parseScalar(piece: string, origin: Origin): ScalarNode {
  const text: ScalarNode = { kind: "scalar", value: piece, source: piece, origin };
  // The parser's time must not depend on what somebody types: values are short.
  if (piece.length > 64 || /[&*![{]/.test(piece)) return text;
  const document = parseDocument(piece, { prettyErrors: false });
  if (document.errors.length > 0 || !isScalar(document.contents)) return text;
  const { value } = document.contents;
  return typeof value === "number" || typeof value === "boolean" || typeof value === "string"
    ? { ...text, value }
    : text;
}
