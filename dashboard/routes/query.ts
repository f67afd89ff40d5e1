/** What requests ask for: their parameters, parsed. */
import type { Context } from "hono";
import { parseSweepId, parseTrialId, type SweepId, type TrialId } from "../../core/domain/ids.ts";
import { RequestError } from "../problem.ts";

const MOST_ROWS = 10_000;
const MOST_TRIALS = 200;
/** More than any screen is wide. */
const MOST_BUCKETS = 4_000;

/** The sweep in a path or query. @throws {RequestError} If the text is no sweep id. */
export function sweepOf(text: string | undefined): SweepId {
  try {
    return parseSweepId(text ?? "");
  } catch (cause) {
    throw new RequestError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** The number of leaderboard rows asked for; null for the usual. @throws {RequestError} */
export function limitOf(context: Context): number | null {
  const text = context.req.query("limit");
  return text === undefined ? null : countOf(text, "limit", MOST_ROWS);
}

/** Of so many rows at most. @throws {RequestError} If they are more. */
export function checkLimit(limit: number): void {
  countOf(String(limit), "limit", MOST_ROWS);
}

/** The trials asked for; null for those that the page draws. @throws {RequestError} */
export function trialsOf(context: Context): readonly TrialId[] | null {
  const text = context.req.query("trials");
  if (text === undefined) return null;
  const parts = text.split(",");
  if (parts.length > MOST_TRIALS) {
    throw new RequestError(
      `Cannot serve ${parts.length} trials at once: they must be at most ${MOST_TRIALS}`,
    );
  }
  return parts.map((part) => parseTrialId(countOf(part, "trials", Number.MAX_SAFE_INTEGER)));
}

/** Buckets a curve is cut into, `points` in the address; null: into none. @throws {RequestError} */
export function bucketsOf(context: Context): number | null {
  const text = context.req.query("points");
  return text === undefined ? null : Math.max(2, countOf(text, "points", MOST_BUCKETS));
}

/** How many points all curves together may have, about; null: any number. @throws {RequestError} */
export function mostOf(context: Context): number | null {
  const text = context.req.query("most");
  return text === undefined ? null : countOf(text, "most", Number.MAX_SAFE_INTEGER);
}

/** An integer from 0 to `most`. @throws {RequestError} If the text is none. */
export function countOf(text: string, name: string, most: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(value) || value > most) {
    throw new RequestError(
      `Cannot read ${name} "${text.slice(0, 80)}": it must be an integer from 0 to ${most}`,
    );
  }
  return value;
}
