import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTrialId } from "../../core/domain/ids.ts";
import { optionsOf, trialOf } from "../../tests/support/made_up_sweep.ts";
import { createMedianStopping } from "./median_stopping.ts";
import type { Scheduler } from "./scheduler.ts";

const SPEC = { type: "median", minEpochs: 2, minTrials: 3, interval: 1 } as const;

/** Shows a trial's losses at the epochs 1, 2, …, and tells whether it may go on. */
function goesOn(scheduler: Scheduler, trial: number, losses: readonly number[]): boolean {
  const reached = Object.fromEntries(losses.map((loss, index) => [index + 1, loss]));
  scheduler.observe(trialOf(trial, "running", { reached }));
  return scheduler.judge(parseTrialId(trial)) === null;
}

Deno.test("createMedianStopping() stops whose best is strictly worse than the median of running means", () => {
  const scheduler = createMedianStopping(SPEC, optionsOf({ maxEpochs: 5 }));
  assert.deepEqual(scheduler.watched, [1, 2, 3, 4]);
  // Running means at epoch 3: 2, 4, 6; the median is 4.
  for (const [trial, losses] of [[3, 2, 1], [6, 4, 2], [9, 6, 3]].entries()) {
    goesOn(scheduler, trial, losses);
  }
  assert.equal(goesOn(scheduler, 3, [9, 9, 4]), true, "as good as the median");
  scheduler.observe(trialOf(3, "completed", { reached: { 1: 9, 2: 9, 3: 4 } }));
  // With trial 3, whose mean is 22/3, there are 2, 4, 6 and 7.33: the median is 5.
  assert.equal(goesOn(scheduler, 4, [9, 9, 5]), true);
  assert.equal(goesOn(scheduler, 5, [9, 5.9, 9]), true, "2, 4, 6, 7.33, 7.67: 6");
  assert.equal(goesOn(scheduler, 6, [9, 6.7, 9]), false, "2, 4, 6, 7.33, 7.67, 7.97: 6.67");
  assert.deepEqual(scheduler.judge(parseTrialId(6)), {
    rung: 2,
    message:
      "Best loss 6.7 by epoch 3, worse than 6.667: the median of 6 other trials' running means",
  });
});

Deno.test("createMedianStopping() waits for minEpochs and for minTrials others that got as far", () => {
  const scheduler = createMedianStopping(SPEC, optionsOf());
  assert.equal(scheduler.judge(parseTrialId(0)), null);
  assert.equal(goesOn(scheduler, 0, [1, 1]), true);
  assert.equal(goesOn(scheduler, 1, [1, 1]), true);
  assert.equal(goesOn(scheduler, 2, [1]), true);
  assert.equal(goesOn(scheduler, 3, [9, 9]), true, "two others were at epoch 2");
  assert.equal(goesOn(scheduler, 4, [9]), true, "one epoch");
  scheduler.observe(trialOf(2, "failed", { reached: { 1: 1, 2: 1 } }));
  assert.equal(goesOn(scheduler, 3, [9, 9]), false, "three were, though one is over");
});

Deno.test("createMedianStopping() takes a NaN for the worst, and stops nobody while half the others diverge", () => {
  const scheduler = createMedianStopping({ ...SPEC, minEpochs: 0 }, optionsOf());
  for (const [trial, loss] of [1, 2, NaN].entries()) goesOn(scheduler, trial, [loss]);
  assert.equal(goesOn(scheduler, 3, [NaN]), false);
  const lost = createMedianStopping({ ...SPEC, minEpochs: 0 }, optionsOf());
  for (const [trial, loss] of [1, Infinity, Infinity].entries()) goesOn(lost, trial, [loss]);
  assert.equal(goesOn(lost, 3, [100]), true);
});

Deno.test("createMedianStopping() stops nobody that is good at one of several objectives", () => {
  const scheduler = createMedianStopping({ ...SPEC, minEpochs: 1 }, optionsOf({ objectives: 2 }));
  for (let trial = 0; trial < 4; trial++) {
    scheduler.observe(trialOf(trial, "running", { reached: { 1: [trial, trial] } }));
  }
  const judge = (losses: readonly number[]): boolean => {
    scheduler.observe(trialOf(4, "running", { reached: { 1: losses } }));
    return scheduler.judge(parseTrialId(4)) === null;
  };
  assert.equal(judge([9, 1]), true);
  scheduler.observe(trialOf(5, "running", { reached: { 1: [9, 9] } }));
  assert.equal(scheduler.judge(parseTrialId(5)) === null, false);
});

Deno.test("createMedianStopping() looks every so many epochs, a thousand times at most", () => {
  const watched = (interval: number, maxEpochs: number): readonly number[] =>
    createMedianStopping({ ...SPEC, interval }, optionsOf({ maxEpochs })).watched;
  assert.deepEqual(watched(3, 10), [3, 6, 9]);
  assert.equal(watched(1, 10_001).length, 1000);
});

Deno.test("createMedianStopping() decides as its definition does, in whatever order it was told", () => {
  const curve = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(fc.array(curve, { minLength: 1, maxLength: 9 }), (curves) => {
    const scheduler = createMedianStopping(SPEC, optionsOf({ maxEpochs: 5 }));
    // Epoch by epoch for the even ones, at once and last first for the others.
    for (const [trial, losses] of [...curves.entries()].toReversed()) {
      if (trial % 2 === 1) goesOn(scheduler, trial, losses);
      else for (let n = 1; n <= losses.length; n++) goesOn(scheduler, trial, losses.slice(0, n));
    }
    for (const [trial, losses] of curves.entries()) {
      const t = losses.length;
      const means = curves
        .filter((other, index) => index !== trial && other.length >= t)
        .map((other) => other.slice(0, t).reduce((sum, loss) => sum + loss) / t)
        .sort((a, b) => a - b);
      const middle = means.length / 2;
      const median = (means[Math.ceil(middle) - 1]! + means[Math.floor(middle)]!) / 2;
      const isStopped = t >= 2 && means.length >= 3 && Math.min(...losses) > median;
      assert.equal(scheduler.judge(parseTrialId(trial)) !== null, isStopped);
    }
  }));
});
