/** Reads the values of a map one by one, and notes everything that is not as it must be. */
import { printable, truncate } from "../terminal/text.ts";
import type { IntegerRange } from "./format.ts";
import { didYouMean } from "../../core/domain/nearest_name.ts";
import type { Origin, ProblemLog } from "./problem.ts";
import type { MapEntry, MapNode, TreeNode } from "./yaml_tree.ts";

/** What a map may hold. */
export interface MapShape {
  readonly keys: readonly string[];
  /** Keys that somebody may expect, with what to do instead. */
  readonly advice?: ReadonlyMap<string, string>;
}

/** A map whose unknown and repeated keys are already in the log. */
export class MapReader {
  readonly node: MapNode;
  readonly path: string;
  readonly #log: ProblemLog;
  readonly #entries: ReadonlyMap<string, MapEntry>;

  constructor(
    node: MapNode,
    options: MapShape & { readonly path: string; readonly log: ProblemLog },
  ) {
    this.node = node;
    this.path = options.path;
    this.#log = options.log;
    this.#entries = uniqueEntries(node, options);
    for (const { key, origin } of this.#entries.values()) {
      if (options.keys.includes(key)) continue;
      const advice = options.advice?.get(key);
      const message = advice === undefined
        ? `unknown key${
          didYouMean(key, options.keys) || `; known here: ${options.keys.join(", ")}`
        }`
        : `not a key here: ${advice}`;
      this.#log.add({ origin, path: this.pathOf(key), message });
    }
  }

  /** The value of a key. */
  get(key: string): TreeNode | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Where a key was written, or else the map. */
  originOf(key: string): Origin {
    return this.#entries.get(key)?.origin ?? this.node.origin;
  }

  /** The keys that are there, once each. */
  get entries(): readonly MapEntry[] {
    return [...this.#entries.values()];
  }

  pathOf(key: string): string {
    return joinPath(this.path, key);
  }

  /** Notes that the value of a key is wrong. */
  refuse(key: string, message: string): void {
    const origin = this.get(key)?.origin ?? this.originOf(key);
    this.#log.add({ origin, path: this.pathOf(key), message });
  }

  /** Notes that a key should not be there. */
  refuseKey(key: string, message: string): void {
    this.#log.add({ origin: this.originOf(key), path: this.pathOf(key), message });
  }

  /** Notes that the map as a whole is wrong. */
  refuseSelf(message: string): void {
    this.#log.add({ origin: this.node.origin, path: this.path, message });
  }

  /** Notes that a key inside the value of a key is wrong. */
  refuseNested(key: string, { key: inner, value }: MapEntry, message: string): void {
    const path = joinPath(this.pathOf(key), inner);
    this.#log.add({ origin: value.origin, path, message: `${describeNode(value)} is ${message}` });
  }

  /** Notes that a value is not what it must be. */
  refuseValue(key: string, value: TreeNode, must: string): void {
    const message = `found ${describeNode(value)}, it must be ${must}`;
    this.#log.add({ origin: value.origin, path: this.pathOf(key), message });
  }

  /** An integer in a range; null if there is none, or a wrong one. */
  integer(key: string, { min, max }: IntegerRange): number | null {
    const node = this.get(key);
    if (node === undefined) return null;
    const value = node.kind === "scalar" ? node.value : null;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max) {
      return value;
    }
    const must = max === Number.MAX_SAFE_INTEGER
      ? `one integer >= ${min}`
      : `one integer from ${min} to ${max}`;
    this.refuseValue(key, node, must);
    return null;
  }

  /** A number that is admitted; null if there is none, or a wrong one. */
  number(
    key: string,
    { admits, must }: { readonly admits: (value: number) => boolean; readonly must: string },
  ): number | null {
    const node = this.get(key);
    if (node === undefined) return null;
    const value = node.kind === "scalar" ? node.value : null;
    if (typeof value === "number" && admits(value)) return value;
    this.refuseValue(key, node, must);
    return null;
  }

  /** A text; null if there is none, or something else. */
  text(key: string, must: string): string | null {
    const node = this.get(key);
    if (node === undefined) return null;
    if (node.kind === "scalar" && typeof node.value === "string") return node.value;
    this.refuseValue(key, node, must);
    return null;
  }

  /** One of a list of names; null if there is none, or another one. */
  choice<Name extends string>(key: string, names: readonly Name[]): Name | null {
    const node = this.get(key);
    if (node === undefined) return null;
    const value = node.kind === "scalar" ? node.value : null;
    const name = names.find((each) => each === value);
    if (name !== undefined) return name;
    const hint = typeof value === "string" ? didYouMean(value, names) : "";
    this.refuseValue(key, node, `one of ${names.join(", ")}${hint}`);
    return null;
  }

  /** A map inside; null if there is none, or something else. */
  map(key: string, shape: MapShape & { readonly example: string }): MapReader | null {
    const node = this.get(key);
    if (node === undefined) return null;
    if (node.kind === "map") {
      return new MapReader(node, { ...shape, path: this.pathOf(key), log: this.#log });
    }
    this.refuseValue(key, node, `a map such as ${shape.example}`);
    return null;
  }
}

/** A value in an error message. */
export function describeNode(node: TreeNode): string {
  if (node.kind === "list") return node.items.length === 0 ? "an empty list" : "a list";
  if (node.kind === "map") return node.entries.length === 0 ? "an empty map" : "a map";
  if (node.value === null) return "nothing";
  if (typeof node.value !== "string") return truncate(printable(node.source), 40);
  return truncate(printable(JSON.stringify(node.value)), 60);
}

/** A key's path; a key that is no plain name is quoted. */
export function joinPath(path: string, key: string): string {
  const shown = /^\w[\w-]{0,63}$/.test(key) ? key : truncate(JSON.stringify(key), 60);
  return path === "" ? shown : `${path}.${shown}`;
}

function uniqueEntries(
  node: MapNode,
  options: { readonly path: string; readonly log: ProblemLog },
): ReadonlyMap<string, MapEntry> {
  const entries = new Map<string, MapEntry>();
  for (const entry of node.entries) {
    if (!entries.has(entry.key)) entries.set(entry.key, entry);
    else {
      options.log.add({
        origin: entry.origin,
        path: joinPath(options.path, entry.key),
        message: "found a second time, it must be there once",
      });
    }
  }
  return entries;
}
