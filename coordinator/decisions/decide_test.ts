import assert from "node:assert/strict";
import fc from "fast-check";
import { type Attempt, parsePackId, parseTrialId, parseWorkerId } from "../../core/domain/ids.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isOver } from "../../core/domain/sweep.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { TRIAL_STATUSES } from "../../core/domain/trial.ts";
import { epoch, milliseconds } from "../../core/domain/units.ts";
import type { ApiReplies, ApiRequests, ApiVerb, AttemptRef } from "../../core/protocol/messages.ts";
import { planAll } from "../../tests/support/planned.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { createDeciders } from "./decide.ts";
import { decideRelease } from "./decide_release.ts";
import { retryTrials } from "./decide_retry.ts";

const deciders = createDeciders(milliseconds(1_000));

/** A ledger with everything queued, and a way to ask it. */
function startedSweep(change: Partial<SweepSpec> = {}) {
  const ledger = new SweepLedger(sweepCreated(specOf(change)));
  planAll(ledger);
  function ask<V extends ApiVerb>(verb: V, body: ApiRequests[V]): ApiReplies[V] {
    const { events, reply } = deciders[verb](ledger, body);
    for (const event of events) ledger.apply(event);
    // As a coordinator does: what was retried is packed anew.
    if (verb === "retry") planAll(ledger);
    return reply;
  }
  function claim(worker: string, pack: number, delivery: { sequence: number; count: number }) {
    const reply = ask("claim", {
      v: 1,
      sweep: ledger.id,
      pack: parsePackId(pack),
      worker: parseWorkerId(worker),
      backend: "cpu",
      delivery,
    });
    const attempt = reply.type === "granted" ? reply.attempt : null;
    return { reply, ref: attempt === null ? null : ref(worker, pack, attempt) };
  }
  function ref(worker: string, pack: number, attempt: Attempt): AttemptRef {
    const id = parsePackId(pack);
    return { v: 1, sweep: ledger.id, pack: id, attempt, worker: parseWorkerId(worker) };
  }
  function finish(held: AttemptRef) {
    const lanes = ledger.pack(held.pack).trials.map((trial) => ({
      trial,
      kind: "trained" as const,
      result: null,
      model: null,
      epoch: epoch(2),
      metrics: { val_accuracy: 0.9 },
    }));
    return ask("finished", { ...held, lanes });
  }
  return { ledger, ask, claim, finish };
}

function held(claimed: { readonly ref: AttemptRef | null }): AttemptRef {
  assert.ok(claimed.ref !== null, "the claim was not granted");
  return claimed.ref;
}

Deno.test("decide() gives a silent holder's pack to the next one and fences the first", () => {
  const { ledger, ask, claim, finish } = startedSweep();
  const first = held(claim("a", 0, { sequence: 1, count: 1 }));
  const second = held(claim("b", 0, { sequence: 1, count: 2 }));
  assert.deepEqual([first.attempt, second.attempt], [1, 2]);
  assert.equal(ask("renew", first).type, "fenced");
  assert.equal(finish(first).type, "fenced");
  assert.equal(ledger.counts.completed, 0);
  assert.equal(finish(second).type, "accepted");
  assert.equal(ledger.trial(ledger.pack(parsePackId(0)).trials[0]!).attempts, 2);
});

Deno.test("decide() answers a repeated claim with the attempt that it already granted", () => {
  const { claim } = startedSweep();
  assert.equal(held(claim("a", 0, { sequence: 1, count: 1 })).attempt, 1);
  assert.equal(held(claim("a", 0, { sequence: 1, count: 1 })).attempt, 1);
  assert.equal(claim("b", 0, { sequence: 9, count: 1 }).reply.type, "busy");
});

Deno.test("decide() journals a repeated report once", () => {
  const { ask, claim, ledger } = startedSweep();
  const holder = held(claim("a", 0, { sequence: 1, count: 1 }));
  const [trial] = ledger.pack(parsePackId(0)).trials;
  const report = {
    ...holder,
    epochs: [{
      epoch: epoch(1),
      durationMs: milliseconds(5),
      lanes: [{ trial: trial!, kind: "measured" as const, metrics: { val_accuracy: 0.5 } }],
    }],
  };
  assert.equal(deciders.report(ledger, report).events.length, 1);
  assert.equal(ask("report", report).type, "decided");
  assert.equal(deciders.report(ledger, report).events.length, 0);
});

Deno.test("decide() accepts a repeated finish and counts it once", () => {
  const { claim, finish, ledger } = startedSweep();
  const holder = held(claim("a", 0, { sequence: 1, count: 1 }));
  assert.equal(finish(holder).type, "accepted");
  assert.equal(finish(holder).type, "accepted");
  assert.equal(ledger.counts.completed, 1);
});

Deno.test("decide() accepts what ends an attempt again when its answer was lost, and counts it once", () => {
  const { ask, claim, ledger } = startedSweep({ maxAttempts: 2 });
  const reason = { kind: "exception", message: "boom" } as const;
  const first = held(claim("a", 0, { sequence: 1, count: 1 }));
  for (let i = 0; i < 3; i++) assert.equal(ask("failed", { ...first, reason }).type, "accepted");
  assert.equal(ledger.trial(ledger.pack(first.pack).trials[0]!).crashes, 1);
  const second = held(claim("b", 0, { sequence: 2, count: 1 }));
  assert.equal(ask("failed", { ...first, reason }).type, "fenced", "somebody else has it now");
  for (let i = 0; i < 3; i++) {
    assert.equal(ask("returned", { ...second, message: "draining" }).type, "accepted");
  }
  const third = held(claim("c", 0, { sequence: 3, count: 1 }));
  for (let i = 0; i < 3; i++) assert.equal(ask("failed", { ...third, reason }).type, "accepted");
  assert.equal(ledger.counts.failed, 1);
});

Deno.test("decide() fails a trial whose last allowed attempt is lost, and ends the sweep", () => {
  const { ask, claim, ledger } = startedSweep({
    maxAttempts: 2,
    parameters: [{ name: "lr", domain: { kind: "values", values: [0.1] } }],
  });
  const reason = { kind: "exception", message: "boom" } as const;
  ask("failed", { ...held(claim("a", 0, { sequence: 1, count: 1 })), reason });
  assert.equal(ledger.status, "running");
  ask("failed", { ...held(claim("a", 0, { sequence: 2, count: 1 })), reason });
  assert.equal(ledger.counts.failed, 1);
  assert.equal(ledger.status, "failed");
});

Deno.test("decide() counts crashes and lost leases apart: neither helps the other to its limit", () => {
  const { ask, claim, ledger } = startedSweep({ maxAttempts: 3 });
  const reason = { kind: "exception", message: "boom" } as const;
  const [trial] = ledger.pack(parsePackId(0)).trials;
  const expire = () => {
    const pack = ledger.pack(parsePackId(0));
    for (const event of decideRelease(ledger, pack, { kind: "leaseExpired" })) ledger.apply(event);
  };
  for (let round = 0; round < 2; round++) {
    ask("failed", { ...held(claim("a", 0, { sequence: 4 * round + 1, count: 1 })), reason });
    held(claim("a", 0, { sequence: 4 * round + 2, count: 1 }));
    expire();
  }
  assert.equal(ledger.trial(trial!).state.status, "queued", "two of each are within the limit");
  held(claim("a", 0, { sequence: 20, count: 1 }));
  expire();
  const { state } = ledger.trial(trial!);
  assert.ok(state.status === "failed");
  assert.equal(state.reason.kind, "leaseLost");
});

Deno.test("decide() fails the lanes whose last attempt it was, and grants the others", () => {
  const { ask, claim, ledger } = startedSweep({ maxLanes: 4, maxAttempts: 2 });
  const reason = { kind: "exception", message: "boom" } as const;
  ask("failed", { ...held(claim("a", 0, { sequence: 1, count: 1 })), reason });
  ask("failed", { ...held(claim("a", 0, { sequence: 2, count: 1 })), reason });
  assert.equal(ledger.counts.failed, 4);
  // One of them is tried again, and shares a pack with trials that have crashed once already.
  assert.equal(ledger.status, "failed");
  const { events } = retried(ledger, [2]);
  for (const event of events) ledger.apply(event);
  planAll(ledger);
  const again = held(claim("b", 1, { sequence: 3, count: 1 }));
  assert.deepEqual(ledger.pack(again.pack).trials, [2]);
  ask("failed", { ...again, reason });
  assert.equal(ledger.counts.queued, 1, "its attempts are counted anew");
  ask("failed", { ...held(claim("b", 1, { sequence: 4, count: 1 })), reason });
  assert.equal(ledger.status, "failed");
});

function retried(ledger: SweepLedger, trials: readonly number[] | null) {
  const retry = retryTrials(ledger, { trials: trials?.map(parseTrialId) ?? null, by: "test" });
  assert.ok(retry.kind === "retried");
  return retry;
}

Deno.test("decide() retries what failed, refuses what did not, and says why", () => {
  const { ask, claim, finish, ledger } = startedSweep({ maxAttempts: 1 });
  const request = { v: 1, sweep: ledger.id, trials: null, by: "test" } as const;
  const none = ask("retry", request);
  assert.deepEqual(none, {
    type: "refused",
    message: "Cannot retry trials of the sweep: none has failed",
  });
  const first = held(claim("a", 0, { sequence: 1, count: 1 }));
  const [trial] = ledger.pack(first.pack).trials;
  const reason = { kind: "datasetUnavailable", message: "no such file" } as const;
  ask("failed", { ...first, reason });
  assert.equal(ledger.counts.failed, 1);
  const wrong = ask("retry", { ...request, trials: [parseTrialId(3)] });
  assert.ok(wrong.type === "refused" && wrong.message.includes("it is queued"), "only failed ones");
  assert.equal(ask("retry", { ...request, trials: [parseTrialId(99)] }).type, "refused");
  assert.equal(ask("retry", { ...request, trials: [trial!, trial!] }).type, "accepted");
  assert.equal(ledger.counts.failed, 0);
  assert.equal(ask("renew", first).type, "fenced", "its old attempt holds nothing");
  for (const { id } of ledger.packs) {
    if (ledger.liveTrials(id).length === 0) continue;
    finish(held(claim("b", id, { sequence: id + 10, count: 1 })));
  }
  assert.equal(ledger.counts.completed, 4);
  assert.equal(ask("retry", request).type, "refused");
});

Deno.test("retryTrials() reopens a sweep that is over, and refuses one that was cancelled", () => {
  const { ask, claim, ledger } = startedSweep({ maxAttempts: 1, maxLanes: 4 });
  const reason = { kind: "exception", message: "boom" } as const;
  ask("failed", { ...held(claim("a", 0, { sequence: 1, count: 1 })), reason });
  assert.equal(ledger.status, "failed");
  const asked = ask("retry", { v: 1, sweep: ledger.id, trials: null, by: "test" });
  assert.ok(asked.type === "refused" && /just ended/.test(asked.message));
  const { events } = retried(ledger, null);
  assert.deepEqual(events.map(({ type }) => type), [
    "sweepReopened",
    ...Array.from({ length: 4 }, () => "trialRetried"),
  ]);
  for (const event of events) ledger.apply(event);
  assert.equal(ledger.status, "running");
  ask("control", { v: 1, sweep: ledger.id, action: "stop", by: "test" });
  assert.equal(retryTrials(ledger, { trials: null, by: "test" }).kind, "refused");
});

Deno.test("decide() puts a worker in quarantine that fails while another gets on", () => {
  const { ask, claim, finish, ledger } = startedSweep({
    maxAttempts: 10,
    maxLanes: 1,
    parameters: [{ name: "lr", domain: { kind: "values", values: [0.1, 0.2, 0.3, 0.4, 0.5] } }],
  });
  const reason = { kind: "exception", message: "no such device" } as const;
  const fail = (i: number) =>
    ask("failed", { ...held(claim("bad", 0, { sequence: 10 + i, count: 1 })), reason });
  fail(0);
  finish(held(claim("good", 1, { sequence: 2, count: 1 })));
  for (let i = 1; i < 4; i++) fail(i);
  assert.equal(ledger.quarantine.reasons.size, 0);
  fail(4);
  const told = ledger.quarantine.reasonOf(parseWorkerId("bad"));
  assert.match(told ?? "", /^5 attempts in a row .* exception: no such device$/);
  const answer = claim("bad", 0, { sequence: 20, count: 1 }).reply;
  assert.deepEqual(answer, { type: "quarantined", message: told });
  finish(held(claim("good", 0, { sequence: 20, count: 2 })));
  assert.equal(ledger.counts.failed, 0);
});

Deno.test("decide() blames nobody for a sweep that fails everywhere: its trials fail one by one", () => {
  const { ask, claim, ledger } = startedSweep({ maxAttempts: 5 });
  const reason = { kind: "datasetUnavailable", message: "no such file" } as const;
  for (let i = 0; !isOver(ledger.status); i++) {
    assert.ok(i < 100, "the sweep ends");
    const [pack] = ledger.queuedPacks;
    const worker = i % 3 === 0 ? "a" : "b";
    ask("failed", { ...held(claim(worker, pack!, { sequence: i + 1, count: 1 })), reason });
  }
  assert.equal(ledger.quarantine.reasons.size, 0);
  assert.equal(ledger.counts.failed, 4);
  assert.equal(ledger.status, "failed");
});

Deno.test("decide() does not count a pack that was given back as an attempt lost", () => {
  const { ask, claim, ledger } = startedSweep({ maxAttempts: 1 });
  for (let count = 1; count <= 5; count++) {
    const holder = held(claim("a", 0, { sequence: 1, count }));
    ask("returned", { ...holder, message: "draining" });
  }
  assert.equal(ledger.counts.failed, 0);
  assert.equal(ledger.counts.queued, ledger.counts.asked);
});

Deno.test("decide() takes divergence as a result and a missing metric as a failure", () => {
  const { ask, claim, ledger } = startedSweep();
  const first = held(claim("a", 0, { sequence: 1, count: 1 }));
  const second = held(claim("a", 1, { sequence: 2, count: 1 }));
  const [diverged] = ledger.pack(first.pack).trials;
  const [silent] = ledger.pack(second.pack).trials;
  ask("finished", { ...first, lanes: [{ trial: diverged!, kind: "diverged", epoch: epoch(1) }] });
  const lane = {
    trial: silent!,
    kind: "trained",
    result: null,
    model: null,
    epoch: epoch(2),
    metrics: { val_loss: 1 },
  } as const;
  ask("finished", { ...second, lanes: [lane] });
  assert.equal(ledger.counts.completed, 1);
  assert.equal(ledger.counts.failed, 1);
});

Deno.test("decide() stops, pauses and resumes a sweep when asked", () => {
  const { ask, claim, ledger } = startedSweep();
  const control = { v: 1, sweep: ledger.id, by: "test" } as const;
  held(claim("a", 0, { sequence: 1, count: 1 }));
  assert.equal(ask("control", { ...control, action: "resume" }).type, "refused");
  assert.equal(ask("control", { ...control, action: "pause" }).type, "accepted");
  assert.equal(claim("b", 1, { sequence: 2, count: 1 }).reply.type, "busy");
  assert.equal(ask("control", { ...control, action: "resume" }).type, "accepted");
  assert.equal(ask("control", { ...control, action: "stop" }).type, "accepted");
  assert.equal(ledger.status, "cancelled");
  assert.equal(ledger.counts.cancelled, 4);
  assert.equal(claim("b", 1, { sequence: 2, count: 1 }).reply.type, "alreadyOver");
});

Deno.test("decide() splits a pack that did not fit, and fails a lone lane that cannot fit", () => {
  const { ask, claim, ledger } = startedSweep({ maxLanes: 4, maxAttempts: 1 });
  const reason = { kind: "outOfMemory", message: "no memory" } as const;
  ask("failed", { ...held(claim("a", 0, { sequence: 1, count: 1 })), reason });
  assert.deepEqual(ledger.packs.map((pack) => pack.trials.length), [4, 2, 2]);
  assert.equal(ledger.counts.queued, 4);
  assert.equal(claim("a", 0, { sequence: 1, count: 2 }).reply.type, "alreadyOver");
  for (const pack of [1, 2, 3, 4, 5, 6]) {
    const { ref } = claim("a", pack, { sequence: pack + 1, count: 1 });
    if (ref !== null) ask("failed", { ...ref, reason });
  }
  assert.equal(ledger.counts.failed, 4);
  assert.equal(ledger.status, "failed");
});

Deno.test("decide() moves detached lanes to a new pack once, and their old pack goes on without them", () => {
  const { ask, claim, finish, ledger } = startedSweep({ maxLanes: 4 });
  const first = held(claim("a", 0, { sequence: 1, count: 1 }));
  const [kept, other, ...moved] = ledger.pack(first.pack).trials;
  const leave = { ...first, epoch: epoch(1), artifact: "two", trials: moved };
  for (let i = 0; i < 3; i++) assert.equal(ask("detached", leave).type, "accepted");
  assert.deepEqual(ledger.packs.map(({ trials }) => trials), [[kept, other], moved]);
  assert.deepEqual([ledger.counts.running, ledger.counts.queued], [2, 2]);

  const second = claim("b", 1, { sequence: 2, count: 1 });
  assert.ok(second.reply.type === "granted");
  for (const { trial, checkpoint } of second.reply.lanes) {
    assert.ok(moved.includes(trial));
    assert.deepEqual(checkpoint, { epoch: 1, artifact: "two" });
  }
  // What the old holder still says of them does not count.
  const late = moved.map((trial) => ({ trial, kind: "measured" as const, metrics: {} }));
  const told = { epoch: epoch(2), durationMs: milliseconds(1), lanes: late };
  assert.deepEqual(deciders.report(ledger, { ...first, epochs: [told] }).events, []);
  const artifact = { epoch: epoch(2), artifact: "four", trials: [kept!, ...moved] };
  ask("checkpointed", { ...first, ...artifact });
  assert.equal(ledger.trial(moved[0]!).checkpoint?.artifact, "two");
  assert.equal(ledger.trial(kept!).checkpoint?.artifact, "four");

  assert.equal(finish(first).type, "accepted");
  assert.equal(ledger.counts.completed, 2);
  assert.equal(finish(held(second)).type, "accepted");
  assert.equal(ledger.status, "completed");
});

Deno.test("decide() fences a holder whose lease is over before its lanes could leave", () => {
  const { ask, claim, ledger } = startedSweep({ maxLanes: 4 });
  const first = held(claim("a", 0, { sequence: 1, count: 1 }));
  const trials = ledger.pack(first.pack).trials.slice(0, 2);
  held(claim("b", 0, { sequence: 1, count: 2 }));
  const leave = { ...first, epoch: epoch(1), artifact: "two", trials };
  assert.equal(ask("detached", leave).type, "fenced");
  assert.equal(ledger.packs.length, 1);
});

Deno.test("decide() ends a pack that all lanes have left, and takes its end again", () => {
  const { ask, claim, finish, ledger } = startedSweep({ maxLanes: 4 });
  const first = held(claim("a", 0, { sequence: 1, count: 1 }));
  const { trials } = ledger.pack(first.pack);
  const leave = { ...first, epoch: epoch(1), artifact: "all", trials };
  for (let i = 0; i < 2; i++) assert.equal(ask("detached", leave).type, "accepted");
  assert.equal(finish(first).type, "accepted");
  assert.deepEqual(ledger.packs.map(({ state }) => state.status), ["over", "queued"]);
  assert.equal(ledger.counts.queued, 4);
});

Deno.test("decide() lets detached lanes lose as often as the rest of their pack", () => {
  const { ask, claim, ledger } = startedSweep({ maxLanes: 4, maxAttempts: 2 });
  const reason = { kind: "exception", message: "boom" } as const;
  ask("failed", { ...held(claim("a", 0, { sequence: 1, count: 1 })), reason });
  const second = held(claim("a", 0, { sequence: 2, count: 1 }));
  const trials = ledger.pack(second.pack).trials.slice(2);
  ask("detached", { ...second, epoch: epoch(1), artifact: "two", trials });
  ask("failed", { ...held(claim("b", 1, { sequence: 3, count: 1 })), reason });
  assert.equal(ledger.counts.failed, 2, "moving is no third try");
});

Deno.test("decide() asks lanes to leave in parts, and those alone that train", () => {
  const { ledger, claim, finish } = startedSweep({ maxLanes: 4 });
  const first = held(claim("a", 0, { sequence: 1, count: 1 }));
  const [a, b, c, d] = ledger.pack(first.pack).trials;
  const asking = createDeciders(milliseconds(1_000), { partsToDetach: () => [[b!, c!], [d!]] });
  const decided = () => asking.report(ledger, { ...first, epochs: [] }).reply;
  assert.deepEqual(decided(), {
    type: "decided",
    decisions: [
      { trial: a, decision: "continue" },
      { trial: b, decision: "detach", part: 0 },
      { trial: c, decision: "detach", part: 0 },
      { trial: d, decision: "detach", part: 1 },
    ],
  });
  assert.deepEqual(decided(), decided(), "it can be asked again");
  finish(first);
  assert.equal(decided().type, "fenced");
});

/** What a hostile world may do to one pack at a time. */
const deed = fc.record({
  kind: fc.constantFrom(
    ...["claim", "claim", "redeliver", "finish", "fail", "fail"] as const,
    ...["return", "expire", "renew", "report", "retry", "reopen"] as const,
  ),
  worker: fc.constantFrom("a", "a", "a", "b", "c"),
  pack: fc.nat(60),
  pick: fc.nat(50),
});

/** Long enough, whatever the size that the generator starts with, to bring about the rare ones. */
const manyDeeds = fc.array(deed, { minLength: 60, maxLength: 200, size: "max" });

Deno.test("decide() keeps the ledger exact whatever workers and people do, in any order", () => {
  const reached = { retries: 0, reopenings: 0, quarantines: 0 };
  fc.assert(
    fc.property(manyDeeds, fc.constantFrom(1, 2, 9), (deeds, maxAttempts) => {
      const { ledger, ask, claim, finish } = startedSweep({ maxAttempts });
      const refs: AttemptRef[] = [];
      const deliveries = new Map<number, number>();
      let completed = 0;
      for (const { kind, worker, pick, ...chosen } of deeds) {
        const pack = chosen.pack % ledger.packs.length;
        if (isOver(ledger.status) && kind !== "reopen") continue;
        // Mostly one of those that may still hold something.
        const old = refs.at(pick < 40 ? -1 - pick % 4 : pick % Math.max(1, refs.length));
        if (kind === "claim" || kind === "redeliver") {
          const count = (deliveries.get(pack) ?? 0) + (kind === "redeliver" ? 1 : 0);
          deliveries.set(pack, Math.max(1, count));
          const { ref } = claim(worker, pack, { sequence: pack + 1, count: Math.max(1, count) });
          if (ref !== null) refs.push(ref);
        } else if (kind === "expire") {
          const target = ledger.packs[pack];
          if (target?.state.status !== "leased") continue;
          for (const event of decideRelease(ledger, target, { kind: "leaseExpired" })) {
            ledger.apply(event);
          }
        } else if (kind === "retry") {
          const request = { v: 1, sweep: ledger.id, trials: null, by: "test" } as const;
          if (ask("retry", request).type === "accepted") reached.retries++;
        } else if (kind === "reopen") {
          const retry = retryTrials(ledger, { trials: null, by: "test" });
          if (retry.kind === "refused") continue;
          if (isOver(ledger.status)) reached.reopenings++;
          for (const event of retry.events) ledger.apply(event);
          planAll(ledger);
        } else if (old !== undefined) {
          if (kind === "report") {
            const lanes = ledger.pack(old.pack).trials.map((trial) => ({
              trial,
              kind: "measured" as const,
              metrics: { val_accuracy: 0.5 },
            }));
            const epochs = [{ epoch: epoch(1), durationMs: milliseconds(1), lanes }];
            ask("report", { ...old, epochs });
          }
          if (kind === "finish") finish(old);
          if (kind === "renew") ask("renew", old);
          if (kind === "return") ask("returned", { ...old, message: "draining" });
          if (kind === "fail") {
            ask("failed", { ...old, reason: { kind: "exception", message: "boom" } });
          }
        }
        const { asked, ...byStatus } = ledger.counts;
        assert.equal(asked, 4);
        assert.equal(TRIAL_STATUSES.reduce((sum, status) => sum + byStatus[status], 0), asked);
        assert.ok(ledger.counts.completed >= completed, "a completed trial was lost");
        completed = ledger.counts.completed;
        assert.equal(isOver(ledger.status), ledger.isSettled, "over when settled, and not before");
        reached.quarantines += ledger.quarantine.reasons.size;
        assert.ok(ledger.quarantine.reasons.size < 3, "somebody may always train");
        for (const { crashes, lostLeases, state: { status } } of ledger.trials) {
          const isWithin = Math.max(crashes, lostLeases) < ledger.spec.maxAttempts;
          assert.ok(isWithin || status === "failed", "an attempt too many");
        }
        // At most one attempt of each pack is current, and it is the last one granted.
        for (const { state, attempts } of ledger.packs) {
          if (state.status === "leased") assert.equal(state.attempt, attempts);
        }
      }
    }),
    { numRuns: 300 },
  );
  for (const [what, times] of Object.entries(reached)) assert.ok(times > 0, what);
});
