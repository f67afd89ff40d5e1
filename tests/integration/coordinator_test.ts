import assert from "node:assert/strict";
import { systemTimers } from "../../cli/system_timers.ts";
import { coordinate, type CoordinatorParts } from "../../coordinator/coordinate.ts";
import { createSweep } from "../../coordinator/create_sweep.ts";
import { parseSweepId, parseWorkerId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { epoch, instant, milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import type { ApiRequests, ApiVerb } from "../../core/protocol/messages.ts";
import {
  ConnectionClosedError,
  CoordinatorAbsentError,
  JournalConflictError,
  type JournalWriter,
} from "../../core/protocol/ports.ts";
import { readSweepView } from "../../core/views/sweep_view.ts";
import { natsServerBinaryOrSkip, TestNatsServer } from "../support/nats_server.ts";
import { DATASET, specOf } from "../support/specs.ts";
import { eventually } from "../support/trawl_process.ts";

const SWEEP = parseSweepId("small-1");
const LEASE = milliseconds(1_200);
const VERSIONS = { trawl: "0.0.0-test", deno: "2" };
const ignore = !(await natsServerBinaryOrSkip());

function open(server: TestNatsServer, name: string): Promise<Transport> {
  return openTransport(parseNatsTarget(server.url), { name, leaseMs: LEASE });
}

/** Creates the sweep and coordinates it until the signal aborts or it is over. */
async function coordinateNew(
  transport: Transport,
  signal: AbortSignal,
  change: Partial<CoordinatorParts> = {},
) {
  const { entry, ledger } = createSweep(
    { sweep: SWEEP, spec: specOf(), dataset: DATASET, versions: VERSIONS },
    instant(Date.now()),
  );
  const writer = await transport.openWriter(SWEEP, { after: 0 });
  await writer.append(entry);
  const parts = { ...partsOf(transport, writer), ...change };
  return await coordinate(ledger, parts, optionsOf("c1", signal));
}

function partsOf(transport: Transport, writer: JournalWriter) {
  return {
    writer,
    api: transport.serveApi(SWEEP),
    queue: transport.publisher,
    presence: transport.presence,
    timers: systemTimers,
  };
}

function optionsOf(coordinator: string, signal: AbortSignal) {
  return { coordinator, versions: VERSIONS, leaseMs: LEASE, signal };
}

/** Asks, and asks again while no coordinator is there yet, as every worker does. */
async function ask<V extends ApiVerb>(
  transport: Transport,
  verb: V,
  body: ApiRequests[V],
  timeoutMs = milliseconds(5_000),
) {
  const deadline = AbortSignal.timeout(30_000);
  while (true) {
    try {
      return await transport.api.request(verb, body, { timeoutMs });
    } catch (error) {
      if (!(error instanceof CoordinatorAbsentError) || deadline.aborted) throw error;
      await systemTimers.sleep(milliseconds(10));
    }
  }
}

/** Takes the next lease and claims it. */
async function takeNext(transport: Transport, name: string) {
  const worker = parseWorkerId(name);
  while (true) {
    const held = await transport.packs.next({ expiresMs: milliseconds(30_000) });
    assert.ok(held !== null, "no lease came within half a minute");
    const { lease, delivery } = held;
    const reply = await ask(transport, "claim", {
      ...lease,
      worker,
      backend: "cpu",
      delivery,
    });
    if (reply.type === "granted") {
      const ref = { ...lease, attempt: reply.attempt, worker };
      return { held, ref, lanes: reply.lanes };
    }
    if (reply.type === "alreadyOver") held.ack();
    else held.nak(milliseconds(20));
  }
}

/** Finishes every lane of a taken pack. */
async function finish(
  transport: Transport,
  taken: Awaited<ReturnType<typeof takeNext>>,
  timeoutMs = milliseconds(5_000),
) {
  const lanes = taken.lanes.map(({ trial, hyperparameters }) => ({
    trial,
    kind: "trained" as const,
    result: null,
    model: null,
    epoch: epoch(2),
    metrics: { val_accuracy: Number(hyperparameters["lr"]) },
  }));
  const reply = await ask(transport, "finished", { ...taken.ref, lanes }, timeoutMs);
  if (reply.type === "accepted") taken.held.ack();
  return reply.type;
}

Deno.test({
  name: "coordinate() runs a sweep to its end over a real server",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using coordinator = await open(server, "coordinator");
    await using worker = await open(server, "worker");
    const outcome = coordinateNew(coordinator, new AbortController().signal);
    for (let i = 0; i < 4; i++) {
      assert.equal(await finish(worker, await takeNext(worker, "w1")), "accepted");
    }
    assert.equal(await outcome, "completed");
    const view = await readSweepView(worker.journal.read(SWEEP));
    assert.equal(view?.ledger.counts.completed, 4);
    assert.equal(view?.ledger.status, "completed");
  },
});

Deno.test({
  name: "coordinate() gives a silent worker's pack to another and fences the first",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using coordinator = await open(server, "coordinator");
    await using worker = await open(server, "worker");
    const outcome = coordinateNew(coordinator, new AbortController().signal);
    const zombie = await takeNext(worker, "zombie");
    const finished = new Set<number>();
    // The zombie is silent: within two leases its pack comes back under attempt 2.
    while (finished.size < 4) {
      const taken = await takeNext(worker, "w2");
      if (taken.ref.pack === zombie.ref.pack) {
        assert.equal(taken.ref.attempt, 2);
        assert.equal(await finish(worker, zombie), "fenced");
      }
      assert.equal(await finish(worker, taken), "accepted");
      finished.add(taken.ref.pack);
    }
    assert.equal(await outcome, "completed");
    const view = await readSweepView(worker.journal.read(SWEEP));
    assert.equal(view?.ledger.pack(zombie.ref.pack).attempts, 2);
    assert.equal(view?.ledger.counts.completed, 4);
  },
});

Deno.test({
  name: "coordinate() goes on after an interruption from the journal alone",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using first = await open(server, "first");
    await using worker = await open(server, "worker");
    const interruption = new AbortController();
    const interrupted = coordinateNew(first, interruption.signal);
    assert.equal(await finish(worker, await takeNext(worker, "w1")), "accepted");
    const held = await takeNext(worker, "w1");
    interruption.abort();
    assert.equal(await interrupted, null);

    await using second = await open(server, "second");
    const view = await readSweepView(second.journal.read(SWEEP));
    assert.ok(view !== null);
    const writer = await second.openWriter(SWEEP, { after: view.sequence });
    const signal = new AbortController().signal;
    const resumed = coordinate(view.ledger, partsOf(second, writer), optionsOf("c2", signal));
    // The worker that held a pack through the restart is still its holder.
    assert.equal(await finish(worker, held), "accepted");
    for (let i = 0; i < 2; i++) {
      assert.equal(await finish(worker, await takeNext(worker, "w1")), "accepted");
    }
    assert.equal(await resumed, "completed");
    const end = await readSweepView(second.journal.read(SWEEP));
    assert.equal(end?.ledger.counts.completed, 4);
    assert.deepEqual(end?.ledger.trials.map((trial) => trial.attempts), [1, 1, 1, 1]);
  },
});

Deno.test({
  name: "coordinate() ends when another coordinator has written the journal",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using first = await open(server, "first");
    await using worker = await open(server, "worker");
    const refused = assert.rejects(
      coordinateNew(first, new AbortController().signal),
      JournalConflictError,
    );
    // Awaited below; should the test fail before, its own error is the one to be told.
    refused.catch(() => {});
    const taken = await takeNext(worker, "w1");
    const started = { type: "coordinatorStarted", coordinator: "c2", versions: VERSIONS } as const;
    await eventually("a usurper that writes between two entries of the first", async () => {
      const after = await worker.journal.lastSequence(SWEEP);
      try {
        const usurper = await worker.openWriter(SWEEP, { after });
        await usurper.append({ v: 1, at: instant(Date.now()), events: [started] });
        return true;
      } catch (error) {
        if (error instanceof JournalConflictError) return false;
        throw error;
      }
    });
    // Whatever the first one decides now cannot be written, so it must not be answered.
    const answer = finish(worker, taken, milliseconds(1_000)).then(
      () => "answered",
      () => "unanswered",
    );
    await refused;
    assert.equal(await answer, "unanswered");
  },
});

Deno.test({
  name: "coordinate() releases a dead holder's pack though another worker asks for it all the time",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using coordinator = await open(server, "coordinator");
    await using worker = await open(server, "worker");
    const end = new AbortController();
    const outcome = coordinateNew(coordinator, end.signal);
    const dead = await takeNext(worker, "dead");
    // Its message is gone, as after a late ack, so the queue will not hand it out again.
    dead.held.ack();
    const delivery = { sequence: 1_000_000, count: 1 };
    const other = { ...dead.held.lease, worker: parseWorkerId("w2"), backend: "cpu", delivery };
    const deadline = AbortSignal.timeout(20 * LEASE);
    while ((await ask(worker, "claim", other)).type !== "granted") {
      assert.ok(!deadline.aborted, "the pack stays with its dead holder");
      await systemTimers.sleep(milliseconds(LEASE / 6));
    }
    end.abort();
    assert.equal(await outcome, null);
  },
});

Deno.test({
  name: "coordinate() that is interrupted while the server is away ends all the same",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using coordinator = await open(server, "coordinator");
    await using worker = await open(server, "worker");
    const end = new AbortController();
    const expired = Promise.withResolvers<void>();
    let isUp = true;
    let looks = 0;
    const list = () => {
      if (isUp) return Promise.resolve([]);
      // By the third look the holder was silent for a whole lease: its release is to be journalled.
      if (++looks === 4) expired.resolve();
      return Promise.reject(new Error("the server is away"));
    };
    const presence = { ...coordinator.presence, list };
    const outcome = coordinateNew(coordinator, end.signal, { presence });
    await takeNext(worker, "w1");
    await server.kill();
    isUp = false;
    await expired.promise;
    end.abort();
    const started = performance.now();
    assert.equal(await outcome, null);
    assert.ok(performance.now() - started > 1_000, "nothing was left to journal");
    assert.ok(performance.now() - started < 8_000, "it took too long to end");
    await server.restart();

    await using second = await open(server, "second");
    const view = await readSweepView(second.journal.read(SWEEP));
    assert.ok(view !== null);
    const writer = await second.openWriter(SWEEP, { after: view.sequence });
    const signal = new AbortController().signal;
    const resumed = coordinate(view.ledger, partsOf(second, writer), optionsOf("c2", signal));
    for (let left = 4; left > 0; left--) {
      assert.equal(await finish(second, await takeNext(second, "w2")), "accepted");
    }
    assert.equal(await resumed, "completed");
  },
});

Deno.test({
  name: "coordinate() throws when its connection was closed for good",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    const coordinator = await open(server, "coordinator");
    const outcome = coordinateNew(coordinator, new AbortController().signal);
    const refused = assert.rejects(outcome, ConnectionClosedError);
    await using worker = await open(server, "worker");
    await takeNext(worker, "w1");
    await coordinator[Symbol.asyncDispose]();
    await refused;
  },
});

const WIDER: SweepSpec = {
  ...specOf(),
  parameters: specOf().parameters.map((parameter) =>
    parameter.name === "lr"
      ? { name: "lr", domain: { kind: "values", values: [0.05, 0.1, 0.2] } }
      : parameter
  ),
};

Deno.test({
  name: "coordinate() is extended while it runs, and asks only for what is new",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using coordinator = await open(server, "coordinator");
    await using worker = await open(server, "worker");
    const outcome = coordinateNew(coordinator, new AbortController().signal);
    for (let i = 0; i < 3; i++) await finish(worker, await takeNext(worker, "w1"));
    // The last trial of the sweep as it was is running: its end must not be the sweep's.
    const last = await takeNext(worker, "w1");
    const request = { v: 1, sweep: SWEEP, spec: WIDER, by: "test" } as const;
    assert.equal((await ask(worker, "extend", request)).type, "accepted");
    assert.equal((await ask(worker, "extend", request)).type, "accepted");
    const other = { ...request, spec: { ...WIDER, seed: 5 } };
    assert.equal((await ask(worker, "extend", other)).type, "refused");
    assert.equal(await finish(worker, last), "accepted");
    for (let i = 0; i < 2; i++) await finish(worker, await takeNext(worker, "w1"));
    assert.equal(await outcome, "completed");
    const view = await readSweepView(worker.journal.read(SWEEP));
    assert.equal(view?.ledger.counts.completed, 6);
    assert.deepEqual(view.ledger.trials.map(({ attempts }) => attempts), [1, 1, 1, 1, 1, 1]);
    const rates = view.ledger.trials.map(({ hyperparameters }) => hyperparameters["lr"]);
    assert.deepEqual(rates, [0.05, 0.05, 0.2, 0.2, 0.1, 0.1]);
  },
});

Deno.test({
  name: "coordinate() plans what an extension asked for, though nobody planned it when it was made",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using first = await open(server, "first");
    await using worker = await open(server, "worker");
    const outcome = coordinateNew(first, new AbortController().signal);
    for (let i = 0; i < 4; i++) await finish(worker, await takeNext(worker, "w1"));
    assert.equal(await outcome, "completed");
    const end = await readSweepView(worker.journal.read(SWEEP));
    const writer = await worker.openWriter(SWEEP, { after: end?.sequence ?? 0 });
    const events: readonly SweepEvent[] = [
      { type: "sweepReopened", by: "test" },
      { type: "sweepExtended", spec: WIDER, by: "test" },
    ];
    await writer.append({ v: 1, at: instant(Date.now()), events });

    await using second = await open(server, "second");
    const view = await readSweepView(second.journal.read(SWEEP));
    assert.ok(view !== null);
    const next = await second.openWriter(SWEEP, { after: view.sequence });
    const signal = new AbortController().signal;
    const resumed = coordinate(view.ledger, partsOf(second, next), optionsOf("c2", signal));
    for (let i = 0; i < 2; i++) {
      assert.equal(await finish(worker, await takeNext(worker, "w1")), "accepted");
    }
    assert.equal(await resumed, "completed");
    assert.equal(view.ledger.counts.completed, 6);
  },
});
