import assert from "node:assert/strict";
import { frontSweep } from "../../tests/support/front_sweep.ts";
import { hypervolume } from "../domain/pareto/hypervolume.ts";
import { objectivesOf } from "../domain/sweep_spec.ts";
import { paretoView } from "./pareto_view.ts";

Deno.test("paretoView() has the means that no other configuration dominates, the first best first", () => {
  const { front, measured, excluded, objectives } = paretoView(frontSweep());
  assert.deepEqual(objectives.map(({ name }) => name), ["val_accuracy", "train_loss"]);
  assert.equal(measured, 5);
  assert.equal(excluded, 1);
  assert.deepEqual(front.map(({ configuration }) => configuration), [2, 0]);
  const [first] = front;
  assert.ok(first);
  // Two replicates: 0.92 and 0.94, 0.5 and 0.7.
  assert.deepEqual(first.values.map(({ mean }) => Number(mean.toFixed(9))), [0.93, 0.6]);
  assert.deepEqual(first.trials, [4, 5]);
  assert.equal(first.values[0]?.estimator, "t");
  assert.deepEqual([front[1]?.completed, front[1]?.asked], [1, 2]);
});

Deno.test("paretoView() measures the hypervolume from a tenth beyond the worst", () => {
  const { reference, hypervolume: volume, history } = paretoView(frontSweep());
  // The worst finite means are 0.8 and 0.9: maximised values are worse where they are smaller.
  assert.deepEqual(reference.map((value) => Number(value.toFixed(9))), [0.72, 0.99]);
  const expected = hypervolume([[-0.93, 0.6], [-0.9, 0.3]], [-0.72, 0.99]);
  assert.ok(Math.abs((volume ?? NaN) - expected) < 1e-12);
  assert.deepEqual(history.map(({ configuration }) => configuration), [0, 1, 2, 3, 4]);
  assert.deepEqual(history.map(({ atMs }) => atMs), [900, 3_900, 5_900, 7_900, 9_900]);
  const volumes = history.map((point) => point.hypervolume);
  assert.ok(Math.abs((volumes[0] ?? 0) - 0.18 * 0.69) < 1e-12);
  // The second one is dominated, the fourth diverged, the fifth lies on the reference's side.
  assert.equal(volumes[1], volumes[0]);
  assert.equal(volumes[4], volumes[2]);
  assert.ok(Math.abs((volumes[4] ?? 0) - (volume ?? NaN)) < 1e-12);
});

Deno.test("paretoView() of a sweep without results is empty", () => {
  const { front, history, hypervolume: volume } = paretoView(frontSweep({ results: 0 }));
  assert.deepEqual([front, history, volume], [[], [], 0]);
});

Deno.test("objectivesOf() a sweep with one objective is that one", () => {
  const { spec } = frontSweep().ledger;
  assert.deepEqual(objectivesOf({ ...spec, objectives: undefined }), [spec.metric]);
});
