/** A worker's sign of life: its record in the directory, renewed until it leaves. */
import { getLogger } from "@logtape/logtape";
import { type Presence, PRESENCE_INTERVAL_MS } from "../core/protocol/presence.ts";
import type { PresenceDirectory, Timers } from "../core/protocol/ports.ts";

const logger = getLogger(["trawl", "worker", "presence"]);

/** What the loop works with. */
export interface PresenceLoopOptions {
  readonly directory: PresenceDirectory;
  readonly timers: Timers;
  /** The record of now. */
  readonly presence: () => Presence;
  /** Ends the loop. */
  readonly signal: AbortSignal;
}

/** Puts a record now and every interval; removes it when the signal aborts. Never rejects. */
export async function runPresenceLoop(options: PresenceLoopOptions): Promise<void> {
  const { directory, timers, presence, signal } = options;
  const { worker } = presence();
  while (!signal.aborted) {
    try {
      await directory.put(presence());
      await timers.sleep(PRESENCE_INTERVAL_MS, { signal });
    } catch (error) {
      if (signal.aborted) break;
      // The record expires by itself if this lasts; training is not concerned.
      logger.warn("Cannot renew the presence of {worker}: {error}", { worker, error });
      await pause(options);
    }
  }
  try {
    await directory.remove(worker);
  } catch (error) {
    logger.warn("Cannot remove the presence of {worker}: {error}", { worker, error });
  }
}

async function pause({ timers, signal }: PresenceLoopOptions): Promise<void> {
  try {
    await timers.sleep(PRESENCE_INTERVAL_MS, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
