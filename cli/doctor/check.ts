/** What `trawl doctor` finds out: one fact, how it stands, and what mends it. */

/** `ok`; `note`: not there, and not needed; `warning`: it works, but; `problem`: it does not work. */
export type CheckStatus = "ok" | "note" | "warning" | "problem";

/** One fact about this machine. */
export interface Check {
  /** What was looked at, such as `backend webgpu`. */
  readonly name: string;
  readonly status: CheckStatus;
  /** What was found. */
  readonly found: string;
  /** The one command or change that mends it; null where there is nothing to mend. */
  readonly fix: string | null;
}

/** Whether something does not work that must. */
export function hasProblem(checks: readonly Check[]): boolean {
  return checks.some(({ status }) => status === "problem");
}
