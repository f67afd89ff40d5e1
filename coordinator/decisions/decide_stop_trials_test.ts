import assert from "node:assert/strict";
import { planAll } from "../../tests/support/planned.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { parseAttempt, parsePackId, parseTrialId, parseWorkerId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { type LedgerSnapshot, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { TRIAL_STATUSES } from "../../core/domain/trial.ts";
import { epoch, milliseconds } from "../../core/domain/units.ts";
import type { ApiReplies, ApiRequests, ApiVerb } from "../../core/protocol/messages.ts";
import { createDeciders } from "./decide.ts";
import { decideCutOff } from "./decide_cut_off.ts";

const deciders = createDeciders(milliseconds(1_000));
const WORKER = parseWorkerId("a");

/** A sweep whose trials are packed, and a way to ask its coordinator. */
function sweepOf(change: Partial<SweepSpec> = {}) {
  const ledger = new SweepLedger(sweepCreated(specOf({ maxLanes: 2, ...change })));
  planAll(ledger);
  const events: SweepEvent[] = [];
  function ask<V extends ApiVerb>(verb: V, body: ApiRequests[V]): ApiReplies[V] {
    const decision = deciders[verb](ledger, body);
    for (const event of decision.events) ledger.apply(event);
    events.push(...decision.events);
    return decision.reply;
  }
  const stop = (...trials: readonly number[]) =>
    ask("stopTrials", { v: 1, sweep: ledger.id, trials: trials.map(parseTrialId), by: "me" });
  const claim = (pack: number, worker = WORKER) => {
    const head = { v: 1, sweep: ledger.id, pack: parsePackId(pack), worker } as const;
    const delivery = { sequence: pack + 1, count: 1 };
    const reply = ask("claim", { ...head, backend: "cpu", delivery });
    return {
      reply,
      ref: { ...head, attempt: parseAttempt(Math.max(1, ledger.pack(head.pack).attempts)) },
    };
  };
  return { ledger, events, ask, stop, claim };
}

function assertAddsUp({ counts }: SweepLedger): void {
  assert.equal(TRIAL_STATUSES.reduce((sum, status) => sum + counts[status], 0), counts.asked);
}

function epochOf(trials: readonly number[], at: number) {
  return {
    epoch: epoch(at),
    durationMs: milliseconds(1),
    lanes: trials.map((trial) => ({
      trial: parseTrialId(trial),
      kind: "measured" as const,
      metrics: { val_accuracy: 0.5 },
    })),
  };
}

Deno.test("decide() stops a waiting trial at once, says who, and grants its pack without it", () => {
  const { ledger, events, stop, claim } = sweepOf();
  const { trials } = ledger.pack(parsePackId(0));
  const [first = parseTrialId(0)] = trials;
  assert.deepEqual(stop(first), { type: "accepted" });
  assert.deepEqual(events, [{ type: "trialCancelled", trial: first, by: "me" }]);
  assert.deepEqual(ledger.trial(first).state, { status: "cancelled", by: "me" });
  const { reply } = claim(0);
  const granted = reply.type === "granted" ? reply.lanes.map(({ trial }) => trial) : [];
  assert.deepEqual(granted, trials.slice(1));
  assertAddsUp(ledger);
});

Deno.test("decide() stops a running lane with its next report, and passes over what it tells", () => {
  const { ledger, events, ask, stop, claim } = sweepOf();
  const { ref } = claim(0);
  const lanes = ledger.pack(ref.pack).trials;
  const [first = parseTrialId(0), ...others] = lanes;
  stop(first);
  const told = ask("report", { ...ref, epochs: [epochOf(lanes, 1)] });
  assert.deepEqual(told, {
    type: "decided",
    decisions: [
      { trial: first, decision: "stop" },
      ...others.map((trial) => ({ trial, decision: "continue" })),
    ],
  });
  const report = events.find(({ type }) => type === "epochReported");
  assert.ok(report?.type === "epochReported");
  assert.deepEqual(report.lanes.map(({ trial }) => trial), others);
  const outcome = { kind: "trained", epoch: epoch(2), result: null, model: null } as const;
  const results = lanes.map((trial) => ({ ...outcome, trial, metrics: { val_accuracy: 0.5 } }));
  ask("finished", { ...ref, lanes: results });
  assert.equal(ledger.counts.completed, others.length);
  assert.equal(ledger.counts.cancelled, 1);
  assertAddsUp(ledger);
});

Deno.test("decide() tells the holder of a pack that was stopped whole to stop, and fences no one", () => {
  const { ledger, events, ask, stop, claim } = sweepOf();
  const { ref } = claim(0);
  const lanes = ledger.pack(ref.pack).trials;
  stop(...lanes);
  assert.equal(ledger.pack(ref.pack).state.status, "over");
  assert.equal(ask("renew", ref).type, "accepted");
  const told = ask("report", { ...ref, epochs: [epochOf(lanes, 1)] });
  assert.deepEqual(told, {
    type: "decided",
    decisions: lanes.map((trial) => ({ trial, decision: "stop" })),
  });
  assert.equal(ask("finished", { ...ref, lanes: [] }).type, "accepted");
  assert.ok(!events.some(({ type }) => type === "lateMessageRejected"));
  const stale = { ...ref, attempt: parseAttempt(7) };
  assert.equal(ask("renew", stale).type, "fenced");
});

Deno.test("decide() answers a repeated stop and journals it once", () => {
  const { events, stop } = sweepOf();
  stop(0, 0);
  assert.deepEqual(stop(0), { type: "accepted" });
  assert.equal(events.length, 1);
});

Deno.test("decide() stops all of the trials or none", () => {
  const { ledger, ask, stop, claim } = sweepOf();
  const { ref } = claim(0);
  const trial = ledger.pack(ref.pack).trials[0] ?? parseTrialId(0);
  ask("finished", { ...ref, lanes: [{ trial, kind: "diverged", epoch: epoch(1) }] });
  const other = ledger.trials.find(({ state }) => state.status === "queued")?.id ?? 1;
  assert.deepEqual(stop(other, trial), {
    type: "refused",
    message: `Cannot stop trial ${trial}: it is completed`,
  });
  assert.match(JSON.stringify(stop(other, 999)), /Cannot stop trial 999: the sweep has no such/);
  assert.match(JSON.stringify(stop()), /none is named/);
  assert.equal(ledger.counts.cancelled, 0);
});

Deno.test("decide() ends a sweep with the stop of its last trial: completed if any was, else cancelled", () => {
  const stopped = sweepOf();
  stopped.stop(...stopped.ledger.trials.map(({ id }) => id));
  assert.equal(stopped.ledger.status, "cancelled");
  const done = sweepOf();
  const { ref } = done.claim(0);
  const trial = done.ledger.pack(ref.pack).trials[0] ?? parseTrialId(0);
  done.ask("finished", { ...ref, lanes: [{ trial, kind: "diverged", epoch: epoch(1) }] });
  done.stop(...done.ledger.trials.map(({ id }) => id).filter((id) => id !== trial));
  assert.equal(done.ledger.status, "completed");
  assert.match(JSON.stringify(done.stop(0)), /Cannot stop trials: the sweep is completed/);
});

Deno.test("decideCutOff() goes on with a sweep of which a trial was stopped, and ends one that was stopped", () => {
  const { ledger, stop } = sweepOf();
  stop(0);
  assert.deepEqual(decideCutOff(ledger), []);
  const stored = JSON.parse(JSON.stringify(ledger.snapshot())) as LedgerSnapshot;
  assert.deepEqual(decideCutOff(SweepLedger.restore(stored)), []);
  ledger.apply({ type: "trialCancelled", trial: parseTrialId(1) });
  const rest = decideCutOff(ledger);
  assert.equal(rest.length, ledger.counts.queued + 1);
  assert.equal(rest.at(-1)?.type, "sweepEnded");
});

Deno.test("decide() tells a draining worker to end with every answer, and gives it no pack", () => {
  const { ledger, events, ask, claim } = sweepOf();
  const { ref } = claim(0);
  const drain = { v: 1, sweep: ledger.id, worker: WORKER, by: "me" } as const;
  assert.deepEqual(ask("renew", ref), { type: "accepted" });
  assert.deepEqual(ask("drain", drain), { type: "accepted" });
  assert.deepEqual(ask("drain", drain), { type: "accepted" });
  assert.deepEqual(ask("renew", ref), { type: "accepted", drain: true });
  const told = ask("report", { ...ref, epochs: [epochOf(ledger.pack(ref.pack).trials, 1)] });
  assert.ok(told.type === "decided" && told.drain === true);
  assert.deepEqual(claim(1).reply, { type: "draining" });
  assert.equal(claim(1, parseWorkerId("b")).reply.type, "granted");
  assert.equal(ask("returned", { ...ref, message: "the worker drains" }).type, "accepted");
  assert.equal(ledger.pack(ref.pack).state.status, "queued");
  const asked = events.filter(({ type }) => type === "drainAsked");
  assert.deepEqual(asked, [{ type: "drainAsked", worker: WORKER, by: "me" }]);
  const stored = JSON.parse(JSON.stringify(ledger.snapshot())) as LedgerSnapshot;
  assert.deepEqual([...SweepLedger.restore(stored).interventions.draining], [WORKER]);
});
