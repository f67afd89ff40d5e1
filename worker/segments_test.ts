import assert from "node:assert/strict";
import { parseSweepId, parseTrialId, type TrialId } from "../core/domain/ids.ts";
import { type Epoch, epoch, milliseconds } from "../core/domain/units.ts";
import type { EpochRecord, GrantedLane } from "../core/protocol/messages.ts";
import { FakeTimers } from "../tests/support/fake_timers.ts";
import { datasetRequestOf } from "./dataset_request.ts";
import { openDataset } from "./datasets/open_dataset.ts";
import { startingPoint } from "./starting_point.ts";
import type { DataJob, JobLane, JobOutcome, ThreadSetup } from "./thread_messages.ts";
import { decodeCheckpoint } from "./training/checkpoint.ts";
import { openTrainingThread, type TrainingJob, type TrainingThread } from "./training_thread.ts";

const SETUP: ThreadSetup = {
  backend: "cpu",
  home: "/nonexistent",
  dataDir: null,
  checkpointEveryMs: milliseconds(1e9),
};
const TASK = {
  dataset: "xor",
  validation: { kind: "cut", fraction: 0.5 },
  trainExamples: null,
  examples: 60,
  noise: 0.2,
} as const;
const SHARED = { epochs: 9, optimizer: "adam", batch_size: 8 };
const LANES: readonly JobLane[] = [3, 5, 2].map((hidden_width, i) => ({
  trial: parseTrialId(i),
  replicate: i,
  hyperparameters: { ...SHARED, hidden_width, lr: 0.01 * (i + 1) },
}));

/** A thread with what a test does with it. */
async function setUp() {
  const thread = openTrainingThread({ setup: SETUP, timers: new FakeTimers() });
  const { digest } = await openDataset(datasetRequestOf(TASK, 1), { home: SETUP.home });
  const train = async (
    lanes: readonly JobLane[],
    change: Partial<DataJob>,
    onEpoch: (record: EpochRecord, job: TrainingJob) => void = () => {},
  ): Promise<{ readonly outcome: JobOutcome; readonly epochs: readonly Epoch[] }> => {
    const epochs: Epoch[] = [];
    const pack: DataJob = {
      sweep: parseSweepId("s"),
      seed: 1,
      task: TASK,
      datasetDigest: digest,
      lanes,
      resume: null,
      ...change,
    };
    const job = thread.train(pack, {
      moved: () => {},
      epoch: (record) => {
        epochs.push(record.epoch);
        onEpoch(record, job);
      },
      checkpoint: () => {},
      copied: () => {},
      log: () => {},
    });
    return { outcome: await job.outcome, epochs };
  };
  return { thread, train };
}

/** Files by name, as a store has them. */
class Files {
  readonly #files = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #where = new Map<TrialId, { epoch: Epoch; artifact: string }>();

  /** Keeps what a job paused. */
  keep(name: string, outcome: JobOutcome): void {
    assert.ok(outcome.kind === "trained" && outcome.paused !== undefined);
    const { bytes, lanes, epoch: at } = outcome.paused;
    this.#files.set(name, bytes);
    for (const { trial } of lanes) this.#where.set(trial, { epoch: at, artifact: name });
  }

  /** Where these lanes go on. */
  async resume(lanes: readonly JobLane[], donors: Readonly<Record<number, TrialId>> = {}) {
    const granted = lanes.map(({ trial, replicate, hyperparameters }): GrantedLane => {
      const donor = donors[trial];
      const from = this.#where.get(donor ?? trial);
      const checkpoint = from === undefined
        ? null
        : { ...from, ...(donor === undefined ? {} : { lane: donor }) };
      return { trial, replicate, hyperparameters, checkpoint };
    });
    return await startingPoint(granted, (name) => {
      const bytes = this.#files.get(name);
      return Promise.resolve(bytes === undefined ? null : new Uint8Array(bytes));
    });
  }
}

Deno.test("training in segments gives the bits of training in one go", async () => {
  const { thread, train } = await setUp();
  using _thread: TrainingThread = thread;
  const straight = await train(LANES, {});
  const files = new Files();
  const first = await train(LANES, { until: epoch(1) });
  files.keep("1", first.outcome);
  const second = await train(LANES, { until: epoch(3), resume: await files.resume(LANES) });
  files.keep("3", second.outcome);
  const last = await train(LANES, { resume: await files.resume(LANES) });
  assert.deepEqual(first.epochs, [1]);
  assert.deepEqual(second.epochs, [2, 3]);
  assert.deepEqual(last.epochs, [4, 5, 6, 7, 8, 9]);
  // Models and test scores are in here.
  assert.deepEqual(last.outcome, straight.outcome);
});

Deno.test("lanes of several packs go on together, each from its own file and as it would alone", async () => {
  const { thread, train } = await setUp();
  using _thread: TrainingThread = thread;
  const alone = [];
  for (const lane of LANES.slice(0, 2)) alone.push(await train([lane], {}));
  const files = new Files();
  files.keep("a", (await train([LANES[0]!, LANES[2]!], { until: epoch(3) })).outcome);
  files.keep("b", (await train([LANES[1]!], { until: epoch(3) })).outcome);
  const both = LANES.slice(0, 2);
  const { outcome, epochs } = await train(both, { resume: await files.resume(both) });
  assert.equal(epochs[0], 4);
  assert.ok(outcome.kind === "trained");
  const expected = alone.map((one) => one.outcome.kind === "trained" ? one.outcome.lanes[0] : null);
  for (const [i, lane] of outcome.lanes.entries()) {
    const due = expected[i];
    assert.ok(lane.kind === "trained" && due?.kind === "trained");
    assert.equal(lane.trial, due.trial);
    for (const [name, value] of Object.entries(due.metrics)) {
      assert.ok(Math.abs((lane.metrics[name] ?? NaN) - value) <= 1e-5 * Math.max(1, value), name);
    }
  }
});

Deno.test("a lane goes on with the weights of its donor", async () => {
  const { thread, train } = await setUp();
  using _thread: TrainingThread = thread;
  const twins: readonly JobLane[] = [0, 1].map((i) => ({
    trial: parseTrialId(i),
    replicate: i,
    hyperparameters: { ...SHARED, hidden_width: 4, lr: 0.02 },
  }));
  const files = new Files();
  files.keep("a", (await train(twins, { until: epoch(2) })).outcome);
  const resume = await files.resume(twins, { 1: parseTrialId(0) });
  assert.ok(resume !== null);
  const [own, taken] = decodeCheckpoint(resume.bytes);
  assert.deepEqual(taken?.layers, own?.layers);
  const { outcome } = await train(twins, { resume });
  assert.ok(outcome.kind === "trained");
  const [one, other] = outcome.lanes;
  assert.ok(one?.kind === "trained" && other?.kind === "trained");
  assert.deepEqual(other.metrics, one.metrics);
});

Deno.test("training waits after an epoch for the answer, and a stopped lane stops exactly there", async () => {
  const { thread, train } = await setUp();
  using _thread: TrainingThread = thread;
  const seen: string[] = [];
  const { outcome } = await train(LANES, { waitAfter: [epoch(3)] }, (record, job) => {
    seen.push(`${record.epoch}: ${record.lanes.map(({ trial }) => trial).join()}`);
    if (record.epoch !== 3) return;
    // Long after the thread could have gone on.
    setTimeout(() => {
      seen.push("answered");
      job.stopLanes([parseTrialId(1)], { checkpoint: false });
      job.decided(epoch(3));
    }, 50);
  });
  assert.deepEqual(seen.slice(0, 6), [
    "1: 0,1,2",
    "2: 0,1,2",
    "3: 0,1,2",
    "answered",
    "4: 0,2",
    "5: 0,2",
  ]);
  assert.ok(outcome.kind === "trained");
  assert.deepEqual(outcome.lanes.map(({ trial }) => trial), [0, 2]);
});

Deno.test("training that waits for an answer drains and is given up like any other", async () => {
  const { thread, train } = await setUp();
  using _thread: TrainingThread = thread;
  const wait = { waitAfter: [epoch(2)] };
  const drained = await train(LANES, wait, ({ epoch: at }, job) => at === 2 && job.drain());
  assert.deepEqual(drained, { outcome: { kind: "drained" }, epochs: [1, 2] });
  const aborted = await train(LANES, wait, ({ epoch: at }, job) => at === 2 && job.abort());
  assert.deepEqual(aborted, { outcome: { kind: "aborted" }, epochs: [1, 2] });
});

Deno.test("training reports the epochs that are decided on, however rare its reports are", async () => {
  const { thread, train } = await setUp();
  using _thread: TrainingThread = thread;
  const lanes = LANES.map((lane) => ({
    ...lane,
    hyperparameters: { ...lane.hyperparameters, epochs: 5_000, batch_size: 30 },
  }));
  const { epochs, outcome } = await train(lanes, { until: epoch(12) });
  assert.deepEqual(epochs, [5, 10, 12]);
  assert.ok(outcome.kind === "trained" && outcome.paused?.epoch === 12);
});

Deno.test("startingPoint() starts lanes over that cannot start together, but none that took over weights", async () => {
  const lane: GrantedLane = {
    trial: parseTrialId(0),
    replicate: 0,
    hyperparameters: {},
    checkpoint: { epoch: epoch(3), artifact: "gone" },
  };
  const none = () => Promise.resolve(null);
  const other = { ...lane, trial: parseTrialId(1), checkpoint: { epoch: epoch(1), artifact: "x" } };
  assert.equal(await startingPoint([lane], none), null);
  assert.equal(await startingPoint([lane, other], none), null);
  assert.equal(await startingPoint([{ ...lane, checkpoint: null }], none), null);
  const torn = () => Promise.resolve(new Uint8Array([1, 2, 3]));
  const fromTwo = { ...other, checkpoint: { epoch: epoch(3), artifact: "x" } };
  assert.equal(await startingPoint([lane, fromTwo], torn), null);
  for (const load of [none, torn]) {
    await assert.rejects(
      startingPoint([lane, { ...fromTwo, isExploited: true }], load),
      /Cannot start trial 1 over: it has taken over another trial's weights/,
    );
  }
});
