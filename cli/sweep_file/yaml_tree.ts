/** YAML text as a tree of maps, lists and scalars, in which everything knows where it was written. */
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node as YamlNode,
  type Pair,
  parseDocument,
  type YAMLParseError,
  type YAMLWarning,
} from "yaml";
import { truncate } from "../terminal/text.ts";
import type { Origin, ProblemLog } from "./problem.ts";

/** A value with its place. */
export type TreeNode = ScalarNode | ListNode | MapNode;

/** A number, string, boolean or nothing. */
export interface ScalarNode {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** As it was written: tells 1.0 from 1. */
  readonly source: string;
  readonly origin: Origin;
}

/** Values in order. */
export interface ListNode {
  readonly kind: "list";
  readonly items: readonly TreeNode[];
  readonly origin: Origin;
}

/** Values by key; a key may be there twice, which is for the reader to report. */
export interface MapNode {
  readonly kind: "map";
  readonly entries: readonly MapEntry[];
  readonly origin: Origin;
}

/** A key with its value. */
export interface MapEntry {
  readonly key: string;
  /** Where the key was written. */
  readonly origin: Origin;
  readonly value: TreeNode;
}

/** Deeper than any key of a sweep file; the YAML parser recurses, so it must be kept from more. */
const MAX_NESTING = 32;
const TOO_DEEP = "found lists or maps nested too deeply";

/** The tree of a document; null if there is none, after the reasons went to the log. */
export function parseYamlTree(text: string, log: ProblemLog): TreeNode | null {
  const lineCounter = new LineCounter();
  const origin = (offset: number): Origin => {
    const { line, col } = lineCounter.linePos(offset);
    return { kind: "file", line: Math.max(1, line), column: Math.max(1, col) };
  };
  lineCounter.addNewLine(0);
  for (const match of text.matchAll(/\n/g)) lineCounter.addNewLine(match.index + 1);
  const hazard = findHazard(text);
  if (hazard !== null) {
    log.add({ origin: origin(hazard.offset), path: "", message: hazard.message });
    return null;
  }
  // The library compares every key with every other; the reader of a map does it with a set.
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false });
  for (const problem of [...document.errors, ...document.warnings]) {
    const message = yamlMessage(problem);
    log.add({ origin: origin(problem.pos[0]), path: "", message });
    if (message === TOO_DEEP) return null;
  }
  if (!log.isEmpty) return null;
  return convert(document, { origin, log });
}

interface Conversion {
  readonly origin: (offset: number) => Origin;
  readonly log: ProblemLog;
}

function convert(document: Document, conversion: Conversion): TreeNode {
  const at = (node: YamlNode): Origin => conversion.origin(node.range?.[0] ?? 0);
  const toNode = (node: unknown, fallback: Origin): TreeNode => {
    if (isMap(node)) {
      const entries = node.items.flatMap((pair) => toEntry(pair, at(node)));
      return { kind: "map", entries, origin: at(node) };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => toNode(item, at(node)));
      return { kind: "list", items, origin: at(node) };
    }
    if (isScalar(node)) {
      const source = node.source ?? String(node.value);
      // An empty value has no place of its own: its key's is where the user must write.
      const origin = source === "" ? fallback : at(node);
      return { kind: "scalar", value: scalarValue(node.value, source), source, origin };
    }
    return { kind: "scalar", value: null, source: "", origin: fallback };
  };
  const toEntry = (pair: Pair, fallback: Origin): readonly MapEntry[] => {
    const key = toNode(pair.key, fallback);
    if (key.kind === "scalar") {
      return [{ key: key.source, origin: key.origin, value: toNode(pair.value, key.origin) }];
    }
    const message = `found a ${key.kind} as a key, it must be a name`;
    conversion.log.add({ origin: key.origin, path: "", message });
    return [];
  };
  return toNode(document.contents, conversion.origin(0));
}

function scalarValue(value: unknown, source: string): ScalarNode["value"] {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  return typeof value === "number" ? value : source;
}

interface Hazard {
  readonly offset: number;
  readonly message: string;
}

/** What the parser must not be given, found in its tokens, in time linear in the text. */
function findHazard(text: string): Hazard | null {
  let offset = 0;
  let nesting = 0;
  let isInScalar = false;
  for (const token of new Lexer().lex(text)) {
    // These three mark documents, broken flows and scalars; they are not in the text.
    if (token === "\u0002" || token === "\u0018" || token === "\u001f") {
      isInScalar = token === "\u001f";
      continue;
    }
    if (!isInScalar) {
      if (token === "[" || token === "{") nesting++;
      if (token === "]" || token === "}") nesting--;
      if (nesting > MAX_NESTING) {
        return { offset, message: `found more than ${MAX_NESTING} brackets inside each other` };
      }
      if (/^[&*]./.test(token)) {
        const kind = token.startsWith("&") ? "an anchor" : "an alias";
        const shown = truncate(token, 40);
        return { offset, message: `found ${kind} (${shown}), it must be the value itself` };
      }
    }
    isInScalar = false;
    offset += token.length;
  }
  return null;
}

function yamlMessage(problem: YAMLParseError | YAMLWarning): string {
  if (problem.code === "MULTIPLE_DOCS") return "found a second document, it must be a single one";
  // A call stack that overflowed is all the library says of blocks inside blocks without end.
  if (/call stack/.test(problem.message)) return TOO_DEEP;
  return `the YAML does not parse: ${problem.message}`;
}
