import assert from "node:assert/strict";
import type { JournalEntry } from "../../core/domain/sweep_event.ts";
import { parsePackId } from "../../core/domain/ids.ts";
import { sampleSweep } from "../../tests/support/sample_sweep.ts";
import { EventLog } from "./event_log.ts";

function logOf(entries: readonly JournalEntry[]): EventLog {
  const log = new EventLog("maximize");
  for (const [sequence, entry] of entries.entries()) log.add({ sequence, entry });
  return log;
}

Deno.test("EventLog keeps everything but the reports of epochs, which it counts", () => {
  const sample = sampleSweep();
  const log = logOf([sample.lease(0, 100, "w-1"), sample.complete(0, 4_000, 0.91)]);
  assert.deepEqual(log.events.map(({ event }) => event.type), ["packLeased", "trialCompleted"]);
  assert.equal(log.reports, 1);
  assert.deepEqual([...log.kinds], [["packLeased", 1], ["trialCompleted", 1]]);
});

Deno.test("EventLog knows who held the pack, and which result was the best so far", () => {
  const sample = sampleSweep();
  const log = logOf([
    sample.lease(0, 100, "w-1"),
    sample.lease(1, 100, "w-2"),
    sample.complete(1, 4_000, 0.8),
    sample.complete(0, 5_000, 0.7),
    sample.lease(2, 5_100, "w-2"),
    sample.complete(2, 6_000, NaN),
    sample.lease(3, 6_100, "w-1"),
    sample.complete(3, 7_000, 0.9),
    sample.append(8_000, { type: "packsQueued", packs: [{ pack: parsePackId(12), trials: [] }] }),
  ]);
  const told = log.events.filter(({ event }) => event.type !== "packLeased")
    .map(({ worker, isBest }) => [worker, isBest]);
  assert.deepEqual(told, [["w-2", true], ["w-1", false], ["w-2", false], ["w-1", true], [
    null,
    false,
  ]]);
});
