import assert from "node:assert/strict";
import type { NatsConnection } from "nats";
import { systemTimers } from "../../cli/system_timers.ts";
import { coordinate } from "../../coordinator/coordinate.ts";
import { createSweep } from "../../coordinator/create_sweep.ts";
import { parseWorkerId } from "../../core/domain/ids.ts";
import { epoch, instant, milliseconds } from "../../core/domain/units.ts";
import { connectNats } from "../../core/nats/connect.ts";
import { isDenied } from "../../core/nats/jetstream_errors.ts";
import type { Transport } from "../../core/nats/transport.ts";
import type { ApiRequests, ApiVerb } from "../../core/protocol/messages.ts";
import { CoordinatorAbsentError } from "../../core/protocol/ports.ts";
import type { Presence } from "../../core/protocol/presence.ts";
import { readSweepView } from "../../core/views/sweep_view.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { type Role, SecuredServer } from "../support/secured_server.ts";
import { DATASET, specOf } from "../support/specs.ts";
import { SWEEP } from "./support.ts";

const LEASE = 10_000;
const VERSIONS = { trawl: "0.0.0-test", deno: "2" };
const WORKER = parseWorkerId("w1");
const ignore = !(await natsServerBinaryOrSkip());

const PRESENCE: Presence = {
  v: 1,
  worker: WORKER,
  host: "host",
  pid: 1,
  version: "0.1.0",
  backend: "cpu",
  reason: "the only one",
  refused: [],
  slots: 1,
  draining: false,
  packs: [],
  laneStepsPerSecond: 1,
  trialsFinished: 0,
  startedAt: instant(1),
  at: instant(9),
};

/** Creates a sweep of four trials and coordinates it to its end, as the coordinator's user. */
async function coordinateNew(transport: Transport, signal: AbortSignal) {
  const { entry, ledger } = createSweep(
    { sweep: SWEEP, spec: specOf(), dataset: DATASET, versions: VERSIONS },
    instant(Date.now()),
  );
  const writer = await transport.openWriter(SWEEP, { after: 0 });
  await writer.append(entry);
  return await coordinate(ledger, {
    writer,
    api: transport.serveApi(SWEEP),
    queue: transport.publisher,
    presence: transport.presence,
    timers: systemTimers,
  }, { coordinator: "c1", versions: VERSIONS, leaseMs: milliseconds(LEASE), signal });
}

/** Asks, and asks again while no coordinator is there yet, as every worker does. */
async function ask<V extends ApiVerb>(transport: Transport, verb: V, body: ApiRequests[V]) {
  const deadline = AbortSignal.timeout(5_000);
  while (true) {
    try {
      return await transport.api.request(verb, body, { timeoutMs: milliseconds(2_000) });
    } catch (error) {
      if (!(error instanceof CoordinatorAbsentError) || deadline.aborted) throw error;
      await systemTimers.sleep(milliseconds(10));
    }
  }
}

/** Takes a pack, stores and reads an artifact, and finishes it: a worker's whole road. */
async function workOnce(worker: Transport): Promise<void> {
  const held = await worker.packs.next({ expiresMs: milliseconds(5_000) });
  assert.ok(held !== null, "no lease came within five seconds");
  const { lease, delivery } = held;
  const claim = { ...lease, worker: WORKER, backend: "cpu", delivery };
  const granted = await ask(worker, "claim", claim);
  assert.ok(granted.type === "granted");
  held.renew();
  const ref = { ...lease, attempt: granted.attempt, worker: WORKER };
  assert.equal((await ask(worker, "renew", ref)).type, "accepted");
  const artifact = `sweeps/${SWEEP}/packs/${lease.pack}/checkpoint`;
  for (const size of [300_000, 200_000]) {
    const bytes = new Uint8Array(size).fill(7);
    await worker.artifacts.put(artifact, bytes);
    assert.deepEqual(await worker.artifacts.get(artifact), bytes);
  }
  const lanes = granted.lanes.map(({ trial }) => ({
    trial,
    kind: "trained" as const,
    epoch: epoch(2),
    metrics: { val_accuracy: 0.5 },
  }));
  assert.equal((await ask(worker, "finished", { ...ref, lanes })).type, "accepted");
  held.ack();
  await worker.artifacts.remove(artifact);
}

async function workOften(worker: Transport, packs: number): Promise<void> {
  for (let i = 0; i < packs; i++) await workOnce(worker);
}

Deno.test({
  name: "nats.conf lets a sweep run from its start to its end, each role as its own user",
  ignore,
  fn: async () => {
    await using server = await SecuredServer.start();
    await using coordinator = await server.open("coordinator");
    await using worker = await server.open("worker");
    await using viewer = await server.open("viewer");
    await worker.presence.put(PRESENCE);
    assert.deepEqual(await viewer.presence.list(), [PRESENCE]);
    assert.deepEqual(await coordinator.presence.list(), [PRESENCE]);
    const [outcome] = await Promise.all([
      coordinateNew(coordinator, new AbortController().signal),
      workOften(worker, 4),
    ]);
    assert.equal(outcome, "completed");
    await coordinator.publisher.purge(SWEEP);
    await worker.presence.remove(WORKER);
    assert.deepEqual(await viewer.journal.sweeps(), [SWEEP]);
    assert.ok(await viewer.journal.streamEpoch());
    const view = await readSweepView(viewer.journal.read(SWEEP));
    assert.equal(view?.ledger.counts.completed, 4);
    assert.deepEqual(await viewer.presence.list(), []);
  },
});

/** A server after a coordinator has been there, and one bare connection of a user. */
async function secured(role: Role): Promise<AsyncDisposable & { readonly server: SecuredServer; readonly connection: NatsConnection }> {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await SecuredServer.start());
  await (await server.open("coordinator"))[Symbol.asyncDispose]();
  const { connection } = stack.use(await connectNats(server.urlOf(role), { name: "test" }));
  const owned = stack.move();
  return { server, connection, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

Deno.test({
  name: "PROBE",
  ignore,
  fn: async () => {
    await using rig = await secured("worker");
    await using viewer = await rig.server.open("viewer");
    rig.connection.publish("$JS.API.INFO", "", { reply: "trawl.v1.journal.evil1" });
    rig.connection.publish("$JS.API.STREAM.INFO.TRAWL_PACKS", "", { reply: "trawl.v1.journal.evil2" });
    await rig.connection.flush();
    rig.connection.publish("$O.trawl_artifacts.C.aaa", "forged", {});
    rig.connection.publish("$JS.API.CONSUMER.CREATE.OBJ_trawl_artifacts", JSON.stringify({stream_name:"OBJ_trawl_artifacts", config:{deliver_subject:"trawl.v1.journal.evil3", ack_policy:"none", deliver_policy:"all"}}), { reply: "_INBOX.worker.x" });
    await rig.connection.flush();
    await new Promise(r => setTimeout(r, 500));
    console.log(await viewer.journal.sweeps());
  },
});
