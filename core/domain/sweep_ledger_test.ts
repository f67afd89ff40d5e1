import assert from "node:assert/strict";
import fc from "fast-check";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import {
  parseAttempt,
  parseConfigurationId,
  parsePackId,
  parseTrialId,
  parseWorkerId,
} from "./ids.ts";
import type { SweepEvent } from "./sweep_event.ts";
import { type LedgerSnapshot, type Pack, SweepLedger, type Trial } from "./sweep_ledger.ts";
import { isTerminal, TRIAL_STATUSES } from "./trial.ts";
import { epoch, milliseconds } from "./units.ts";

const WORKER = parseWorkerId("w");
const FAILED = { kind: "exception", message: "it threw" } as const;

/** One random number picks what happens, the other to whom. */
type Choice = readonly [action: number, target: number];

function pick<T>(items: readonly T[], target: number): T | undefined {
  return items[target % items.length];
}

function trialsQueued(ledger: SweepLedger, count: number): SweepEvent {
  const trials = Array.from({ length: count }, (_, i) => ({
    trial: parseTrialId(ledger.trials.length + i),
    configuration: parseConfigurationId(ledger.trials.length + i),
    replicate: 0,
    hyperparameters: { lr: 0.1 },
  }));
  return { type: "trialsQueued", trials };
}

function packQueued(ledger: SweepLedger, count: number): SweepEvent | null {
  const free = ledger.trials.filter((trial) => {
    return trial.pack === null && trial.state.status === "queued";
  });
  if (free.length === 0) return null;
  const trials = free.slice(0, count).map((trial) => trial.id);
  return { type: "packsQueued", packs: [{ pack: parsePackId(ledger.packs.length), trials }] };
}

function packLeased(pack: Pack): SweepEvent {
  return {
    type: "packLeased",
    pack: pack.id,
    attempt: parseAttempt(pack.attempts + 1),
    worker: WORKER,
    backend: "cpu",
    delivery: { sequence: pack.id + 1, count: pack.attempts + 1 },
  };
}

function heldEvent(ledger: SweepLedger, pack: Pack, action: number): SweepEvent {
  const held = { pack: pack.id, attempt: parseAttempt(pack.attempts) };
  const live = ledger.liveTrials(pack.id).map((id) => ledger.trial(id));
  const at = epoch(action % 5);
  if (action % 3 === 0) {
    const lanes = live.map((trial) => ({
      trial: trial.id,
      kind: "measured" as const,
      metrics: { val_accuracy: action / 10 },
    }));
    return { type: "epochReported", ...held, epoch: at, lanes, durationMs: milliseconds(1) };
  }
  if (action % 3 === 1) {
    const trials = live.map((trial) => trial.id);
    return { type: "checkpointStored", ...held, epoch: at, artifact: "a", trials };
  }
  if (action % 4 === 0) {
    const trials = live.slice(0, 1 + action % live.length).map((trial) => trial.id);
    const into = [{ pack: parsePackId(ledger.packs.length), trials }];
    return { type: "lanesDetached", ...held, epoch: at, artifact: "b", trials, into };
  }
  const kind = action % 2 === 0 ? "leaseExpired" as const : "failed" as const;
  const cause = kind === "failed" ? { kind, reason: FAILED } : { kind };
  return { type: "packReleased", ...held, cause };
}

function trialEnded(trial: Trial, action: number): SweepEvent {
  if (action % 3 === 0) return { type: "trialCancelled", trial: trial.id };
  if (action % 3 === 1 || trial.state.status !== "running" || trial.pack === null) {
    return { type: "trialFailed", trial: trial.id, reason: FAILED };
  }
  return {
    type: "trialCompleted",
    result: null,
    model: null,
    trial: trial.id,
    pack: trial.pack,
    attempt: trial.state.attempt,
    epoch: epoch(5),
    objective: { kind: "finite", value: 0.5 },
    metrics: { val_accuracy: 0.5 },
  };
}

/** An event that may follow, or null where the choice has nobody to happen to. */
function legalEvent(ledger: SweepLedger, [action, target]: Choice): SweepEvent | null {
  const within = Math.floor(action / 9) + 1;
  switch (action % 9) {
    case 0:
      return trialsQueued(ledger, within % 7);
    case 1:
      return packQueued(ledger, within % 5 + 1);
    case 2:
    case 3: {
      const id = pick([...ledger.queuedPacks], target);
      return id === undefined ? null : packLeased(ledger.pack(id));
    }
    case 4:
    case 5: {
      const id = pick([...ledger.leasedPacks], target);
      return id === undefined ? null : heldEvent(ledger, ledger.pack(id), within);
    }
    case 6: {
      const live = ledger.trials.filter((trial) => !isTerminal(trial.state.status));
      const trial = pick(live, target);
      return trial === undefined ? null : trialEnded(trial, within);
    }
    case 7: {
      const failed = ledger.trials.filter((trial) => trial.state.status === "failed");
      const trial = pick(failed, target);
      return trial === undefined ? null : { type: "trialRetried", trial: trial.id, by: "test" };
    }
    default:
      return ledger.status === "running"
        ? { type: "sweepPaused", by: "test" }
        : { type: "sweepResumed", by: "test" };
  }
}

function assertAddsUp(ledger: SweepLedger): void {
  const { counts } = ledger;
  const recount = Object.fromEntries(TRIAL_STATUSES.map((status) => [
    status,
    ledger.trials.filter((trial) => trial.state.status === status).length,
  ]));
  assert.deepEqual(counts, { ...recount, asked: ledger.trials.length });
  assert.equal(TRIAL_STATUSES.reduce((sum, status) => sum + counts[status], 0), counts.asked);
  for (const [status, ids] of [["queued", ledger.queuedPacks], ["leased", ledger.leasedPacks]]) {
    const inState = ledger.packs.filter((pack) => pack.state.status === status);
    assert.deepEqual(
      [...ids ?? []].map(Number).sort((a, b) => a - b),
      inState.map((pack) => pack.id),
    );
  }
  for (const pack of ledger.packs) {
    const isDone = ledger.liveTrials(pack.id).length === 0;
    assert.equal(pack.state.status === "over", isDone, `pack ${pack.id}`);
  }
  for (const trial of ledger.trials) {
    if (trial.state.status !== "running") continue;
    assert.ok(trial.pack !== null && ledger.leasedPacks.has(trial.pack), `trial ${trial.id}`);
  }
}

const choices = fc.array(fc.tuple(fc.nat(255), fc.nat(255)), { minLength: 20, maxLength: 120 });

Deno.test("SweepLedger.counts always add up to the trials asked for, whatever happens", () => {
  const seen = new Set<string>();
  fc.assert(fc.property(choices, (sequence) => {
    const ledger = new SweepLedger(sweepCreated());
    for (const choice of sequence) {
      const event = legalEvent(ledger, choice);
      if (event === null) continue;
      seen.add(event.type);
      ledger.apply(event);
      assertAddsUp(ledger);
    }
  }));
  // A generator that never reaches the interesting events would prove nothing.
  for (
    const type of [
      "packLeased",
      "epochReported",
      "checkpointStored",
      "packReleased",
      "lanesDetached",
      "trialCompleted",
      "trialFailed",
      "trialCancelled",
      "trialRetried",
    ]
  ) assert.ok(seen.has(type), type);
});

Deno.test("SweepLedger.apply() of equal journals gives equal ledgers", () => {
  fc.assert(fc.property(choices, (sequence) => {
    const ledger = new SweepLedger(sweepCreated());
    const events: SweepEvent[] = [];
    for (const choice of sequence) {
      const event = legalEvent(ledger, choice);
      if (event === null) continue;
      events.push(event);
      ledger.apply(event);
    }
    const copy = new SweepLedger(sweepCreated());
    for (const event of structuredClone(events)) copy.apply(event);
    assert.deepEqual(copy.trials, ledger.trials);
    assert.deepEqual(copy.packs, ledger.packs);
    assert.deepEqual(copy.counts, ledger.counts);
    assert.equal(copy.status, ledger.status);
    assert.deepEqual(copy.retriedTrials, ledger.retriedTrials);
    assert.deepEqual([...copy.quarantine.reasons], [...ledger.quarantine.reasons]);
  }));
});

/** The same through JSON, as it is stored. */
function stored(ledger: SweepLedger): LedgerSnapshot {
  return JSON.parse(JSON.stringify(ledger.snapshot())) as LedgerSnapshot;
}

Deno.test("SweepLedger.restore() goes on from any cut as if nothing had happened, byte for byte", () => {
  fc.assert(fc.property(choices, fc.nat(), (sequence, cut) => {
    const ledger = new SweepLedger(sweepCreated());
    const events: SweepEvent[] = [];
    const snapshots = [stored(ledger)];
    for (const choice of sequence) {
      const event = legalEvent(ledger, choice);
      if (event === null) continue;
      events.push(event);
      ledger.apply(event);
      snapshots.push(stored(ledger));
    }
    const at = cut % snapshots.length;
    const snapshot = snapshots[at];
    assert.ok(snapshot !== undefined);
    const restored = SweepLedger.restore(snapshot);
    for (const event of events.slice(at)) restored.apply(event);
    assert.equal(JSON.stringify(restored.snapshot()), JSON.stringify(ledger.snapshot()));
    assertAddsUp(restored);
  }));
});

Deno.test("SweepLedger.snapshot() stays as it was when the ledger goes on", () => {
  fc.assert(fc.property(choices, (sequence) => {
    const ledger = new SweepLedger(sweepCreated());
    let before = ledger.snapshot();
    let text = JSON.stringify(before);
    for (const choice of sequence) {
      const event = legalEvent(ledger, choice);
      if (event === null) continue;
      ledger.apply(event);
      assert.equal(JSON.stringify(before), text);
      before = ledger.snapshot();
      text = JSON.stringify(before);
    }
  }));
});

Deno.test("SweepLedger.restore() refuses a snapshot that contradicts itself", () => {
  const ledger = ledgerOfTwo();
  const whole = stored(ledger);
  assert.doesNotThrow(() => SweepLedger.restore(whole));
  const [pack] = whole.packs;
  assert.ok(pack !== undefined);
  const broken: readonly Partial<LedgerSnapshot>[] = [
    { trials: whole.trials.slice(1) },
    { trials: whole.trials.slice(0, 1) },
    { packs: [] },
    { packs: [{ ...pack, state: { status: "over" } }] },
    { queuedPacks: [] },
    { leasedPacks: whole.queuedPacks },
    { splitPacks: [parsePackId(7)] },
  ];
  for (const change of broken) {
    assert.throws(() => SweepLedger.restore({ ...whole, ...change }), RangeError);
  }
});

function ledgerOfTwo(): SweepLedger {
  const ledger = new SweepLedger(sweepCreated());
  ledger.apply(trialsQueued(ledger, 2));
  const packed = packQueued(ledger, 2);
  assert.ok(packed !== null);
  ledger.apply(packed);
  return ledger;
}

Deno.test("SweepLedger.apply() queues a released pack again, from its last checkpoint", () => {
  const ledger = ledgerOfTwo();
  const id = parsePackId(0);
  const held = { pack: id, attempt: parseAttempt(1) };
  ledger.apply(packLeased(ledger.pack(id)));
  const trials = ledger.pack(id).trials;
  ledger.apply({ type: "checkpointStored", ...held, epoch: epoch(3), artifact: "a", trials });
  ledger.apply({ type: "packReleased", ...held, cause: { kind: "leaseExpired" } });
  assert.deepEqual([...ledger.queuedPacks], [id]);
  assert.equal(ledger.counts.queued, 2);
  ledger.apply(packLeased(ledger.pack(id)));
  const [trial] = ledger.trials;
  assert.equal(trial?.attempts, 2);
  assert.deepEqual(trial.state, { status: "running", worker: WORKER, attempt: 2, epoch: 3 });
});

Deno.test("SweepLedger.apply() queues detached lanes in their new pack, from their own checkpoint", () => {
  const ledger = ledgerOfTwo();
  const [old, made] = [parsePackId(0), parsePackId(1)];
  const held = { pack: old, attempt: parseAttempt(1) };
  ledger.apply(packLeased(ledger.pack(old)));
  const [stays, leaves] = ledger.pack(old).trials;
  assert.ok(stays !== undefined && leaves !== undefined);
  const trials = [leaves];
  const into = [{ pack: made, trials }];
  ledger.apply({ type: "lanesDetached", ...held, epoch: epoch(4), artifact: "b", trials, into });
  assert.deepEqual(ledger.packs.map((pack) => pack.trials), [[stays], [leaves]]);
  assert.deepEqual([[...ledger.leasedPacks], [...ledger.queuedPacks]], [[old], [made]]);
  assert.deepEqual([ledger.counts.running, ledger.counts.queued], [1, 1]);
  ledger.apply({ type: "packReleased", ...held, cause: { kind: "leaseExpired" } });
  ledger.apply(packLeased(ledger.pack(made)));
  assert.deepEqual(ledger.trial(leaves).state, {
    status: "running",
    worker: WORKER,
    attempt: 1,
    epoch: 4,
  });
  assert.equal(ledger.trial(leaves).pack, made);
  assert.equal(ledger.trial(stays).checkpoint, null, "its pack has stored none");
});

Deno.test("SweepLedger.trial() counts crashes and lost leases apart, and given back attempts as neither", () => {
  const ledger = ledgerOfTwo();
  const id = parsePackId(0);
  const causes = [
    { kind: "returned", message: "drain" },
    { kind: "leaseExpired" },
    { kind: "failed", reason: FAILED },
  ] as const;
  for (const [i, cause] of causes.entries()) {
    ledger.apply(packLeased(ledger.pack(id)));
    ledger.apply({ type: "packReleased", pack: id, attempt: parseAttempt(i + 1), cause });
  }
  assert.equal(ledger.pack(id).attempts, 3);
  for (const { attempts, crashes, lostLeases } of ledger.trials) {
    assert.deepEqual([attempts, crashes, lostLeases], [3, 1, 1]);
  }
});

Deno.test("SweepLedger.apply() of a retry queues the trial anew, out of its pack, with its checkpoint", () => {
  const ledger = ledgerOfTwo();
  const id = parsePackId(0);
  const held = { pack: id, attempt: parseAttempt(1) };
  const [failed, other] = ledger.pack(id).trials;
  assert.ok(failed !== undefined && other !== undefined);
  ledger.apply(packLeased(ledger.pack(id)));
  const trials = [failed, other];
  ledger.apply({ type: "checkpointStored", ...held, epoch: epoch(3), artifact: "a", trials });
  ledger.apply({ type: "packReleased", ...held, cause: { kind: "failed", reason: FAILED } });
  ledger.apply({ type: "trialFailed", trial: failed, reason: FAILED });
  ledger.apply({ type: "workerQuarantined", worker: WORKER, message: "why" });
  assert.equal(ledger.quarantine.reasonOf(WORKER), "why");
  ledger.apply({ type: "trialRetried", trial: failed, by: "test" });
  assert.equal(ledger.quarantine.reasonOf(WORKER), null, "whoever retries has mended something");
  const { attempts, crashes, pack, checkpoint, state } = ledger.trial(failed);
  assert.deepEqual({ attempts, crashes, pack, state }, {
    attempts: 1,
    crashes: 0,
    pack: null,
    state: { status: "queued" },
  });
  assert.deepEqual(checkpoint, { epoch: epoch(3), artifact: "a" });
  assert.deepEqual(ledger.liveTrials(id), [other], "the pack goes on without it");
  ledger.apply(packLeased(ledger.pack(id)));
  assert.equal(ledger.trial(failed).state.status, "queued");
  const packed = packQueued(ledger, 2);
  assert.ok(packed !== null);
  ledger.apply(packed);
  ledger.apply(packLeased(ledger.pack(parsePackId(1))));
  const { state: again, attempts: claims } = ledger.trial(failed);
  assert.equal(claims, 2, "claims are counted on");
  assert.deepEqual(again, { status: "running", worker: WORKER, attempt: 1, epoch: 3 });
  ledger.apply({ type: "trialCancelled", trial: other });
  assert.equal(ledger.pack(id).state.status, "over", "its own trials are over");
  assert.equal(ledger.trial(failed).state.status, "running");
});

Deno.test("SweepLedger.apply() reopens a sweep that failed, and none that was cancelled", () => {
  const ledger = ledgerOfTwo();
  for (const { id } of ledger.trials) {
    ledger.apply({ type: "trialFailed", trial: id, reason: FAILED });
  }
  ledger.apply({ type: "sweepEnded", outcome: "failed", by: "test" });
  ledger.apply({ type: "sweepReopened", by: "test" });
  assert.equal(ledger.status, "running");
  ledger.apply({ type: "sweepEnded", outcome: "cancelled", by: "test" });
  assert.throws(() => ledger.apply({ type: "sweepReopened", by: "test" }), /cancelled sweep/);
});

Deno.test("SweepLedger.apply() ends a pack with its last trial", () => {
  const ledger = ledgerOfTwo();
  ledger.apply(packLeased(ledger.pack(parsePackId(0))));
  ledger.apply({ type: "trialCancelled", trial: parseTrialId(0) });
  assert.equal(ledger.pack(parsePackId(0)).state.status, "leased");
  assert.equal(ledger.isSettled, false);
  ledger.apply({ type: "trialCancelled", trial: parseTrialId(1) });
  assert.equal(ledger.pack(parsePackId(0)).state.status, "over");
  assert.equal(ledger.isSettled, true);
});

Deno.test("SweepLedger.apply() refuses what cannot follow", () => {
  assert.throws(() => ledgerOfTwo().apply(sweepCreated()), RangeError);
  assert.throws(
    () => ledgerOfTwo().apply(trialsQueued(new SweepLedger(sweepCreated()), 1)),
    RangeError,
  );
  assert.throws(
    () => ledgerOfTwo().apply({ type: "trialCancelled", trial: parseTrialId(9) }),
    RangeError,
  );
  assert.throws(() => ledgerOfTwo().apply({ type: "sweepResumed", by: "test" }), /running sweep/);
});

Deno.test("SweepLedger.apply() takes an extension's specification, and none for a sweep that is over", () => {
  const ledger = new SweepLedger(sweepCreated());
  const spec = specOf({ replicates: 2 });
  ledger.apply({ type: "sweepExtended", spec, by: "test" });
  assert.equal(ledger.spec, spec);
  ledger.apply({ type: "sweepEnded", outcome: "completed", by: "test" });
  const more: SweepEvent = { type: "sweepExtended", spec: specOf({ replicates: 3 }), by: "test" };
  assert.throws(() => ledger.apply(more), /it is completed/);
  ledger.apply({ type: "sweepReopened", by: "test" });
  assert.equal(ledger.status, "running");
  ledger.apply(more);
  assert.equal(ledger.spec.replicates, 3);
});
