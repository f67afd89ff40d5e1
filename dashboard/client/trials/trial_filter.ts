/** The filter of the Trials page: comparisons such as `lr>0.01 depth=2`, all of which must hold. */
import type { ParameterValue } from "../../../core/domain/hyperparameters.ts";

/** How a value is compared. */
export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** One comparison. */
export interface FilterTerm {
  readonly name: string;
  readonly comparison: Comparison;
  /** As it was written, without quotes. */
  readonly value: string;
}

/** What there is to compare; `undefined`: a trial has no such value. */
export type ValueOf = (name: string) => ParameterValue | null | undefined;

/** Characters that a filter has at most. */
export const LONGEST_FILTER = 500;
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;
const NAME = new RegExp(String.raw`(?:${QUOTED}|[^\s=!<>"]+)`, "y");
const COMPARISON = /\s*(<=|>=|!=|=|<|>)\s*/y;
const VALUE = new RegExp(String.raw`(?:${QUOTED}|[^\s"=!<>]+)`, "y");

/**
 * The terms of a filter; none of an empty one. Names and values with blanks or signs stand in double
 * quotes, as JSON writes them.
 * @example
 * ```ts
 * import { parseTrialFilter } from "./trial_filter.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseTrialFilter("lr>0.01", ["lr"]), [
 *   { name: "lr", comparison: ">", value: "0.01" },
 * ]);
 * ```
 * @param names What can be compared.
 * @throws {SyntaxError} If the text is no such filter: the message says where it goes wrong.
 */
export function parseTrialFilter(text: string, names: readonly string[]): readonly FilterTerm[] {
  if (text.length > LONGEST_FILTER) {
    throw new SyntaxError(`Cannot read a filter of more than ${LONGEST_FILTER} characters`);
  }
  const terms: FilterTerm[] = [];
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const { term, end } = parseTerm(text, at);
    checkTerm(term, names);
    terms.push(term);
    at = skipBlanks(text, end);
    if (at === end && at < text.length) throw problem(text, end, "a blank before the next name");
  }
  return terms;
}

/** Whether all comparisons hold. A value that is not there is equal, less and greater to nothing. */
export function isMatch(terms: readonly FilterTerm[], valueOf: ValueOf): boolean {
  return terms.every((term) => holds(term, valueOf(term.name)));
}

function holds(
  { comparison, value: text }: FilterTerm,
  value: ParameterValue | null | undefined,
): boolean {
  if (value === undefined || value === null) return comparison === "!=";
  const isEqual = typeof value === "number" ? Number(text) === value : String(value) === text;
  if (comparison === "=") return isEqual;
  if (comparison === "!=") return !isEqual;
  if (typeof value !== "number") return false;
  switch (comparison) {
    case "<":
      return value < Number(text);
    case "<=":
      return value <= Number(text);
    case ">":
      return value > Number(text);
    case ">=":
      return value >= Number(text);
    default:
      return comparison satisfies never;
  }
}

function parseTerm(
  text: string,
  start: number,
): { readonly term: FilterTerm; readonly end: number } {
  const name = match(NAME, text, start);
  if (name === null) throw problem(text, start, "the name of a parameter, metric or column");
  const sign = match(COMPARISON, text, start + name.length);
  if (sign === null) throw problem(text, start + name.length, "one of = != < <= > >=");
  const from = start + name.length + sign.length;
  const value = match(VALUE, text, from);
  if (value === null) throw problem(text, from, "a value");
  return {
    term: {
      name: unquoted(name, text, start),
      comparison: comparisonOf(sign.trim()),
      value: unquoted(value, text, from),
    },
    end: from + value.length,
  };
}

function checkTerm({ name, comparison, value }: FilterTerm, names: readonly string[]): void {
  if (!names.includes(name)) {
    throw new SyntaxError(
      `Cannot filter by "${name}": it must be one of ${names.join(", ")}`,
    );
  }
  if (comparison === "=" || comparison === "!=" || isNumber(value)) return;
  throw new SyntaxError(
    `Cannot filter by ${name}${comparison}${value}: after ${comparison} there must be a number`,
  );
}

function isNumber(text: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
}

function comparisonOf(sign: string): Comparison {
  switch (sign) {
    case "=":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return sign;
    default:
      throw new SyntaxError(`Cannot compare with "${sign}"`);
  }
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function unquoted(word: string, text: string, at: number): string {
  if (!word.startsWith('"')) return word;
  try {
    const value: unknown = JSON.parse(word);
    return typeof value === "string" ? value : word;
  } catch {
    throw problem(text, at, "a text in double quotes");
  }
}

function skipBlanks(text: string, at: number): number {
  return at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
}

function problem(text: string, at: number, expected: string): SyntaxError {
  const place = at >= text.length ? "its end" : `character ${at + 1}, "${text.slice(at, at + 12)}"`;
  return new SyntaxError(`Cannot read the filter at ${place}: there must be ${expected}`);
}
