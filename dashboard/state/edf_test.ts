import assert from "node:assert/strict";
import { pointsOf } from "../../tests/support/parameter_points.ts";
import { objectiveDistribution } from "./edf.ts";
import { ShownPoints } from "./shown_points.ts";

Deno.test("objectiveDistribution() is the share of configurations that are at most a value", () => {
  const points = pointsOf([[0, 0, 0.9], [0, 0, 0.5], [0, 0, 0.5], [0, 0, null]]);
  // What diverged lies below everything where larger is better.
  assert.deepEqual(objectiveDistribution(ShownPoints.all(points), "maximize").steps, [
    [0.5, 0.25],
    [0.5, 0.5],
    [0.5, 0.75],
    [0.9, 1],
  ]);
  // And above everything where smaller is.
  assert.deepEqual(objectiveDistribution(ShownPoints.all(points), "minimize").steps, [
    [0.5, 0],
    [0.5, 0.25],
    [0.5, 0.5],
    [0.9, 0.75],
  ]);
});

Deno.test("objectiveDistribution() tells what the best so many per cent reach", () => {
  const points = pointsOf([
    ...Array.from({ length: 18 }, (_, index) => [0, 0, index + 1] as const),
    [0, 0, null],
    [0, 0, null],
  ]);
  const reached = (goal: "maximize" | "minimize") =>
    Object.fromEntries(objectiveDistribution(ShownPoints.all(points), goal).quantiles);
  assert.deepEqual(reached("maximize"), { 1: 18, 5: 18, 10: 17, 25: 14, 50: 9, 75: 4, 90: 1 });
  assert.deepEqual(reached("minimize"), { 1: 1, 5: 1, 10: 2, 25: 5, 50: 10, 75: 15, 90: 18 });
});

Deno.test("objectiveDistribution() has at most 200 steps, which are exact where they are", () => {
  const points = pointsOf(Array.from({ length: 1_000 }, (_, index) => [0, 0, index + 1] as const));
  const { steps, isThinned, n } = objectiveDistribution(ShownPoints.all(points), "maximize");
  assert.equal(steps.length, 201);
  assert.equal(isThinned, true);
  assert.equal(n, 1_000);
  for (const [value, share] of steps.slice(1)) assert.equal(value / 1_000, share);
});

Deno.test("objectiveDistribution() of nothing is empty", () => {
  const { steps, n, quantiles } = objectiveDistribution(ShownPoints.all([]), "maximize");
  assert.deepEqual([steps, n, quantiles], [[], 0, []]);
});
