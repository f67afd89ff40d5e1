import assert from "node:assert/strict";
import fc from "fast-check";
import { parseAttempt, parseWorkerId } from "../domain/ids.ts";
import { type Delivery, type PackState, transitionPack } from "../domain/pack.ts";
import { type ClaimVerdict, isCurrent, judgeClaim } from "./fencing.ts";

const a = parseWorkerId("a");
const b = parseWorkerId("b");
const one = parseAttempt(1);
const two = parseAttempt(2);
const queued: PackState = { status: "queued" };

function delivery(sequence: number, count: number): Delivery {
  return { sequence, count };
}

function leased(worker = a, attempt = one, by = delivery(7, 1)): PackState {
  return { status: "leased", worker, attempt, delivery: by };
}

Deno.test("judgeClaim() grants a pack that nobody holds", () => {
  assert.deepEqual(judgeClaim(queued, { worker: a, delivery: delivery(7, 1) }), { kind: "grant" });
});

Deno.test("judgeClaim() repeats the attempt when the answer to the same claim was lost", () => {
  assert.deepEqual(judgeClaim(leased(), { worker: a, delivery: delivery(7, 1) }), {
    kind: "repeat",
    attempt: one,
  });
});

Deno.test("judgeClaim() lets the next delivery take over from a stalled holder, who is fenced", () => {
  const stalled = leased();
  const verdict = judgeClaim(stalled, { worker: b, delivery: delivery(7, 2) });
  assert.deepEqual(verdict, { kind: "takeOver", from: one });
  const taken = leased(b, two, delivery(7, 2));
  assert.equal(isCurrent(taken, { worker: a, attempt: one }), false);
  assert.equal(isCurrent(taken, { worker: b, attempt: two }), true);
});

Deno.test("judgeClaim() lets a worker take over from itself after its own lease expired", () => {
  assert.deepEqual(judgeClaim(leased(), { worker: a, delivery: delivery(7, 2) }), {
    kind: "takeOver",
    from: one,
  });
});

Deno.test("judgeClaim() tells an older delivery that the message is somebody else's by now", () => {
  const held = leased(b, one, delivery(7, 2));
  assert.deepEqual(judgeClaim(held, { worker: a, delivery: delivery(7, 1) }), { kind: "stale" });
  assert.deepEqual(judgeClaim(held, { worker: b, delivery: delivery(7, 1) }), { kind: "stale" });
});

Deno.test("judgeClaim() refuses another worker that names the holder's delivery", () => {
  assert.deepEqual(judgeClaim(leased(), { worker: b, delivery: delivery(7, 1) }), { kind: "busy" });
});

Deno.test("judgeClaim() lets the second message of a held pack wait, however often it comes", () => {
  for (const count of [1, 2, 9]) {
    const verdict = judgeClaim(leased(), { worker: b, delivery: delivery(9, count) });
    assert.deepEqual(verdict, { kind: "busy" });
  }
});

Deno.test("judgeClaim() says over to every claim on a pack that has ended", () => {
  const claim = { worker: b, delivery: delivery(7, 2) };
  assert.deepEqual(judgeClaim({ status: "over" }, claim), { kind: "over" });
});

Deno.test("isCurrent() is false once the coordinator has released the attempt", () => {
  assert.equal(isCurrent(queued, { worker: a, attempt: one }), false);
  assert.equal(isCurrent({ status: "over" }, { worker: a, attempt: one }), false);
});

Deno.test("isCurrent() needs both the attempt and the worker", () => {
  assert.equal(isCurrent(leased(), { worker: a, attempt: one }), true);
  assert.equal(isCurrent(leased(), { worker: b, attempt: one }), false);
  assert.equal(isCurrent(leased(), { worker: a, attempt: two }), false);
});

Deno.test("judgeClaim() leaves at most one current holder after any sequence of claims", () => {
  const claims = fc.array(
    fc.record({
      worker: fc.constantFrom(a, b, parseWorkerId("c")),
      sequence: fc.integer({ min: 1, max: 3 }),
      count: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 30 },
  );
  fc.assert(fc.property(claims, (sequence) => {
    let pack = transitionPack(leased(), { type: "released" });
    let attempts = 0;
    const granted: { worker: typeof a; attempt: typeof one }[] = [];
    for (const claim of sequence) {
      const by = delivery(claim.sequence, claim.count);
      const verdict: ClaimVerdict = judgeClaim(pack, { worker: claim.worker, delivery: by });
      if (verdict.kind === "repeat") {
        assert.equal(isCurrent(pack, { worker: claim.worker, attempt: verdict.attempt }), true);
      }
      if (verdict.kind !== "grant" && verdict.kind !== "takeOver") continue;
      if (verdict.kind === "takeOver") pack = transitionPack(pack, { type: "released" });
      const attempt = parseAttempt(++attempts);
      pack = transitionPack(pack, { type: "leased", worker: claim.worker, attempt, delivery: by });
      granted.push({ worker: claim.worker, attempt });
      const current = granted.filter((holder) => isCurrent(pack, holder));
      assert.deepEqual(current, granted.slice(-1));
    }
  }));
});
