/** How long somebody worked on a sweep: the same on the server and in the browser. */
import type { Progress } from "../model.ts";

/** Milliseconds up to the end, the present, or the last entry of a sweep that was left. */
export function elapsedOf(
  { status, endedAt, updatedAt, idleMs }: Pick<
    Progress,
    "status" | "endedAt" | "updatedAt" | "idleMs"
  >,
  { createdAt, now }: { readonly createdAt: number; readonly now: number },
): number {
  const present = status === "interrupted" ? updatedAt : now;
  return Math.max(0, (endedAt ?? present) - createdAt - idleMs);
}
