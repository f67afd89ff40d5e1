/** What was done and what came of it, added up over scenarios. */

const NAMES = [
  "scenarios",
  "deeds",
  "kills",
  "drains",
  "freezes",
  "partitions",
  "restarts",
  "skews",
  "entries",
  "requests",
  "attempts",
  "given back",
  "fenced",
] as const;

/** What is counted. */
export type Counted = (typeof NAMES)[number];

/** Counts by name; absent means none. */
export type Tally = Partial<Record<Counted, number>>;

/** Adds a count. */
export function count(tally: Tally, name: Counted, by: number = 1): void {
  tally[name] = (tally[name] ?? 0) + by;
}

/** Adds all counts of another tally. */
export function addUp(tally: Tally, other: Tally): void {
  for (const name of NAMES) count(tally, name, other[name] ?? 0);
}

/** All counts in one line. */
export function describeTally(tally: Tally): string {
  return NAMES.map((name) => `${(tally[name] ?? 0).toLocaleString("en")} ${TOLD[name] ?? name}`)
    .join(", ");
}

const TOLD: Partial<Record<Counted, string>> = {
  restarts: "restarts",
  skews: "clocks set wrong",
  entries: "journal entries",
  requests: "requests of workers",
  "given back": "of them lost or given back",
  fenced: "late messages fenced",
};
