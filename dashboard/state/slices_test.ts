import assert from "node:assert/strict";
import { pointsOf, SPACE } from "../../tests/support/parameter_points.ts";
import { parameterAxes } from "./parameters_axes.ts";
import { slices } from "./slices.ts";
import { ShownPoints } from "./shown_points.ts";

Deno.test("slices() has the configurations with a number that have the parameter, and their groups", () => {
  const points = pointsOf([
    [0.01, 8, 0.9],
    [null, 8, 0.7],
    [0.1, 16, 0.5],
    [0.1, 32, null],
  ]);
  const [lr, width] = slices(ShownPoints.all(points), {
    axes: parameterAxes(SPACE, points),
    goal: "maximize",
  });
  assert.deepEqual(lr?.points.map(({ value, isBest }) => [value, isBest]), [[0.01, true], [
    0.1,
    false,
  ]]);
  assert.equal(lr?.total, 2);
  assert.deepEqual(width?.bins, [
    { label: "8", n: 2, mean: 0.8, best: 0.9 },
    { label: "16", n: 1, mean: 0.5, best: 0.5 },
    { label: "32", n: 0, mean: null, best: null },
  ]);
});

Deno.test("slices() groups all points though it draws some, and knows that less may be better", () => {
  const points = pointsOf(Array.from({ length: 1_200 }, (_, index) => [0.1, 8, index] as const));
  const [, width] = slices(ShownPoints.all(points), {
    axes: parameterAxes(SPACE, points),
    goal: "minimize",
  });
  assert.equal(width?.points.length, 500);
  assert.equal(width?.total, 1_200);
  assert.deepEqual(width?.bins[0], { label: "8", n: 1_200, mean: 599.5, best: 0 });
});
