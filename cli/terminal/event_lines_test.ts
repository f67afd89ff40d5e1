import assert from "node:assert/strict";
import { parseAttempt, parsePackId, parseTrialId, parseWorkerId } from "../../core/domain/ids.ts";
import { epoch, milliseconds } from "../../core/domain/units.ts";
import { EventNarrator } from "./event_lines.ts";
import {
  halfwaySweep,
  laneDetached,
  type SampleSweep,
  sampleSweep,
} from "../../tests/support/sample_sweep.ts";

function tellAll(narrator: EventNarrator, sample: SampleSweep): readonly string[] {
  const told: string[] = [];
  const tell = (entry: Parameters<EventNarrator["lines"]>[1]): void => {
    told.push(...narrator.lines(sample.view, entry));
  };
  const pack = parsePackId(1);
  tell(sample.lease(0, 100, "w-1"));
  tell(sample.complete(0, 4_000, 0.91));
  tell(sample.lease(1, 4_100, "w-1"));
  tell(sample.append(9_000, {
    type: "packReleased",
    pack,
    attempt: parseAttempt(1),
    cause: { kind: "leaseExpired" },
  }));
  tell(sample.lease(1, 9_100, "w-2", 2));
  tell(sample.append(9_200, {
    type: "lateMessageRejected",
    pack,
    attempt: parseAttempt(1),
    worker: parseWorkerId("w-1"),
    message: "report",
  }));
  tell(sample.complete(1, 13_000, 0.93));
  tell(sample.lease(2, 13_100, "w-2"));
  tell(sample.complete(2, 17_000, 0.92));
  tell(sample.lease(3, 17_100, "w-2"));
  tell(sample.complete(3, 21_000, NaN));
  tell(sample.append(22_000, {
    type: "trialFailed",
    trial: parseTrialId(4),
    reason: { kind: "exception", message: "bad\x1b[2J\nshape" },
  }));
  tell(sample.append(22_100, { type: "sweepPaused", by: "user" }));
  tell(sample.append(22_200, { type: "sweepResumed", by: "user" }));
  tell(sample.append(22_300, { type: "trialCancelled", trial: parseTrialId(5) }));
  tell(sample.append(23_000, { type: "sweepEnded", outcome: "failed", by: "coordinator" }));
  return told;
}

Deno.test("EventNarrator tells what matters, and the routine too when it is asked", async (t) => {
  await t.assertSnapshot(
    tellAll(new EventNarrator({ verbose: false }), sampleSweep()).join("\n"),
  );
  await t.assertSnapshot(
    tellAll(new EventNarrator({ verbose: true }), sampleSweep()).join("\n"),
  );
});

Deno.test("EventNarrator tells which trials left their pack for an idle slot", () => {
  const sample = sampleSweep();
  sample.lease(0, 100, "w-1");
  const narrator = new EventNarrator({ verbose: false });
  const [line] = narrator.lines(sample.view, sample.append(2_000, laneDetached(12)));
  assert.match(line ?? "", /trial 0 leaves pack 0 for an idle slot, from its epoch 1 on: pack 12$/);
});

Deno.test("EventNarrator says that the first trial started, and how far all are when nothing was said for long", () => {
  const sample = sampleSweep();
  const narrator = new EventNarrator({ verbose: false });
  const reported = (atMs: number, at: number) =>
    sample.append(atMs, {
      type: "epochReported",
      pack: parsePackId(0),
      attempt: parseAttempt(1),
      epoch: epoch(at),
      lanes: [{ trial: parseTrialId(0), kind: "diverged" }],
      durationMs: milliseconds(29_000),
    });
  const told = [
    sample.lease(0, 100, "w-1"),
    sample.lease(1, 100, "w-2"),
    reported(29_000, 1),
    reported(58_000, 2),
    reported(60_000, 2),
  ].map((entry) => narrator.lines(sample.view, entry));
  assert.deepEqual(told, [
    ["  0:00  pack 0 (trial 0) started on w-1, wasm, attempt 1"],
    [],
    [],
    ["  0:58  0/12 trials over, 2 running; pack 0 reported epoch 2"],
    [],
  ]);
});

Deno.test("EventNarrator does not flood: of many trials it tells the best and every hundredth", () => {
  const sample = sampleSweep({ replicates: 100 }); // 1200 trials
  const narrator = new EventNarrator({ verbose: false });
  const told: string[] = [];
  for (let trial = 0; trial < 1200; trial++) {
    sample.lease(trial, trial * 10, "w-1");
    told.push(...narrator.lines(sample.view, sample.complete(trial, trial * 10 + 5, 0.9)));
  }
  assert.equal(told.length, 101);
  assert.match(told[0] ?? "", /the best so far \(1\/1,200\)$/);
});

Deno.test("EventNarrator.catchUp() knows the best of what is past", () => {
  const sample = sampleSweep();
  sample.lease(0, 0, "w-1");
  sample.complete(0, 1000, 0.95);
  const narrator = new EventNarrator({ verbose: false });
  narrator.catchUp(sample.view);
  sample.lease(1, 1000, "w-1");
  const [line] = narrator.lines(sample.view, sample.complete(1, 2000, 0.94));
  assert.doesNotMatch(line ?? "", /best/);
});

Deno.test("EventNarrator tells retries, reopenings and quarantines, many retries in one line", () => {
  const sample = halfwaySweep();
  const narrator = new EventNarrator({ verbose: false });
  const reason = { kind: "exception", message: "boom" } as const;
  const trials = [8, 9, 10].map(parseTrialId);
  sample.append(
    22_000,
    ...trials.map((trial) => ({ type: "trialFailed", trial, reason }) as const),
  );
  const told = [
    sample.append(23_000, {
      type: "workerQuarantined",
      worker: parseWorkerId("w-1"),
      message: "5 attempts in a row failed on it",
    }),
    sample.append(24_000, { type: "sweepEnded", outcome: "completed", by: "coordinator" }),
    sample.append(
      25_000,
      { type: "sweepReopened", by: "cli" },
      ...trials.map((trial) => ({ type: "trialRetried", trial, by: "cli" }) as const),
    ),
    sample.append(26_000, { type: "trialRetried", trial: parseTrialId(5), by: "dashboard" }),
  ].flatMap((entry) => narrator.lines(sample.view, entry));
  assert.deepEqual(told.map((line) => line.slice(8)), [
    "worker w-1 gets no more packs (quarantine): 5 attempts in a row failed on it",
    "sweep completed: 5 trials of 12 completed",
    "sweep reopened by cli",
    "trial 8 and 2 more queued again by cli",
    "trial 5 queued again by dashboard",
  ]);
  assert.equal(sample.view.endedAt, null);
  assert.equal(sample.view.times(parseTrialId(5)).endedAt, null);
});

Deno.test("EventNarrator tells who asked for more, and how much there is now", () => {
  const sample = sampleSweep();
  sample.append(1_000, { type: "sweepEnded", outcome: "completed", by: "coordinator" });
  const { spec } = sample.view.ledger;
  const entry = sample.append(
    601_000,
    { type: "sweepReopened", by: "cli" },
    { type: "sweepExtended", spec: { ...spec, replicates: 3, runCap: 30 }, by: "cli" },
  );
  // Ten minutes later, of which none is the sweep's.
  assert.deepEqual(new EventNarrator({ verbose: false }).lines(sample.view, entry), [
    "  0:01  sweep reopened by cli",
    "  0:01  sweep extended by cli: batch_size 2 values, lr 2 values, hidden_width 3 values, " +
    "3 replicates, at most 30 trials",
  ]);
});
