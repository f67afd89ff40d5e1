/** CSV by RFC 4180, which spreadsheets can open without running what is in it. */

/** What a cell can hold. */
export type CsvValue = string | number | boolean | null | undefined;

/**
 * One record with its line break.
 *
 * Spreadsheets take a text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a
 * formula. Such a text gets an apostrophe in front, by which they show it as it is; numbers are left
 * alone, negative ones included. Nothing and what is not there is an empty cell.
 *
 * @example
 * ```ts
 * import { csvRecord } from "./csv.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(csvRecord(["a,b", -1, "=1+1", null]), '"a,b",-1,\'=1+1,\r\n');
 * ```
 */
export function csvRecord(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
