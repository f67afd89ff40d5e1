import assert from "node:assert/strict";
import fc from "fast-check";
import { systemTimers } from "../../cli/system_timers.ts";
import { epoch, milliseconds } from "../../core/domain/units.ts";
import { parseSweepId, parseTrialId } from "../../core/domain/ids.ts";
import type { EpochRecord } from "../../core/protocol/messages.ts";
import type { SavedCheckpoint } from "../../worker/outbox.ts";
import type { JobOutcome, PackJob } from "../../worker/thread_messages.ts";
import { openTrainingThread } from "../../worker/training_thread.ts";
import { firstState, metricsOf, nextState, statesOf } from "./toy_training.ts";

const EPOCHS = 24;
const lanes = [3, 4, 7].map((trial) => ({
  trial: parseTrialId(trial),
  replicate: trial % 2,
  hyperparameters: { lr: trial / 50, epochs: EPOCHS },
}));
const job: PackJob = {
  sweep: parseSweepId("toy"),
  seed: 5,
  task: {
    dataset: "xor",
    examples: 400,
    noise: 0,
    validation: { kind: "cut", fraction: 0.2 },
    trainExamples: null,
  },
  datasetDigest: "00",
  lanes,
  resume: null,
};

Deno.test("statesOf() tells an epoch that is left out, done twice or done out of order", () => {
  fc.assert(fc.property(fc.nat(), fc.nat({ max: EPOCHS - 2 }), (seed, skipped) => {
    const lane = lanes[0]!;
    const straight = statesOf(seed, lane, EPOCHS);
    if (straight.includes(null)) return;
    const epochs = Array.from({ length: EPOCHS }, (_, n) => n + 1);
    const twice = epochs.toSpliced(skipped, 0, skipped + 1);
    const swapped = epochs.toSpliced(skipped, 2, skipped + 2, skipped + 1);
    for (const order of [epochs.toSpliced(skipped, 1), twice, swapped]) {
      let state: number | null = firstState(seed, lane);
      for (const next of order) state = state === null ? null : nextState(state, next);
      assert.notEqual(state, straight.at(-1));
    }
    assert.equal(straight.length, EPOCHS);
  }));
});

/** Trains a pack in a thread as workers do; `drainAfter` ends it there. */
async function train(pack: PackJob, drainAfter: number = EPOCHS) {
  using thread = openTrainingThread({
    timers: systemTimers,
    module: new URL("./toy_thread.ts", import.meta.url),
    setup: {
      backend: "cpu",
      home: "/nonexistent",
      dataDir: null,
      checkpointEveryMs: milliseconds(0),
    },
  });
  const records: EpochRecord[] = [];
  const saved: SavedCheckpoint[] = [];
  const running = thread.train(pack, {
    moved: () => {},
    epoch: (record) => {
      records.push(record);
      if (record.epoch === drainAfter) running.drain();
    },
    checkpoint: (checkpoint) => saved.push(checkpoint),
    copied: () => {},
    log: () => {},
  });
  const outcome: JobOutcome = await running.outcome;
  return { outcome, records, saved };
}

Deno.test("toy thread that is drained and resumed measures what an undisturbed one does", async () => {
  const whole = await train(job);
  assert.equal(whole.outcome.kind, "trained");
  const first = await train(job, 7);
  assert.equal(first.outcome.kind, "drained");
  const { epoch: at, bytes } = first.saved.at(-1)!;
  const rest = await train({ ...job, resume: { epoch: at, bytes: new Uint8Array(bytes) } });
  assert.deepEqual(rest.outcome, whole.outcome);
  const measured = ({ records }: typeof whole) =>
    records.map(({ epoch, lanes }) => ({ epoch, lanes }));
  assert.deepEqual(
    [...measured(first).filter(({ epoch }) => epoch <= at), ...measured(rest)],
    measured(whole),
  );
  for (const { trial, replicate, hyperparameters } of lanes) {
    const truth = statesOf(job.seed, { trial, replicate, hyperparameters }, EPOCHS);
    const told = measured(whole).flatMap(({ lanes }) => lanes.filter((l) => l.trial === trial));
    assert.deepEqual(
      told,
      truth.map((state) =>
        state === null
          ? { trial, kind: "diverged" }
          : { trial, kind: "measured", metrics: metricsOf(state) }
      ),
    );
  }
});

Deno.test("toy thread refuses a checkpoint of another epoch", async () => {
  const { saved } = await train(job, 7);
  const bytes = new Uint8Array(saved.at(-1)!.bytes);
  const { outcome } = await train({ ...job, resume: { epoch: epoch(1), bytes } });
  assert.ok(outcome.kind === "failed");
  assert.match(outcome.reason.message, /the checkpoint is another one/);
});
