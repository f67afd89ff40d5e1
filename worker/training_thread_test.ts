import assert from "node:assert/strict";
import { parseSweepId, parseTrialId } from "../core/domain/ids.ts";
import { type Epoch, milliseconds } from "../core/domain/units.ts";
import type { EpochRecord } from "../core/protocol/messages.ts";
import { FakeTimers } from "../tests/support/fake_timers.ts";
import { openDataset } from "./datasets/open_dataset.ts";
import { datasetRequestOf } from "./dataset_request.ts";
import type { SavedCheckpoint } from "./outbox.ts";
import type { DataJob, ThreadSetup } from "./thread_messages.ts";
import { decodeCheckpoint } from "./training/checkpoint.ts";
import { type JobListener, openTrainingThread, TrainingThreadError } from "./training_thread.ts";

const SWEEP = parseSweepId("s");
const TRIAL = parseTrialId(4);
const SETUP: ThreadSetup = {
  backend: "cpu",
  home: "/nonexistent",
  dataDir: null,
  checkpointEveryMs: milliseconds(0),
};

async function jobOf(epochs: number, change: Partial<DataJob> = {}): Promise<DataJob> {
  const task = {
    dataset: "mnist",
    validation: { kind: "cut", fraction: 0.5 },
    trainExamples: 40,
  } as const;
  const { digest } = await openDataset(datasetRequestOf(task, 1), { home: SETUP.home });
  return {
    sweep: SWEEP,
    seed: 1,
    task,
    datasetDigest: digest,
    lanes: [{ trial: TRIAL, replicate: 0, hyperparameters: { epochs, hidden_width: 2, lr: 0.1 } }],
    resume: null,
    ...change,
  };
}

/** Keeps all that a job says; `onEpoch` runs at each epoch. */
function listen(onEpoch: (epoch: Epoch) => void = () => {}) {
  const epochs: EpochRecord[] = [];
  const checkpoints: SavedCheckpoint[] = [];
  const copies: SavedCheckpoint[] = [];
  const lines: string[] = [];
  const listener: JobListener = {
    moved: () => {},
    epoch: (record) => {
      epochs.push(record);
      onEpoch(record.epoch);
    },
    checkpoint: (checkpoint) => checkpoints.push(checkpoint),
    copied: (lanes) => copies.push(lanes),
    log: (level, text) => lines.push(`${level} ${text}`),
  };
  return { listener, lines, epochs, checkpoints, copies };
}

const numbersOf = (records: readonly { readonly epoch: Epoch }[]) => records.map((r) => r.epoch);

Deno.test("TrainingThread says which backend it loaded, and why", async () => {
  using thread = openTrainingThread({ setup: SETUP, timers: new FakeTimers() });
  const backend = await thread.ready();
  assert.equal(backend.name, "cpu");
  assert.match(backend.reason, /asked for by name; it passed its self-test/);
});

Deno.test("TrainingThread trains to the end with checkpoints before the last epoch", async () => {
  using thread = openTrainingThread({ setup: SETUP, timers: new FakeTimers() });
  const tensors: (number | undefined)[] = [];
  const { listener, epochs, checkpoints } = listen(() => tensors.push(thread.tensors?.()?.bytes));
  const outcome = await thread.train(await jobOf(3), listener).outcome;
  assert.ok(tensors.length === 3 && tensors.every((bytes) => (bytes ?? 0) > 1_000));
  assert.equal(thread.tensors?.(), null, "it trains no more");
  assert.deepEqual(numbersOf(epochs), [1, 2, 3]);
  assert.deepEqual(numbersOf(checkpoints), [1, 2]);
  assert.ok(outcome.kind === "trained");
  const [lane] = outcome.lanes;
  assert.ok(lane?.kind === "trained" && lane.epoch === 3);
  const [last] = epochs.at(-1)?.lanes ?? [];
  assert.ok(last?.kind === "measured");
  const { test_accuracy, test_loss, ...ofLastEpoch } = lane.metrics;
  assert.deepEqual(ofLastEpoch, last.metrics);
  assert.ok(Number.isFinite(test_accuracy) && Number.isFinite(test_loss));
});

Deno.test("TrainingThread resumes from a checkpoint to the same numbers", async () => {
  using thread = openTrainingThread({ setup: SETUP, timers: new FakeTimers() });
  const whole = listen();
  const straight = await thread.train(await jobOf(3), whole.listener).outcome;
  const { epoch, bytes } = whole.checkpoints[0]!;
  const resumed = listen();
  const job = await jobOf(3, { resume: { epoch, bytes } });
  assert.deepEqual(await thread.train(job, resumed.listener).outcome, straight);
  assert.deepEqual(numbersOf(resumed.epochs), [2, 3]);
  assert.equal(bytes.length, 0, "the bytes were moved, not copied");
});

Deno.test("TrainingThread that drains saves where it stops", async () => {
  const setup = { ...SETUP, checkpointEveryMs: milliseconds(1e9) };
  using thread = openTrainingThread({ setup, timers: new FakeTimers() });
  const { listener, epochs, checkpoints } = listen((epoch) => {
    if (epoch >= 2) job.drain();
  });
  const job = thread.train(await jobOf(100_000), listener);
  assert.deepEqual(await job.outcome, { kind: "drained" });
  assert.equal(checkpoints.length, 1);
  assert.equal(checkpoints[0]?.epoch, epochs.at(-1)?.epoch);
  assert.equal(decodeCheckpoint(checkpoints[0]!.bytes)[0]?.trial, TRIAL);
});

Deno.test("TrainingThread that stops its only lane ends without an outcome for it", async () => {
  using thread = openTrainingThread({ setup: SETUP, timers: new FakeTimers() });
  const { listener } = listen((epoch) => {
    if (epoch >= 2) job.stopLanes([TRIAL], { checkpoint: false });
  });
  const job = thread.train(await jobOf(100_000), listener);
  assert.deepEqual(await job.outcome, { kind: "trained", lanes: [], files: [] });
});

Deno.test("TrainingThread that is aborted is free for the next pack", async () => {
  using thread = openTrainingThread({ setup: SETUP, timers: new FakeTimers() });
  const { listener } = listen(() => job.abort());
  const job = thread.train(await jobOf(100_000), listener);
  assert.deepEqual(await job.outcome, { kind: "aborted" });
  assert.equal((await thread.train(await jobOf(1), listen().listener).outcome).kind, "trained");
});

Deno.test("TrainingThread refuses lanes that cannot share a pack, and trains the next one", async () => {
  using thread = openTrainingThread({ setup: SETUP, timers: new FakeTimers() });
  const job = await jobOf(1);
  const other = { trial: parseTrialId(5), replicate: 0, hyperparameters: { epochs: 2 } };
  const mixed = { ...job, lanes: [...job.lanes, other] };
  const outcome = await thread.train(mixed, listen().listener).outcome;
  assert.ok(outcome.kind === "failed");
  assert.match(outcome.reason.message, /trial 5 in this pack: its epochs is 2; it must be 1/);
  assert.equal((await thread.train(job, listen().listener).outcome).kind, "trained");
});

Deno.test("TrainingThread copies lanes apart, which go on to the numbers that they had in the pack", async () => {
  const job = await jobOf(400);
  const lanes = [1, 2, 3].map((n) => ({
    trial: parseTrialId(n),
    replicate: n,
    hyperparameters: { epochs: 400, hidden_width: 1 + n, lr: 0.1 / n },
  }));
  const setup = { ...SETUP, checkpointEveryMs: milliseconds(1e9) };
  using thread = openTrainingThread({ setup, timers: new FakeTimers() });
  const parts = [[parseTrialId(2)], [parseTrialId(3), parseTrialId(77)], [parseTrialId(78)]];
  const whole = listen((epoch) => {
    if (epoch === 1) running.copyLanes(parts);
  });
  const running = thread.train({ ...job, lanes }, whole.listener);
  const outcome = await running.outcome;
  assert.ok(outcome.kind === "trained");
  assert.equal(outcome.lanes.length, 3, "they train on");
  assert.deepEqual(whole.copies.map(({ trials }) => trials), [[2], [3]], "what it does not have");
  for (const { epoch, trials, bytes } of whole.copies) {
    assert.ok(epoch < 400, "the test is about unfinished lanes");
    assert.deepEqual(decodeCheckpoint(bytes).map(({ trial }) => trial), trials);
    const alone = { ...job, lanes: lanes.filter(({ trial }) => trials.includes(trial)) };
    const resumed = listen();
    const end = await thread.train({ ...alone, resume: { epoch, bytes } }, resumed.listener)
      .outcome;
    assert.ok(end.kind === "trained");
    assert.equal(resumed.epochs[0]?.epoch, epoch + 1);
    const [lane] = end.lanes;
    const before = outcome.lanes.find(({ trial }) => trial === lane?.trial);
    assert.ok(lane?.kind === "trained" && before?.kind === "trained");
    for (const [name, value] of Object.entries(lane.metrics)) {
      assert.ok(Math.abs(value - (before.metrics[name] ?? NaN)) < 1e-4, name);
    }
  }
});

Deno.test("TrainingThread that does not stop is ended after a grace", async () => {
  const timers = new FakeTimers();
  const module = new URL("../tests/support/deaf_thread.ts", import.meta.url);
  using thread = openTrainingThread({ setup: SETUP, timers, module });
  await thread.ready();
  const job = thread.train(await jobOf(1), listen().listener);
  job.abort();
  await timers.advance(5_000);
  assert.deepEqual(await job.outcome, { kind: "aborted" });
  assert.equal((await thread.ready()).name, "cpu", "a new thread is there");
});

Deno.test("TrainingThread that was disposed trains no more", async () => {
  const thread = openTrainingThread({ setup: SETUP, timers: new FakeTimers() });
  const job = thread.train(await jobOf(100_000), listen().listener);
  thread[Symbol.dispose]();
  assert.deepEqual(await job.outcome, { kind: "aborted" });
  assert.throws(() => thread.ready(), TrainingThreadError);
});
