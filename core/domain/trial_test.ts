import assert from "node:assert/strict";
import fc from "fast-check";
import { parseAttempt, parseWorkerId } from "./ids.ts";
import {
  isTerminal,
  transitionTrial,
  TRIAL_STATUSES,
  type TrialEvent,
  type TrialState,
  type TrialStatus,
  TrialTransitionError,
} from "./trial.ts";
import { epoch } from "./units.ts";

const leased = {
  type: "leased",
  worker: parseWorkerId("w"),
  attempt: parseAttempt(1),
  epoch: epoch(0),
} as const;
const reason = { kind: "exception", message: "it threw" } as const;
const objective = { kind: "diverged" } as const;

const EVENTS: readonly TrialEvent[] = [
  leased,
  { type: "reported", epoch: epoch(1) },
  { type: "released" },
  { type: "paused" },
  { type: "requeued" },
  { type: "completed", epoch: epoch(2), objective },
  { type: "pruned", epoch: epoch(2), rung: 0 },
  { type: "failed", reason },
  { type: "cancelled" },
];

/** The table of `transitionTrial`'s documentation, written out a second time. */
const TABLE: Readonly<
  Record<TrialStatus, Readonly<Partial<Record<TrialEvent["type"], TrialStatus>>>>
> = {
  queued: { leased: "running", failed: "failed", cancelled: "cancelled" },
  running: {
    reported: "running",
    released: "queued",
    paused: "paused",
    completed: "completed",
    pruned: "pruned",
    failed: "failed",
    cancelled: "cancelled",
  },
  paused: { requeued: "queued", pruned: "pruned", cancelled: "cancelled" },
  completed: {},
  pruned: {},
  failed: { requeued: "queued" },
  cancelled: {},
};

const SAMPLES: readonly TrialState[] = [
  { status: "queued" },
  { status: "running", worker: leased.worker, attempt: leased.attempt, epoch: epoch(0) },
  { status: "paused", epoch: epoch(1) },
  { status: "completed", epoch: epoch(2), objective },
  { status: "pruned", epoch: epoch(2), rung: 0 },
  { status: "failed", reason },
  { status: "cancelled" },
];

Deno.test("transitionTrial() makes exactly the moves of its table", () => {
  assert.deepEqual(SAMPLES.map((state) => state.status), TRIAL_STATUSES);
  for (const state of SAMPLES) {
    for (const event of EVENTS) {
      const next = TABLE[state.status][event.type];
      if (next !== undefined) {
        assert.equal(transitionTrial(state, event).status, next, `${state.status} ${event.type}`);
        continue;
      }
      assert.throws(() => transitionTrial(state, event), (error) => {
        assert.ok(error instanceof TrialTransitionError);
        assert.deepEqual([error.from, error.event], [state.status, event.type]);
        return true;
      });
    }
  }
});

Deno.test("transitionTrial() never leaves the table, whatever sequence of events comes", () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 40 }), (events) => {
    let state: TrialState = SAMPLES[0] ?? { status: "queued" };
    for (const event of events) {
      const allowed = TABLE[state.status][event.type];
      try {
        state = transitionTrial(state, event);
        assert.equal(state.status, allowed);
      } catch (error) {
        assert.ok(error instanceof TrialTransitionError);
        assert.equal(allowed, undefined);
      }
      assert.ok(TRIAL_STATUSES.includes(state.status));
    }
  }));
});

Deno.test("transitionTrial() keeps what a running trial knew when it is paused or reported", () => {
  const running = transitionTrial({ status: "queued" }, leased);
  const reported = transitionTrial(running, { type: "reported", epoch: epoch(3) });
  assert.deepEqual(reported, { ...running, epoch: 3 });
  assert.deepEqual(transitionTrial(reported, { type: "paused" }), { status: "paused", epoch: 3 });
});

Deno.test("isTerminal() holds for the statuses that no worker can leave", () => {
  assert.deepEqual(
    TRIAL_STATUSES.filter(isTerminal),
    ["completed", "pruned", "failed", "cancelled"],
  );
});
