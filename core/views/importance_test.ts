import assert from "node:assert/strict";
import { parseTrialId } from "../domain/ids.ts";
import { epoch } from "../domain/units.ts";
import { sampleSweep } from "../../tests/support/sample_sweep.ts";
import { importanceInput, importanceOf } from "./importance.ts";

/** A sweep of 12 configurations in which the learning rate decides, with some replicates each. */
function decided(replicates: number, { trials = 12 * replicates } = {}) {
  const sample = sampleSweep({ replicates });
  for (let trial = 0; trial < trials; trial++) {
    sample.lease(trial, 10 * trial, "w");
    const { hyperparameters, replicate } = sample.view.ledger.trial(parseTrialId(trial));
    const accuracy = 0.5 + Number(hyperparameters.lr) + 0.1 * replicate;
    sample.complete(trial, 10 * trial + 5, accuracy);
  }
  return sample;
}

Deno.test("importanceInput() takes the replicates of a configuration together", () => {
  const { view: { ledger } } = decided(2, { trials: 5 });
  const { points, space, goal } = importanceInput(ledger);
  assert.equal(goal, "maximize");
  assert.deepEqual(space.map(({ name }) => name), ["batch_size", "lr", "hidden_width"]);
  // Two configurations have both replicates, the third has its first one.
  const values = points.map(({ value }) => Number(value.toFixed(6)));
  assert.deepEqual(values, [0.6, 0.6, 0.55]);
  assert.equal(points[2]?.hyperparameters.hidden_width, 128);
});

Deno.test("importanceOf() uses PED-ANOVA unless another estimator is asked for", () => {
  const { view: { ledger } } = decided(1);
  for (const estimator of [undefined, "fanova"] as const) {
    const found = importanceOf(ledger, estimator === undefined ? {} : { estimator });
    assert.equal(found.estimator, estimator ?? "ped-anova");
    assert.equal(found.n, 12);
    assert.equal(found.parameters[0]?.name, "lr");
    assert.ok((found.parameters[0]?.share ?? 0) > 0.9);
    assert.deepEqual(importanceOf(ledger, { estimator: found.estimator }), found);
  }
});

Deno.test("importanceOf() takes a configuration for diverged once one replicate is", () => {
  const sample = decided(2, { trials: 22 });
  for (const [trial, accuracy] of [[22, 0.9], [23, NaN]] as const) {
    sample.lease(trial, 1_000, "w");
    sample.complete(trial, 1_005, accuracy);
  }
  const found = importanceOf(sample.view.ledger);
  assert.equal(found.diverged, 1);
  assert.match(found.notes.join(), /1 diverged configuration counts as the worst finite value/);
});

Deno.test("importanceOf() leaves pruned trials out and says how many", () => {
  const sample = decided(1, { trials: 10 });
  for (const trial of [10, 11]) {
    sample.lease(trial, 1_000, "w");
    sample.append(1_005, {
      type: "trialPruned",
      trial: parseTrialId(trial),
      epoch: epoch(1),
      rung: 0,
      message: "worse than the others",
    });
  }
  const found = importanceOf(sample.view.ledger);
  assert.equal(found.n, 10);
  assert.ok(found.notes.includes("2 pruned trials are left out"));
});

Deno.test("importanceOf() has zeros for a sweep without results", () => {
  const found = importanceOf(sampleSweep().view.ledger);
  assert.equal(found.n, 0);
  assert.ok(found.parameters.every(({ share }) => share === 0));
  assert.equal(found.parameters.length, 3);
});
