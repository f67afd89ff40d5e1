import assert from "node:assert/strict";
import { parseSweepId } from "../core/domain/ids.ts";
import type { SweepEvent } from "../core/domain/sweep_event.ts";
import { instant } from "../core/domain/units.ts";
import { tidyQueue } from "./tidy_queue.ts";

const [MINE, OVER, LIVE, LATE, EMPTY] = ["mine", "over", "live", "late", "empty"].map(parseSweepId);
const END: SweepEvent = { type: "sweepEnded", outcome: "completed", by: "coordinator" };
const REFUSED = { type: "lateMessageRejected", pack: 0, attempt: 1, worker: "w", message: "" };

Deno.test("tidyQueue() removes the leases of sweeps that are over, and no others", async () => {
  const journals = new Map<unknown, readonly SweepEvent[]>([
    [MINE, [END]],
    [OVER, [{ type: "sweepResumed", by: "u" }, END]],
    [LIVE, [END, { type: "sweepResumed", by: "u" }]],
    [LATE, [END, REFUSED as unknown as SweepEvent]],
  ]);
  const purged: unknown[] = [];
  const tidied = await tidyQueue({
    queue: {
      waiting: () => Promise.resolve({ sweeps: [MINE!, OVER!, LIVE!, LATE!, EMPTY!], through: 17 }),
      purge: (sweep, options) => Promise.resolve(void purged.push([sweep, options?.through])),
    },
    journal: {
      last: (sweep) => {
        const events = journals.get(sweep);
        return Promise.resolve(
          events === undefined ? null : { sequence: 1, entry: { v: 1, at: instant(0), events } },
        );
      },
    },
  }, { except: MINE! });
  assert.deepEqual(tidied, [OVER, LATE]);
  assert.deepEqual(purged, [[OVER, 17], [LATE, 17]]);
});
