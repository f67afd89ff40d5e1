import assert from "node:assert/strict";
import { pointsOf, SPACE } from "../../tests/support/parameter_points.ts";
import { objectiveScale, parameterAxes, positionOn, stepOf } from "./parameters_axes.ts";

const METRIC = { name: "val_accuracy", goal: "maximize" } as const;

Deno.test("parameterAxes() has the space's scale, its choices in order, and what lies outside of it", () => {
  const points = pointsOf([[0.01, 8, 0.9], [2, 64, 0.8], [0.1, null, 0.7]]);
  assert.deepEqual(parameterAxes(SPACE, points), [
    { kind: "number", name: "lr", scale: "log", min: 0.001, max: 2, hasAbsent: false },
    { kind: "choices", name: "width", values: [8, 16, 32, 64], hasAbsent: true },
  ]);
});

Deno.test("parameterAxes() takes a normal parameter's ends from what was drawn", () => {
  const domain = { kind: "normal", scale: "linear", mean: 0, sd: 1 } as const;
  const [axis] = parameterAxes([{ name: "x", domain }], pointsOf([[-2, 0, 1], [3, 0, 0]]));
  assert.deepEqual(axis, {
    kind: "number",
    name: "x",
    scale: "linear",
    min: -2,
    max: 3,
    hasAbsent: false,
  });
});

Deno.test("positionOn() follows the axis' scale, and puts choices at equal distances", () => {
  const [lr, width] = parameterAxes(SPACE, []);
  assert.ok(lr !== undefined && width !== undefined);
  assert.ok(Math.abs((positionOn(lr, 0.01) ?? 0) - 1 / 3) < 1e-12);
  assert.equal(positionOn(width, 8), 1 / 6);
  assert.equal(positionOn(width, 32), 5 / 6);
  for (const value of [null, 999]) assert.equal(positionOn(width, value), null);
});

Deno.test("objectiveScale() ends at the outer fence, so that one hopeless value does not rule it", () => {
  // Quartiles of the losses −8 … −1 and 1000: −6 and −2, so the fence is at −2 + 3 × 4 = 10.
  const means = [8, 7, 6, 5, 4, 3, 2, 1, -1000];
  const scale = objectiveScale(METRIC, pointsOf(means.map((mean) => [0.1, 8, mean])));
  assert.deepEqual(scale, {
    metric: "val_accuracy",
    goal: "maximize",
    scale: "linear",
    min: 1,
    max: 8,
    beyond: 1,
  });
  assert.deepEqual([8, 4.6, 1, -1000].map((mean) => stepOf(scale, mean)), [9, 5, 0, 0]);
});

Deno.test("stepOf() is highest for the best, whichever way that is", () => {
  const points = pointsOf([[0.1, 8, 0.2], [0.1, 16, 0.4]]);
  const scale = objectiveScale({ name: "val_loss", goal: "minimize" }, points);
  assert.deepEqual([0.2, 0.4].map((mean) => stepOf(scale, mean)), [9, 0]);
});

Deno.test("objectiveScale() has a width for one value and for none", () => {
  const single = objectiveScale(METRIC, pointsOf([[0.1, 8, 0.5]]));
  assert.deepEqual([single.min, single.max], [0.45, 0.55]);
  const none = objectiveScale(METRIC, []);
  assert.ok(none.max > none.min);
});
