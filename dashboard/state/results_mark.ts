/** A name of what a sweep has come to: while it stays, nothing but reports of epochs has come. */
import type { LiveSweep } from "../live_sweep.ts";

/** Grows with every event that may change a result; reports, which come most often, change none. */
export function resultsMark({ epoch, events }: Pick<LiveSweep, "epoch" | "events">): string {
  return `${epoch} ${events.events.length}`;
}
