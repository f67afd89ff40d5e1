import assert from "node:assert/strict";
import { parseTrialId } from "../../core/domain/ids.ts";
import { optionsOf, trialOf } from "../../tests/support/made_up_sweep.ts";
import { createAshaStopping } from "./asha_stopping.ts";
import golden from "./testdata/optuna.json" with { type: "json" };

const FIRST = parseTrialId(0);

Deno.test("createAshaStopping() stops and lets go on as Optuna's SuccessiveHalvingPruner, look by look", () => {
  for (const { eta, minEpochs, maxEpochs, looks } of golden.stopping) {
    const scheduler = createAshaStopping({ minEpochs, eta }, optionsOf({ maxEpochs }));
    const reached = new Map<number, Record<number, number>>();
    let stopped = 0;
    for (const [trial = 0, epoch = 0, loss = 0, isStopped] of looks) {
      assert(scheduler.watched.includes(epoch));
      const so = { ...reached.get(trial), [epoch]: loss };
      reached.set(trial, so);
      scheduler.observe(trialOf(trial, "running", { reached: so }));
      const pruning = scheduler.judge(parseTrialId(trial));
      assert.equal(pruning !== null, isStopped === 1, `trial ${trial} at epoch ${epoch}`);
      if (pruning === null) continue;
      stopped++;
      assert.equal(scheduler.watched[pruning.rung], epoch);
      scheduler.observe(trialOf(trial, "pruned", { reached: so }));
    }
    assert(stopped > 20);
  }
});

Deno.test("createAshaStopping() lets the first go on, then the best ⌊n/η⌋ with their equals, and says why not", () => {
  const scheduler = createAshaStopping({ minEpochs: 2, eta: 3 }, optionsOf({ maxEpochs: 18 }));
  assert.deepEqual(scheduler.watched, [2, 6]);
  assert.deepEqual(scheduler.place(FIRST), { target: null, bracket: 0 });
  assert.equal(scheduler.judge(FIRST), null);
  const judge = (trial: number, loss: number): boolean => {
    scheduler.observe(trialOf(trial, "running", { reached: { 2: loss } }));
    return scheduler.judge(parseTrialId(trial)) === null;
  };
  assert.deepEqual([judge(0, 5), judge(1, 6), judge(2, 5), judge(3, 4)], [true, false, true, true]);
  assert.deepEqual([judge(4, 9), judge(5, 5)], [false, true]);
  assert.deepEqual(scheduler.judge(parseTrialId(4)), {
    rung: 0,
    message: "Rank 6 of 6 so far at epoch 2: not among the best 2, max(⌊n/η⌋, 1) with η = 3",
  });
  assert.deepEqual(scheduler.advance({ isIdle: true }), []);
});

Deno.test("createAshaStopping() stops a loss that is no number, even as the first", () => {
  const scheduler = createAshaStopping({ minEpochs: 1, eta: 3 }, optionsOf());
  scheduler.observe(trialOf(0, "running", { reached: { 1: Infinity } }));
  assert.deepEqual(scheduler.judge(FIRST), { rung: 0, message: "No finite loss at epoch 1" });
});

Deno.test("createAshaStopping() lets a trial of the first front go on that is bad at the first objective", () => {
  const scheduler = createAshaStopping({ minEpochs: 1, eta: 3 }, optionsOf({ objectives: 2 }));
  const losses = [[0, 9], [2, 2], [5, 5], [6, 6], [7, 7], [9, 0]];
  for (const [trial, values] of losses.entries()) {
    scheduler.observe(trialOf(trial, "running", { reached: { 1: values } }));
  }
  const goesOn = losses.map((_, trial) => scheduler.judge(parseTrialId(trial)) === null);
  assert.deepEqual(goesOn, [true, false, false, false, false, true]);
});
