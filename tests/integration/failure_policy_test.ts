import assert from "node:assert/strict";
import { parseTrialId, parseWorkerId } from "../../core/domain/ids.ts";
import type { FailureReason } from "../../core/domain/trial.ts";
import { epoch, milliseconds } from "../../core/domain/units.ts";
import type { ApiReplies, AttemptRef } from "../../core/protocol/messages.ts";
import { CoordinatorAbsentError, type HeldLease } from "../../core/protocol/ports.ts";
import { openDashboard } from "../support/dashboards.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { RunningSweep } from "../support/running_sweep.ts";
import { specOf } from "../support/specs.ts";

const ignore = !(await natsServerBinaryOrSkip());
const BOOM: FailureReason = { kind: "exception", message: "no such device" };
/** Long enough that no lease of a test expires by itself. */
const LEASE = { leaseMs: 120_000, digest: "00" };

interface Taken {
  readonly held: HeldLease;
  readonly ref: AttemptRef;
  readonly reply: Extract<ApiReplies["claim"], { type: "granted" }>;
}

/** The next lease and what is said to its claim; a lease of something over is removed. */
async function claimNext(sweep: RunningSweep, name: string) {
  const deadline = AbortSignal.timeout(60_000);
  const worker = parseWorkerId(name);
  const { packs, api } = sweep.transport;
  while (true) {
    deadline.throwIfAborted();
    const held = await packs.next({ expiresMs: milliseconds(5_000), signal: deadline });
    if (held === null) continue;
    const { lease, delivery } = held;
    try {
      const reply = await api.request("claim", { ...lease, worker, backend: "cpu", delivery });
      if (reply.type === "alreadyOver") held.ack();
      else return { held, worker, reply };
    } catch (error) {
      if (!(error instanceof CoordinatorAbsentError)) throw error;
      held.nak(milliseconds(20));
    }
  }
}

async function take(sweep: RunningSweep, name: string): Promise<Taken> {
  const { held, worker, reply } = await claimNext(sweep, name);
  assert.ok(reply.type === "granted", `${reply.type} to ${name}`);
  return { held, reply, ref: { ...held.lease, attempt: reply.attempt, worker } };
}

async function fail(sweep: RunningSweep, { held, ref }: Taken): Promise<void> {
  const reply = await sweep.transport.api.request("failed", { ...ref, reason: BOOM });
  assert.equal(reply.type, "accepted");
  held.ack();
}

async function finish(sweep: RunningSweep, { held, ref, reply }: Taken): Promise<void> {
  const lanes = reply.lanes.map(({ trial }) => ({
    trial,
    kind: "trained" as const,
    result: null,
    model: null,
    epoch: epoch(2),
    metrics: { val_accuracy: 0.5 },
  }));
  const answer = await sweep.transport.api.request("finished", { ...ref, lanes });
  assert.equal(answer.type, "accepted");
  held.ack();
}

Deno.test({
  name: "coordinate() trains a failed trial again when asked, from its checkpoint, in a new pack",
  ignore,
  fn: async () => {
    await using sweep = await RunningSweep.create(specOf({ maxAttempts: 1 }), LEASE);
    const { api } = sweep.transport;
    const outcome = sweep.coordinate();
    const first = await take(sweep, "w");
    const [lane] = first.reply.lanes;
    assert.ok(lane !== undefined);
    const { trial } = lane;
    const checkpoint = { epoch: epoch(1), artifact: "kept" };
    await api.request("checkpointed", { ...first.ref, ...checkpoint, trials: [trial] });
    await fail(sweep, first);
    const request = { v: 1, sweep: sweep.sweep, by: "test" } as const;
    const wrong = await api.request("retry", { ...request, trials: [parseTrialId(3)] });
    assert.equal(wrong.type, "refused");
    assert.equal((await api.request("retry", { ...request, trials: null })).type, "accepted");
    let again: Taken | null = null;
    for (let i = 0; i < 4; i++) {
      const taken = await take(sweep, "w");
      if (taken.reply.lanes.some((one) => one.trial === trial)) again = taken;
      await finish(sweep, taken);
    }
    assert.equal(await outcome, "completed");
    assert.deepEqual(again?.reply.lanes[0]?.checkpoint, checkpoint);
    assert.notEqual(again?.ref.pack, first.ref.pack);
    const ledger = await sweep.ledger();
    assert.equal(ledger.counts.completed, 4);
    assert.equal(ledger.trial(trial).attempts, 2);
  },
});

Deno.test({
  name: "coordinate() keeps a worker in quarantine across a restart, and others finish the sweep",
  ignore,
  fn: async () => {
    await using sweep = await RunningSweep.create(specOf({ maxAttempts: 9 }), LEASE);
    const first = new AbortController();
    const interrupted = sweep.coordinate(first.signal);
    await fail(sweep, await take(sweep, "bad"));
    await finish(sweep, await take(sweep, "good"));
    for (let i = 0; i < 4; i++) await fail(sweep, await take(sweep, "bad"));
    const told = await claimNext(sweep, "bad");
    assert.ok(told.reply.type === "quarantined", told.reply.type);
    assert.match(told.reply.message, /5 attempts in a row .* no such device/);
    told.held.nak(milliseconds(10));
    first.abort();
    assert.equal(await interrupted, null);

    const outcome = sweep.coordinate();
    const again = await claimNext(sweep, "bad");
    assert.deepEqual(again.reply, told.reply);
    again.held.nak(milliseconds(10));
    for (let i = 0; i < 3; i++) await finish(sweep, await take(sweep, "good"));
    assert.equal(await outcome, "completed");
    const events = await sweep.events();
    const quarantined = events.filter((event) => event.type === "workerQuarantined");
    assert.deepEqual(quarantined.map(({ worker }) => worker), ["bad"]);
    assert.equal((await sweep.ledger()).counts.failed, 0);
  },
});

Deno.test({
  name: "runWorker() in quarantine tells so in its presence, and leaves the packs to others",
  ignore,
  fn: async () => {
    await using sweep = await RunningSweep.create(specOf({ maxAttempts: 9 }), { leaseMs: 120_000 });
    const outcome = sweep.coordinate();
    await fail(sweep, await take(sweep, "bad"));
    await finish(sweep, await take(sweep, "good"));
    for (let i = 0; i < 4; i++) await fail(sweep, await take(sweep, "bad"));
    const drain = new AbortController();
    const bad = sweep.work("bad", { drain: drain.signal, maxIdleMs: null });
    const deadline = AbortSignal.timeout(60_000);
    let notice: readonly string[] = [];
    while (notice.length === 0) {
      deadline.throwIfAborted();
      const presences = await sweep.transport.presence.list({ signal: deadline });
      notice = presences.flatMap(({ quarantined = [] }) => quarantined.map((one) => one.message));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.match(notice[0] ?? "", /in a row/);
    for (let i = 0; i < 3; i++) await finish(sweep, await take(sweep, "good"));
    assert.equal(await outcome, "completed");
    drain.abort();
    assert.equal((await bad).packs, 0);
  },
});

Deno.test({
  name: "createDashboard has the coordinator retry a failed trial, and the journal knows who asked",
  ignore,
  fn: async () => {
    await using sweep = await RunningSweep.create(specOf({ maxAttempts: 1 }), LEASE);
    using dashboard = openDashboard(sweep);
    const outcome = sweep.coordinate();
    const failed = await take(sweep, "w");
    await fail(sweep, failed);
    const post = (trial: string) =>
      dashboard.app.request(`http://localhost/s/${sweep.sweep}/retry`, {
        method: "POST",
        body: new URLSearchParams({ trial }),
        headers: { origin: "http://localhost", "sec-fetch-site": "same-origin" },
      });
    const trial = String(failed.reply.lanes[0]?.trial);
    const answer = await post(trial);
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get("location"), `/s/${sweep.sweep}`);
    const again = await post(trial);
    assert.equal(again.status, 409);
    assert.match(await again.text(), /it is queued; only a failed one can be retried/);
    const retried = (await sweep.events()).filter((event) => event.type === "trialRetried");
    assert.deepEqual(retried.map(({ by }) => by), ["dashboard"]);
    for (let i = 0; i < 4; i++) await finish(sweep, await take(sweep, "w"));
    assert.equal(await outcome, "completed");
  },
});
