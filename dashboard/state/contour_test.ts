import assert from "node:assert/strict";
import type { ParameterAxis } from "../client/parameters/parameters_model.ts";
import { pointsOf, SPACE } from "../../tests/support/parameter_points.ts";
import { contourMap } from "./contour.ts";
import { numericAxis, parameterAxes } from "./parameters_axes.ts";
import { ShownPoints } from "./shown_points.ts";

const OBJECTIVE = { goal: "maximize" } as const;

Deno.test("contourMap() has a surface of all that have a number, and hatches where nothing is", () => {
  const points = pointsOf([
    [0.001, 8, 0.9],
    [0.002, 8, 0.8],
    [0.001, 16, 0.7],
    [0.002, 16, 0.6],
    [1, 32, null],
    [null, 32, 0.5],
  ]);
  const axes = parameterAxes(SPACE, points);
  const map = contourMap(ShownPoints.all(points), {
    axes,
    x: "lr",
    y: "width",
    objective: OBJECTIVE,
  });
  assert.deepEqual([map?.n, map?.left, map?.points.length], [4, 2, 4]);
  assert.ok(map!.range![0] >= 0.6 && map!.range![1] <= 0.9);
  assert.deepEqual(map?.points[0], { trial: 0, x: 0, y: 0, mean: 0.9 });
  assert.notEqual(map?.gaps, "", "the right half");
  assert.deepEqual(map?.bands.map(({ step }) => step).sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.ok(map!.levels.every(({ level }) => level >= map!.range![0] && level <= map!.range![1]));
  assert.doesNotMatch(JSON.stringify(map), /NaN|Infinity/);
});

Deno.test("contourMap() draws nothing from too few points, and is none of what has no numbers", () => {
  const points = pointsOf([[0.1, 8, 0.9], [0.2, 8, 0.8]]);
  const axes = parameterAxes(SPACE, points);
  const few = contourMap(ShownPoints.all(points), {
    axes,
    x: "lr",
    y: "width",
    objective: OBJECTIVE,
  });
  assert.deepEqual([few?.n, few?.range, few?.bands], [2, null, []]);
  const words: ParameterAxis = { kind: "choices", name: "w", values: ["a", 1], hasAbsent: false };
  for (const pair of [["lr", "w"], ["lr", "lr"], ["lr", "nothing"]] as const) {
    const [x, y] = pair;
    const all: readonly ParameterAxis[] = [...axes, words];
    assert.equal(
      contourMap(ShownPoints.all(points), { axes: all, x, y, objective: OBJECTIVE }),
      null,
      pair.join(),
    );
  }
});

Deno.test("numericAxis() puts choices that grow by factors on a logarithmic scale", () => {
  const axisOf = (values: readonly number[]): ParameterAxis | null =>
    numericAxis({ kind: "choices", name: "w", values, hasAbsent: false });
  assert.deepEqual(axisOf([8, 16, 64]), {
    kind: "number",
    name: "w",
    scale: "log",
    min: 8,
    max: 64,
    hasAbsent: false,
  });
  for (const values of [[1, 2, 3], [0, 100]]) {
    const axis = axisOf(values);
    assert.equal(axis?.kind === "number" && axis.scale, "linear");
  }
  assert.equal(axisOf([5]), null);
});
