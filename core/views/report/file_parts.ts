/** Pieces that the text of a sweep file is made of. */

/** A key with its value, as they are written. */
export type Entry = readonly [key: string, value: string];

/** A map on one line. */
export function map(entries: readonly Entry[]): string {
  return `{ ${entries.map(([key, value]) => `${key}: ${value}`).join(", ")} }`;
}

/** A list on one line. */
export function list(values: readonly unknown[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}

/** A word as it is, anything else in quotes: a JSON text is a YAML text, whatever is in it. */
export function text(value: string): string {
  return /^[a-z][a-z0-9_-]*$/.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null)$/.test(value)
    ? value
    : JSON.stringify(value);
}
