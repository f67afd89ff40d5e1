import assert from "node:assert/strict";
import { parseAttempt, parsePackId, parseTrialId, parseWorkerId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { ConnectionClosedError } from "../../core/protocol/ports.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { RunningSweep } from "../support/running_sweep.ts";
import { specOf } from "../support/specs.ts";

const ignore = !(await natsServerBinaryOrSkip());
const PACK = parsePackId(0);

/** One trial that trains for as many epochs. */
function oneTrial(epochs: number, change: Partial<SweepSpec> = {}): SweepSpec {
  return specOf({
    parameters: [
      { name: "lr", domain: { kind: "values", values: [0.05] } },
      { name: "hidden_width", domain: { kind: "values", values: [16] } },
      { name: "epochs", domain: { kind: "values", values: [epochs] } },
    ],
    ...change,
  });
}

function eventsOf<T extends SweepEvent["type"]>(
  events: readonly SweepEvent[],
  type: T,
): readonly Extract<SweepEvent, { type: T }>[] {
  return events.filter((event): event is Extract<SweepEvent, { type: T }> => event.type === type);
}

/** The epochs that an attempt reported, in the journal's order. */
function epochsOf(events: readonly SweepEvent[], attempt: number): readonly number[] {
  return eventsOf(events, "epochReported").filter((event) => event.attempt === attempt)
    .map((event) => event.epoch);
}

/** Every epoch was reported once, in order, by the attempts together. */
function assertWhole(events: readonly SweepEvent[], epochs: number): void {
  const reported = eventsOf(events, "epochReported").map((event) => event.epoch);
  const ends = reported.map((epoch, i) => (reported[i + 1] ?? epoch + 1) <= epoch + 1);
  assert.ok(ends.every((isInOrder) => isInOrder), `a gap in ${reported.join()}`);
  assert.equal(new Set(reported).size, epochs);
}

const isCheckpoint = (event: SweepEvent) => event.type === "checkpointStored";

Deno.test({
  name: "runWorker() trains a whole sweep, tells all its metrics and leaves no presence",
  ignore,
  fn: async () => {
    await using sweep = await RunningSweep.create(specOf());
    const outcome = sweep.coordinate();
    const summary = await sweep.work("w1");
    assert.equal(await outcome, "completed");
    assert.deepEqual(summary, { backend: "wasm", packs: 4, trialsFinished: 4, ended: "idle" });
    const completed = eventsOf(await sweep.events(), "trialCompleted");
    assert.equal(completed.length, 4);
    for (const { metrics } of completed) {
      const names = ["test_accuracy", "test_loss", "train_accuracy", "train_loss"];
      assert.deepEqual(Object.keys(metrics).sort(), [...names, "val_accuracy", "val_loss"]);
      assert.ok((metrics["test_accuracy"] ?? 0) > 0.15, "it learned something");
    }
    for (const { id } of (await sweep.ledger()).trials) {
      assert.deepEqual(epochsOf(await sweep.events(), 1).length, 8, `trial ${id}`);
    }
    assert.deepEqual(await sweep.transport.presence.list(), []);
  },
});

Deno.test({
  name: "runWorker() trains lanes of one pack, or packs in two slots, to the same numbers",
  ignore,
  fn: async () => {
    const metricsOf = async (spec: SweepSpec, slots: number) => {
      await using sweep = await RunningSweep.create(spec);
      const outcome = sweep.coordinate();
      const { packs } = await sweep.work("w1", { slots });
      assert.equal(await outcome, "completed");
      const completed = eventsOf(await sweep.events(), "trialCompleted");
      const byTrial = completed.toSorted((a, b) => a.trial - b.trial);
      return { packs, metrics: byTrial.map(({ metrics }) => metrics) };
    };
    const alone = await metricsOf(specOf({ maxLanes: 1 }), 2);
    const together = await metricsOf(specOf({ maxLanes: 4 }), 1);
    assert.equal(alone.packs, 4);
    assert.equal(together.packs, 1);
    assert.deepEqual(together.metrics, alone.metrics);
  },
});

Deno.test({
  name: "runWorker() that drains gives its pack back, and the next attempt equals no interruption",
  ignore,
  fn: async () => {
    const epochs = 200;
    await using straight = await RunningSweep.create(oneTrial(epochs));
    const straightOutcome = straight.coordinate();
    await straight.work("w0");
    assert.equal(await straightOutcome, "completed");

    await using sweep = await RunningSweep.create(oneTrial(epochs));
    const outcome = sweep.coordinate();
    const drain = new AbortController();
    const first = sweep.work("w1", { drain: drain.signal, checkpointEveryMs: milliseconds(1e9) });
    await sweep.seen((event) => event.type === "epochReported" && event.epoch >= 5);
    drain.abort();
    assert.equal((await first).ended, "drained");
    const before = await sweep.events();
    const stored = eventsOf(before, "checkpointStored").at(-1);
    assert.equal(stored?.epoch, epochsOf(before, 1).at(-1), "saved where it stopped");
    assert.ok((stored?.epoch ?? 0) < epochs, "the test is about an unfinished trial");
    assert.equal(eventsOf(before, "packReleased").at(-1)?.cause.kind, "returned");

    assert.equal((await sweep.work("w2")).trialsFinished, 1);
    assert.equal(await outcome, "completed");
    const events = await sweep.events();
    assert.equal(epochsOf(events, 2)[0], (stored?.epoch ?? 0) + 1);
    assertWhole(events, epochs);
    const metricsOf = async (of: RunningSweep) =>
      eventsOf(await of.events(), "trialCompleted")[0]?.metrics;
    assert.deepEqual(await metricsOf(sweep), await metricsOf(straight));
    assert.equal(await sweep.transport.artifacts.get(stored?.artifact ?? ""), null, "cleaned up");
  },
});

Deno.test({
  name: "runWorker() that is fenced while it trains stops, and takes the next attempt like anybody",
  ignore,
  fn: async () => {
    const epochs = 200;
    await using sweep = await RunningSweep.create(oneTrial(epochs));
    const outcome = sweep.coordinate();
    const worker = sweep.work("w1");
    await sweep.seen(isCheckpoint);
    // Somebody ends the attempt behind its holder's back.
    await sweep.transport.api.request("returned", {
      v: 1,
      sweep: sweep.sweep,
      pack: PACK,
      attempt: parseAttempt(1),
      worker: parseWorkerId("w1"),
      message: "a test says so",
    });
    assert.equal(await outcome, "completed");
    assert.equal((await worker).packs, 2);
    const events = await sweep.events();
    const stored = eventsOf(events, "checkpointStored").filter(({ attempt }) => attempt === 1);
    assert.equal(epochsOf(events, 2)[0], (stored.at(-1)?.epoch ?? 0) + 1);
    assert.equal((await sweep.ledger()).trial(parseTrialId(0)).attempts, 2);
    assertWhole(events, epochs);
  },
});

Deno.test({
  name: "runWorker() gives up a lease that nobody confirms, and a new coordinator grants the next",
  ignore,
  fn: async () => {
    const epochs = 300;
    await using sweep = await RunningSweep.create(oneTrial(epochs), { leaseMs: 900 });
    const crash = new AbortController();
    const first = sweep.coordinate(crash.signal);
    const drain = new AbortController();
    const worker = sweep.work("w1", { maxIdleMs: milliseconds(8_000), drain: drain.signal });
    await sweep.seen(isCheckpoint);
    crash.abort();
    assert.equal(await first, null);
    const crashedAt = Date.now();
    // A later record without a pack: the worker has let go by its own clock.
    await until(async () => {
      const [record] = await sweep.transport.presence.list();
      return record !== undefined && record.at > crashedAt && record.packs.length === 0;
    });
    assert.equal(await sweep.coordinate(), "completed");
    drain.abort();
    assert.equal((await worker).packs, 2);
    const ledger = await sweep.ledger();
    assert.equal(ledger.pack(PACK).attempts, 2);
    assertWhole(await sweep.events(), epochs);
  },
});

Deno.test({
  name: "runWorker() survives a thread that throws, and the trial fails with what was thrown",
  ignore,
  fn: async () => {
    await using sweep = await RunningSweep.create(oneTrial(2, { maxAttempts: 2 }));
    const outcome = sweep.coordinate();
    const module = new URL("../support/throwing_thread.ts", import.meta.url);
    const summary = await sweep.work("w1", { module });
    assert.equal(await outcome, "failed");
    assert.deepEqual(summary, { backend: "cpu", packs: 2, trialsFinished: 0, ended: "idle" });
    const { state } = (await sweep.ledger()).trial(parseTrialId(0));
    assert.equal(state.status, "failed");
    assert.match(state.status === "failed" ? state.reason.message : "", /the maths broke/);
  },
});

Deno.test({
  name: "runWorker() trains on no other data than the sweep was created with",
  ignore,
  fn: async () => {
    const digest = "ab".repeat(32);
    await using sweep = await RunningSweep.create(oneTrial(2, { maxAttempts: 1 }), { digest });
    const outcome = sweep.coordinate();
    await sweep.work("w1");
    assert.equal(await outcome, "failed");
    const { state } = (await sweep.ledger()).trial(parseTrialId(0));
    assert.ok(state.status === "failed" && state.reason.kind === "datasetUnavailable");
    assert.match(state.reason.message, /digest [0-9a-f]{64}; it must be (ab){32}/);
  },
});

Deno.test({
  name: "runWorker() that is stopped ends at once, and its pack goes on from the last checkpoint",
  ignore,
  fn: async () => {
    const epochs = 200;
    await using sweep = await RunningSweep.create(oneTrial(epochs));
    const outcome = sweep.coordinate();
    const stop = new AbortController();
    const first = sweep.work("w1", { stop: stop.signal });
    await sweep.seen(isCheckpoint);
    stop.abort();
    assert.equal((await first).ended, "stopped");
    const stored = eventsOf(await sweep.events(), "checkpointStored").at(-1);
    await sweep.work("w2");
    assert.equal(await outcome, "completed");
    const events = await sweep.events();
    assert.equal(epochsOf(events, 2)[0], (stored?.epoch ?? 0) + 1);
    assertWhole(events, epochs);
  },
});

Deno.test({
  name: "runWorker() stops training when its sweep is stopped, long before its lease is over",
  ignore,
  fn: async () => {
    // Neither the lease nor a third of it comes to pass here: the next report tells.
    await using sweep = await RunningSweep.create(oneTrial(100_000), { leaseMs: 600_000 });
    const outcome = sweep.coordinate();
    const drain = new AbortController();
    const worker = sweep.work("w1", { maxIdleMs: null, drain: drain.signal });
    await sweep.seen((event) => event.type === "epochReported", 60_000);
    const stop = { v: 1, sweep: sweep.sweep, action: "stop", by: "test" } as const;
    assert.equal((await sweep.transport.api.request("control", stop)).type, "accepted");
    assert.equal(await outcome, "cancelled");
    await until(async () => {
      const [record] = await sweep.transport.presence.list();
      return record !== undefined && record.packs.length === 0;
    });
    drain.abort();
    assert.equal((await worker).trialsFinished, 0);
    assert.equal((await sweep.events()).at(-1)?.type, "sweepEnded", "nothing comes after the end");
  },
});

Deno.test({
  name: "runWorker() joins a sweep under way, and leaves it after so long without a pack",
  ignore,
  fn: async () => {
    await using sweep = await RunningSweep.create(specOf());
    const early = await sweep.work("early", { maxIdleMs: milliseconds(200) });
    assert.deepEqual([early.packs, early.ended], [0, "idle"], "nothing was there to do yet");
    const outcome = sweep.coordinate();
    const drain = new AbortController();
    const first = sweep.work("first", { drain: drain.signal, maxIdleMs: null });
    await sweep.seen((event) => event.type === "packLeased", 60_000);
    drain.abort();
    assert.equal((await first).ended, "drained");
    const late = await sweep.work("late", { slots: 2 });
    assert.equal(await outcome, "completed");
    assert.equal(late.ended, "idle");
    assert.equal((await first).trialsFinished + late.trialsFinished, 4);
  },
});

Deno.test({
  name: "runWorker() trains as many packs at once as it has slots, and no more",
  ignore,
  fn: async () => {
    await using sweep = await RunningSweep.create(specOf({
      parameters: [
        { name: "lr", domain: { kind: "values", values: [0.01, 0.02, 0.03] } },
        { name: "epochs", domain: { kind: "values", values: [100_000] } },
      ],
    }));
    const stopping = new AbortController();
    const outcome = sweep.coordinate(stopping.signal);
    const drain = new AbortController();
    const worker = sweep.work("w1", { slots: 2, maxIdleMs: null, drain: drain.signal });
    await until(async () => {
      const [record] = await sweep.transport.presence.list();
      return record?.slots === 2 && record.packs.length === 2;
    });
    await until(async () => (await sweep.ledger()).packs.length === 3);
    const { leasedPacks, queuedPacks } = await sweep.ledger();
    assert.deepEqual([leasedPacks.size, queuedPacks.size], [2, 1]);
    drain.abort();
    await worker;
    stopping.abort();
    assert.equal(await outcome, null);
    const { counts } = await sweep.ledger();
    assert.deepEqual([counts.queued, counts.running], [3, 0]);
  },
});

/** Asks until it is so, with a deadline. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = AbortSignal.timeout(60_000);
  while (!await condition()) {
    deadline.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

Deno.test({
  name: "runWorker() ends with an error when its connection was closed for good",
  ignore,
  fn: async () => {
    await using sweep = await RunningSweep.create(oneTrial(1));
    const closed = sweep.work("w1", {
      maxIdleMs: null,
      onTransport: (transport) => {
        void sweep.seen(() => true).then(() => transport[Symbol.asyncDispose]());
      },
    });
    await assert.rejects(closed, ConnectionClosedError);
  },
});
