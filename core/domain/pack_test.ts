import assert from "node:assert/strict";
import fc from "fast-check";
import { parseAttempt, parseWorkerId } from "./ids.ts";
import { type PackEvent, type PackState, PackTransitionError, transitionPack } from "./pack.ts";

const leased: Extract<PackEvent, { type: "leased" }> = {
  type: "leased",
  attempt: parseAttempt(1),
  worker: parseWorkerId("w"),
  delivery: { sequence: 7, count: 1 },
};
const EVENTS: readonly PackEvent[] = [leased, { type: "released" }, { type: "ended" }];

const TABLE: Readonly<
  Record<PackState["status"], Readonly<Partial<Record<PackEvent["type"], PackState["status"]>>>>
> = {
  queued: { leased: "leased", ended: "over" },
  leased: { released: "queued", ended: "over" },
  over: {},
};

Deno.test("transitionPack() makes exactly the moves of its table, along every path", () => {
  const reached = new Set<string>();
  fc.assert(fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 20 }), (events) => {
    let state: PackState = transitionPack(transitionPack({ status: "queued" }, leased), {
      type: "released",
    });
    for (const event of events) {
      reached.add(`${state.status} ${event.type}`);
      const next = TABLE[state.status][event.type];
      if (next === undefined) {
        assert.throws(() => transitionPack(state, event), PackTransitionError);
      } else {
        state = transitionPack(state, event);
        assert.equal(state.status, next);
      }
    }
  }));
  assert.equal(reached.size, 9);
});

Deno.test("transitionPack() records the holder of a lease and forgets it on release", () => {
  const { type: _, ...holder } = leased;
  const state = transitionPack({ status: "queued" }, leased);
  assert.deepEqual(state, { status: "leased", ...holder });
  assert.deepEqual(transitionPack(state, { type: "released" }), { status: "queued" });
});

Deno.test("transitionPack() names the state and the event that it refused", () => {
  assert.throws(() => transitionPack({ status: "over" }, leased), (error) => {
    assert.ok(error instanceof PackTransitionError);
    assert.deepEqual([error.from, error.event], ["over", "leased"]);
    return true;
  });
});
