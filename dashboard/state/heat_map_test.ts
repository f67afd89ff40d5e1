import assert from "node:assert/strict";
import { pointsOf, SPACE } from "../../tests/support/parameter_points.ts";
import type { CellStatistic } from "../client/parameters/parameters_model.ts";
import { heatMap, usualPair } from "./heat_map.ts";
import { parameterAxes } from "./parameters_axes.ts";
import { ShownPoints } from "./shown_points.ts";

const POINTS = pointsOf([
  [0.01, 8, 0.9],
  [0.01, 8, 0.7],
  [0.1, 8, 0.5],
  [0.1, 32, 0.3],
  [0.1, 32, null],
  [0.01, 32, null],
  [null, 32, 0.2],
]);
const AXES = parameterAxes(SPACE, POINTS);

function mapOf(statistic: CellStatistic, goal: "maximize" | "minimize" = "maximize") {
  const map = heatMap(ShownPoints.all(POINTS), {
    axes: AXES,
    x: "lr",
    y: "width",
    statistic,
    objective: { goal },
  });
  assert.ok(map !== null);
  return map;
}

Deno.test("heatMap() has a cell for each pair of values, the largest at the top, and counts all", () => {
  const map = mapOf("mean");
  assert.deepEqual(map.columns.map(({ label }) => label), ["0.01", "0.1"]);
  assert.deepEqual(map.rows.map(({ label }) => label), ["32", "16", "8"]);
  assert.deepEqual([map.counted, map.left], [6, 1]);
  assert.deepEqual(map.cells, [
    [
      { n: 0, diverged: 1, value: null, step: null },
      { n: 1, diverged: 1, value: 0.3, step: 0 },
    ],
    [
      { n: 0, diverged: 0, value: null, step: null },
      { n: 0, diverged: 0, value: null, step: null },
    ],
    [
      { n: 2, diverged: 0, value: 0.8, step: 9 },
      { n: 1, diverged: 0, value: 0.5, step: 4 },
    ],
  ]);
});

Deno.test("heatMap() tells the best, the number and the spread of a cell", () => {
  const corner = (statistic: CellStatistic, goal?: "minimize") =>
    mapOf(statistic, goal).cells[2]?.[0]?.value;
  assert.equal(corner("best"), 0.9);
  assert.equal(corner("best", "minimize"), 0.7);
  assert.equal(corner("count"), 2);
  // Of 0.9 and 0.7 around 0.8, with n − 1 = 1.
  assert.ok(Math.abs((corner("sd") ?? 0) - Math.sqrt(0.02)) < 1e-12);
  assert.equal(mapOf("sd").cells[2]?.[1]?.value, null);
  assert.equal(mapOf("count").cells[0]?.[1]?.value, 2, "a diverged one counts");
  assert.equal(mapOf("mean", "minimize").cells[2]?.[0]?.step, 0, "larger is worse");
});

Deno.test("heatMap() cuts many numbers at equal distances of a logarithmic axis", () => {
  const rates = Array.from({ length: 100 }, (_, index) => 10 ** (-3 + index * 0.03));
  const points = pointsOf(rates.map((lr) => [lr, 8, lr]));
  const axes = parameterAxes(SPACE, points);
  const map = heatMap(ShownPoints.all(points), {
    axes,
    x: "lr",
    y: "width",
    statistic: "count",
    objective: { goal: "maximize" },
  });
  assert.equal(map?.columns.length, 8);
  assert.equal(map?.columns[0]?.label, "0.001 to 0.00237");
  const row = map?.cells.at(-1)?.map(({ value }) => value ?? 0) ?? [];
  assert.equal(row.reduce((sum, count) => sum + count, 0), 100);
  assert.ok(row.every((count) => count === 12 || count === 13), String(row));
});

Deno.test("heatMap() takes neighbouring choices together when there are too many", () => {
  const values = Array.from({ length: 30 }, (_, index) => `choice ${index}`);
  const space = [...SPACE, { name: "kind", domain: { kind: "values", values } } as const];
  const points = pointsOf([[0.1, 8, 0.5]]).map((point) => ({
    ...point,
    values: [...point.values, "choice 4"],
  }));
  const map = heatMap(ShownPoints.all(points), {
    axes: parameterAxes(space, points),
    x: "kind",
    y: "lr",
    statistic: "count",
    objective: { goal: "maximize" },
  });
  assert.equal(map?.columns.length, 10);
  assert.equal(map?.columns[1]?.label, "choice 3 … choice 5");
  assert.equal(map?.cells[0]?.[1]?.value, 1);
});

Deno.test("usualPair() is learning rate by width where both vary, else what matters most", () => {
  const axes = (names: readonly string[]) =>
    names.map((name) => ({ kind: "choices", name, values: [1, 2], hasAbsent: false }) as const);
  assert.deepEqual(usualPair(axes(["depth", "hidden_width", "lr"]), ["depth"]), [
    "lr",
    "hidden_width",
  ]);
  assert.deepEqual(usualPair(axes(["a", "b", "lr"]), ["b", "lr", "a"]), ["b", "lr"]);
  assert.equal(usualPair(axes(["lr"]), ["lr"]), null);
});
