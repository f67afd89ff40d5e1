import assert from "node:assert/strict";
import { pointsOf } from "../../tests/support/parameter_points.ts";
import { objectiveScale } from "./parameters_axes.ts";
import { bestTenth, parallelLines, thinned } from "./parallel_coordinates.ts";
import { ShownPoints } from "./shown_points.ts";

const METRIC = { name: "val_accuracy", goal: "maximize" } as const;

Deno.test("parallelLines() draws the best tenth last, and those without a number first", () => {
  const points = pointsOf([
    ...Array.from({ length: 11 }, (_, index) => [0.1, 8, 1 - index / 10] as const),
    [0.1, 8, null],
  ]);
  const objective = objectiveScale(METRIC, points);
  const { lines, total, best } = parallelLines(ShownPoints.all(points), { objective, limit: 500 });
  assert.equal(total, 12);
  assert.equal(best, 2);
  assert.deepEqual(lines.map(({ configuration }) => configuration), [
    11,
    10,
    9,
    8,
    7,
    6,
    5,
    4,
    3,
    2,
    1,
    0,
  ]);
  assert.deepEqual(lines.filter(({ isBest }) => isBest).map(({ configuration }) => configuration), [
    1,
    0,
  ]);
  assert.deepEqual(lines.map(({ step }) => step).slice(0, 2), [null, 0]);
  assert.equal(lines.at(-1)?.step, 9);
});

Deno.test("thinned() keeps the first half, and the rest evenly to its very end", () => {
  const items = Array.from({ length: 100 }, (_, index) => index);
  assert.deepEqual(thinned(items, 8), [0, 1, 2, 3, 4, 36, 67, 99]);
  assert.deepEqual(thinned(items, 1), [0]);
  assert.equal(thinned(items, 100), items);
});

Deno.test("bestTenth() is at least one of some, and none of none", () => {
  assert.deepEqual([0, 1, 10, 11, 320].map(bestTenth), [0, 1, 1, 2, 32]);
});
