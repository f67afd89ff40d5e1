import assert from "node:assert/strict";
import { labFile, labMeasured, reportedSweep } from "../../../tests/support/reported_sweeps.ts";
import { epoch } from "../../domain/units.ts";
import { curvePanels, meanCurve } from "./mean_curves.ts";

function line(...points: readonly (readonly [number, number])[]) {
  return points.map(([at, value]) => ({ epoch: epoch(at), metrics: { loss: value } }));
}

Deno.test("meanCurve() is the mean with its standard deviation and n at each epoch", () => {
  const curve = meanCurve([line([1, 2], [2, 1]), line([1, 4], [2, 3]), line([1, 6])], "loss");
  assert.deepEqual(curve, [
    { epoch: 1, mean: 4, sd: 2, n: 3 },
    { epoch: 2, mean: 2, sd: Math.SQRT2, n: 2 },
  ]);
});

Deno.test("meanCurve() interpolates between a replicate's reports and not beyond them", () => {
  const curve = meanCurve([line([1, 1], [2, 2], [3, 3]), line([1, 5], [3, 1])], "loss");
  assert.deepEqual(curve.map(({ mean, n }) => [mean, n]), [[3, 2], [2.5, 2], [2, 2]]);
  const late = meanCurve([line([1, 1], [3, 3]), line([2, 4])], "loss");
  assert.deepEqual(late.map(({ mean, n }) => [mean, n]), [[1, 1], [3, 2], [3, 1]]);
  assert.deepEqual(meanCurve([[], line([1, 1])], "other"), []);
});

Deno.test("meanCurve() has at most 150 points, the last epoch among them", () => {
  const many = line(...Array.from({ length: 5000 }, (_, i) => [i + 1, i] as const));
  const curve = meanCurve([many, many], "loss");
  assert.equal(curve.length, 150);
  assert.deepEqual([curve[0]?.epoch, curve.at(-1)?.epoch], [1, 5000]);
});

Deno.test("curvePanels() show losses and the objective of the five best", () => {
  const { view } = reportedSweep(
    labFile({ hidden_width: [1, 2, 3, 4, 5, 6, 7] }, { replicates: 2 }),
    ({ hyperparameters }) => labMeasured(0.5 + Number(hyperparameters["hidden_width"]) / 100),
  );
  const panels = curvePanels(view);
  assert.deepEqual(panels.map(({ metric }) => metric), ["train_loss", "val_loss", "val_accuracy"]);
  assert.deepEqual(panels[0]?.curves.map(({ configuration }) => Number(configuration)), [
    6,
    5,
    4,
    3,
    2,
  ]);
  assert.match(panels[0]?.unit ?? "", /nats/);
});
