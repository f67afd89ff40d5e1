/** Takes out of the work queue what sweeps left there that are over. */
import type { SweepId } from "../core/domain/ids.ts";
import type { SweepEvent } from "../core/domain/sweep_event.ts";
import type { JournalReader, PackPublisher, Waiting } from "../core/protocol/ports.ts";

/**
 * Leases of sweeps whose coordinators were gone before they had tidied up: nobody would ever answer
 * a claim of them, so they would go round among the workers for ever.
 *
 * Only what was in the queue before a journal was looked at is removed: a sweep that somebody begins
 * anew journals that first, and publishes leases after it.
 *
 * @returns The sweeps that were tidied.
 */
export async function tidyQueue(
  { queue, journal }: {
    readonly queue: Pick<PackPublisher, "waiting" | "purge">;
    readonly journal: Pick<JournalReader, "last">;
  },
  options: Waiting & { readonly except: SweepId },
): Promise<readonly SweepId[]> {
  const { sweeps, through } = await queue.waiting(options);
  const tidied: SweepId[] = [];
  for (const sweep of sweeps) {
    if (sweep === options.except) continue;
    const last = await journal.last(sweep, options);
    if (last === null || !endsSweep(last.entry.events)) continue;
    await queue.purge(sweep, { ...options, through });
    tidied.push(sweep);
  }
  return tidied;
}

/** Nothing but refusals is journalled after a sweep's end. */
function endsSweep(events: readonly SweepEvent[]): boolean {
  return events.findLast(({ type }) => type !== "lateMessageRejected")?.type === "sweepEnded";
}
