import assert from "node:assert/strict";
import { sweepCreated } from "../../tests/support/specs.ts";
import type { JournalEntry, SweepEvent } from "./sweep_event.ts";
import { beginTimes, foldTimes, workedMs } from "./sweep_times.ts";
import { instant } from "./units.ts";

const STARTED: SweepEvent = {
  type: "coordinatorStarted",
  coordinator: "c",
  versions: { trawl: "0", deno: "2" },
};
const PAUSED: SweepEvent = { type: "sweepPaused", by: "test" };
const ENDED: SweepEvent = { type: "sweepEnded", outcome: "completed", by: "test" };

function entry(at: number, ...events: readonly SweepEvent[]): JournalEntry {
  return { v: 1, at: instant(at), events };
}

Deno.test("workedMs() leaves out the time between two coordinators", () => {
  let times = beginTimes(entry(1_000, sweepCreated(), STARTED));
  times = foldTimes(times, entry(3_000, PAUSED));
  assert.equal(workedMs(times), 2_000);
  assert.equal(workedMs(times, instant(9_000)), 8_000);
  times = foldTimes(times, entry(100_000, STARTED));
  assert.equal(workedMs(times), 2_000);
  times = foldTimes(times, entry(101_000, ENDED));
  assert.equal(workedMs(times), 3_000);
  assert.equal(workedMs(times, instant(900_000)), 3_000);
  assert.equal(times.endedAt, 101_000);
});

Deno.test("workedMs() leaves out the time between a sweep's end and its reopening", () => {
  let times = beginTimes(entry(1_000, sweepCreated(), STARTED));
  times = foldTimes(times, entry(3_000, ENDED));
  times = foldTimes(times, entry(50_000, STARTED, { type: "sweepReopened", by: "test" }));
  assert.equal(times.endedAt, null);
  assert.equal(workedMs(times), 2_000);
  times = foldTimes(times, entry(51_000, ENDED));
  assert.equal(workedMs(times), 3_000);
});

Deno.test("foldTimes() never goes back, whatever a coordinator's clock does", () => {
  let times = beginTimes(entry(5_000, sweepCreated(), STARTED));
  times = foldTimes(times, entry(2_000, STARTED));
  assert.equal(times.updatedAt, 5_000);
  assert.equal(times.idleMs, 0);
});
