import assert from "node:assert/strict";
import { parseTrialId } from "../../core/domain/ids.ts";
import { optionsOf, trialOf } from "../../tests/support/made_up_sweep.ts";
import { createPatience } from "./patience.ts";

const TRIAL = parseTrialId(0);

/** After which epoch a trial with these losses is stopped; null: never. */
function stoppedAt(
  losses: readonly (number | readonly number[])[],
  spec: { readonly patience?: number; readonly minDelta?: number; readonly minEpochs?: number } =
    {},
): number | null {
  const objectives = typeof losses[0] === "number" ? 1 : 2;
  const scheduler = createPatience(
    { type: "patience", patience: 3, minDelta: 0, minEpochs: 0, ...spec },
    optionsOf({ maxEpochs: 100, objectives }),
  );
  for (const index of losses.keys()) {
    const reached = Object.fromEntries(losses.slice(0, index + 1).map((loss, i) => [i + 1, loss]));
    scheduler.observe(trialOf(0, "running", { reached }));
    const pruning = scheduler.judge(TRIAL);
    if (pruning === null) continue;
    assert.equal(scheduler.watched[pruning.rung], index + 1);
    return index + 1;
  }
  return null;
}

Deno.test("createPatience() stops after so many epochs without an improvement", () => {
  assert.equal(stoppedAt([5, 4, 3, 2, 1]), null);
  assert.equal(stoppedAt([5, 4, 4, 4, 4]), 5);
  assert.equal(stoppedAt([5, 6, 6, 4, 6, 6, 3]), null);
  assert.equal(stoppedAt([5, 6, 6, 6]), 4);
  assert.equal(stoppedAt([5, 5], { patience: 1 }), 2);
});

Deno.test("createPatience() counts no improvement of minDelta or less, be it many of them", () => {
  assert.equal(stoppedAt([1, 0.9, 0.8, 0.7], { minDelta: 0.25 }), null);
  // 0.75 is not less than 1 − 0.25.
  assert.equal(stoppedAt([1, 0.9, 0.8, 0.75], { minDelta: 0.25 }), 4);
  assert.equal(stoppedAt([1, 0.7, 0.6, 0.5, 0.46], { minDelta: 0.25 }), 5);
});

Deno.test("createPatience() stops nobody before minEpochs, and then at once", () => {
  assert.equal(stoppedAt([1, 2, 2, 2, 2, 2, 2], { minEpochs: 6 }), 6);
  assert.equal(stoppedAt([1, 2, 2, 2, 2, 0, 2], { minEpochs: 6 }), null);
});

Deno.test("createPatience() takes what is no number for no improvement", () => {
  assert.equal(stoppedAt([NaN, NaN, NaN]), 3);
  assert.equal(stoppedAt([1, Infinity, -Infinity, NaN]), 4);
  assert.equal(stoppedAt([NaN, NaN, 7, 7, 7]), null);
});

Deno.test("createPatience() lets a trial go on that improves at one of several objectives", () => {
  assert.equal(stoppedAt([[1, 1], [1, 1], [2, 1], [1, 2], [1, 0.9]]), 4);
  assert.equal(stoppedAt([[1, 1], [1, 1], [1, 1], [1, 0.9], [1, 0.9]]), null);
  assert.equal(stoppedAt([[1, 1], [2, 0.9], [2, 0.8], [2, 0.7], [2, 0.6]]), null);
});

Deno.test("createPatience() tells since when, and looks a thousand times at most", () => {
  const scheduler = createPatience(
    { type: "patience", patience: 4, minDelta: 0.01, minEpochs: 1 },
    optionsOf({ maxEpochs: 3000 }),
  );
  assert.equal(scheduler.watched.length, 999);
  assert.deepEqual(scheduler.watched.slice(0, 3), [3, 6, 9]);
  assert.equal(scheduler.judge(TRIAL), null);
  scheduler.observe(trialOf(0, "running", { reached: { 3: 1, 6: 1 } }));
  assert.equal(scheduler.judge(TRIAL), null);
  scheduler.observe(trialOf(0, "running", { reached: { 3: 1, 6: 1, 9: 1 } }));
  assert.deepEqual(scheduler.judge(TRIAL), {
    rung: 2,
    message: "No loss improved by more than 0.01 from epoch 3 to 9, " +
      "which is as long as the patience of 4 epochs",
  });
});
