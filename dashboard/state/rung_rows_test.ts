import assert from "node:assert/strict";
import { parseTrialId } from "../../core/domain/ids.ts";
import type { TrialState } from "../../core/domain/trial.ts";
import { epoch } from "../../core/domain/units.ts";
import { MOST_RUNGS, rungRows, rungsOf } from "./rung_rows.ts";
import { specOf } from "../../tests/support/specs.ts";

function trial(id: number, values: readonly (number | null)[], state: TrialState) {
  const rungs = values.map((value, index) => ({ epoch: epoch(3 ** index), values: [value] }));
  return { id: parseTrialId(id), rungs, state };
}
const pruned = { status: "pruned", epoch: epoch(1), rung: 0 } as const;
const paused = { status: "paused", epoch: epoch(3) } as const;
const done = {
  status: "completed",
  epoch: epoch(9),
  objective: { kind: "finite", value: 0.9 },
} as const;

Deno.test("rungRows() counts who reached a rung, went on, waits and was pruned, and the best there", () => {
  const trials = [
    trial(0, [0.5], pruned),
    trial(1, [0.7, 0.6], pruned),
    trial(2, [0.6, 0.8], paused),
    trial(3, [0.65, 0.75], done),
    trial(4, [null], pruned),
    { id: parseTrialId(5), state: { status: "queued" } as const },
  ];
  assert.deepEqual(rungRows(trials, "maximize"), [
    { epoch: 1, reached: 5, wentOn: 3, waiting: 0, pruned: 2, best: 0.7, bestTrial: 1 },
    { epoch: 3, reached: 3, wentOn: 1, waiting: 1, pruned: 1, best: 0.8, bestTrial: 2 },
  ]);
  assert.deepEqual(rungRows(trials, "minimize").map(({ best }) => best), [0.5, 0.6]);
});

Deno.test("rungsOf() is nothing without a scheduler, and lists the rungs at which most were pruned", () => {
  const counts = {
    queued: 0,
    running: 0,
    paused: 0,
    completed: 1,
    pruned: 40,
    failed: 0,
    cancelled: 0,
    asked: 41,
  };
  assert.equal(rungsOf({ spec: specOf({}), trials: [], counts }), null);
  const scheduler = { type: "median", minEpochs: 1, minTrials: 1, interval: 1 } as const;
  const trials = Array.from({ length: 40 }, (_, id) => ({
    id: parseTrialId(id),
    rungs: Array.from({ length: id + 1 }, (_, at) => ({ epoch: epoch(at + 1), values: [at] })),
    state: id >= 20 ? pruned : done,
  })) as unknown as Parameters<typeof rungsOf>[0]["trials"];
  const rungs = rungsOf({ spec: specOf({ scheduler }), trials, counts });
  assert.equal(rungs?.total, 40);
  assert.deepEqual(
    rungs?.rows.map((row) => row.epoch),
    Array.from({ length: MOST_RUNGS }, (_, index) => 21 + index),
  );
  const mask = Uint8Array.from({ length: 40 }, (_, id) => id >= 18 && id < 23 ? 1 : 0);
  const some = rungsOf({ spec: specOf({ scheduler }), trials, counts }, mask);
  assert.deepEqual([some?.completed, some?.pruned, some?.total], [2, 3, 23]);
  assert.equal(some?.rows.at(-1)?.reached, 1);
});
