import assert from "node:assert/strict";
import type { Placement, Pruning, Scheduler } from "../schedulers/scheduler.ts";
import { createRandomSampler } from "../samplers/random_sampler.ts";
import { memorylessSampler } from "../samplers/memoryless.ts";
import { choice, float, searchSpaceOf } from "./parameters.ts";
import { Study } from "./study.ts";

const SPACE = searchSpaceOf({ x: float(0, 1) });

function studyOf(change: Partial<ConstructorParameters<typeof Study>[0]> = {}): Study {
  return new Study({
    space: SPACE,
    isAllowed: () => true,
    sampler: memorylessSampler(createRandomSampler(SPACE, { seed: 1 }), "random"),
    scheduler: null,
    goals: ["minimize"],
    trials: 3,
    ...change,
  });
}

/** Pauses every trial at epoch 2, promotes the first that gets there, and stops who reports > 9 at 1. */
function strictScheduler(): Scheduler {
  const values = new Map<number, readonly number[]>();
  const paused = new Set<number>();
  let promoted: number | null = null;
  return {
    place: (): Placement => ({ target: 2, bracket: 0 }),
    watched: [1],
    observe: ({ trial, status, rungs }) => {
      values.set(trial, rungs.at(-1)?.losses ?? []);
      if (status === "paused") paused.add(trial);
      else paused.delete(trial);
    },
    judge: (trial): Pruning | null =>
      (values.get(trial)?.[0] ?? 0) > 9 ? { rung: 0, message: "above 9" } : null,
    advance: ({ isIdle }) => {
      const [first] = paused;
      if (promoted === null && first !== undefined) {
        promoted = first;
        return [{ kind: "promote", trial: asTrial(first), target: null }];
      }
      return isIdle
        ? [...paused].map((trial) => ({
          kind: "prune" as const,
          trial: asTrial(trial),
          rung: 0,
          message: "left behind",
        }))
        : [];
    },
  };
}

function asTrial(id: number): Parameters<Scheduler["judge"]>[0] {
  return id as Parameters<Scheduler["judge"]>[0];
}

Deno.test("Study asks for as many trials as it may, and is over when all were told", () => {
  const study = studyOf();
  const asked = [study.ask(), study.ask(), study.ask()];
  assert.deepEqual(asked.map((one) => one?.trial), [0, 1, 2]);
  assert.equal(study.ask(), null);
  assert.equal(study.isOver, false);
  for (const [i, one] of asked.entries()) {
    assert.ok(one !== null && one !== undefined);
    study.tell(one.trial, i === 1 ? { failed: "it broke" } : { values: [i] });
  }
  assert.equal(study.isOver, true);
  assert.deepEqual(study.records.map(({ state }) => state.status), [
    "completed",
    "failed",
    "completed",
  ]);
});

Deno.test("Study runs what was enqueued first, as it was asked for", () => {
  const study = studyOf();
  study.enqueue({ x: 0.25 });
  assert.deepEqual(study.ask()?.hyperparameters, { x: 0.25 });
  assert.equal(study.records[0]?.note.sampler, "manual");
  assert.notDeepEqual(study.ask()?.hyperparameters, { x: 0.25 });
});

Deno.test("Study ends when its space is exhausted", () => {
  const space = searchSpaceOf({ x: choice(["a", "b"]) });
  const sampler = memorylessSampler(createRandomSampler(space, { seed: 1 }), "random");
  const study = studyOf({ sampler, trials: 10 });
  const points = [study.ask(), study.ask()].map((one) => one?.hyperparameters["x"]);
  assert.deepEqual(points.toSorted(), ["a", "b"]);
  assert.equal(study.ask(), null);
  assert.equal(study.isExhausted, true);
});

Deno.test("Study stops, pauses and resumes trials as its scheduler says", () => {
  const study = studyOf({ scheduler: strictScheduler() });
  const [a, b, c] = [study.ask(), study.ask(), study.ask()].map((one) => one?.trial);
  assert.ok(a !== undefined && b !== undefined && c !== undefined);
  assert.equal(study.report(a, 1, [10]), "stop");
  assert.equal(study.report(b, 1, [1]), "continue");
  study.save(b, { epoch: 2, state: "weights" });
  assert.equal(study.report(b, 2, [1]), "pause");
  assert.equal(study.report(c, 1, [1]), "continue");
  assert.equal(study.report(c, 2, [2]), "pause");
  // The promoted one goes on from what it saved, and to its end.
  assert.deepEqual(study.ask(), {
    trial: b,
    hyperparameters: study.records[b]?.hyperparameters,
    resumed: { epoch: 2, state: "weights" },
  });
  assert.equal(study.report(b, 3, [0.5]), "continue");
  study.tell(b, { values: [0.5] });
  assert.equal(study.isOver, false);
  assert.equal(study.ask(), null);
  assert.equal(study.isOver, true);
  assert.deepEqual(study.records.map(({ state }) => state), [
    { status: "pruned", epoch: 1, message: "above 9" },
    { status: "completed", values: [0.5] },
    { status: "pruned", epoch: 2, message: "left behind" },
  ]);
});

Deno.test("Study refuses what cannot be: a trial told twice, too many values, an epoch again", () => {
  const study = studyOf({ scheduler: strictScheduler() });
  const trial = study.ask()?.trial ?? assert.fail();
  assert.throws(() => study.tell(trial, { values: [1, 2] }), /2 values .* they must be 1/);
  study.report(trial, 1, [1]);
  assert.throws(() => study.report(trial, 1, [1]), /it is after 1|must be after 1/);
  study.tell(trial, { values: [1] });
  assert.throws(() => study.tell(trial, { values: [1] }), /it is completed/);
});
