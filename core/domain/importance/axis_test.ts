import assert from "node:assert/strict";
import { axisOf, cellReader, unitReader } from "./axis.ts";
import type { ParameterDomain } from "../search_space.ts";

function cellsOf(domain: ParameterDomain, values: readonly (number | string | boolean)[]) {
  const axis = axisOf(domain, values);
  return { axis, cells: values.map(cellReader(axis)), units: values.map(unitReader(axis)) };
}

Deno.test("axisOf() has nothing to vary where one value was seen, or one is possible", () => {
  const float = { kind: "float", scale: "linear", min: 0, max: 1 } as const;
  assert.equal(axisOf(float, [0.5, 0.5]).kind, "constant");
  assert.equal(axisOf(float, []).kind, "constant");
  assert.equal(axisOf({ ...float, max: 0 }, [0, 0.1]).kind, "constant");
  assert.equal(axisOf({ kind: "values", values: [3] }, [3, 4]).kind, "constant");
});

Deno.test("axisOf() gives a grid as many points as there are values, at most 50", () => {
  const sizes = ([
    [{ kind: "float", scale: "log", min: 1e-4, max: 1 }, 50],
    [{ kind: "float", scale: "linear", min: 0, max: 1, step: 0.1 }, 11],
    [{ kind: "int", scale: "linear", min: 1, max: 6 }, 6],
    [{ kind: "int", scale: "linear", min: 0, max: 1000 }, 50],
    [{ kind: "int", scale: "linear", min: 0, max: 1000, step: 250 }, 5],
    [{ kind: "int", scale: "log", min: 16, max: 512 }, 10],
    [{ kind: "normal", scale: "linear", mean: 0, sd: 1 }, 50],
  ] as const).map(([domain, cells]) => [axisOf(domain, [1, 2]), cells] as const);
  for (const [axis, cells] of sizes) {
    assert.ok(axis.kind === "numeric");
    assert.equal(axis.cells, cells);
  }
});

Deno.test("cellReader() takes the nearest point of the grid, on the scale, and clips", () => {
  const linear = cellsOf({ kind: "int", scale: "linear", min: 1, max: 5 }, [1, 3, 5, 0, 99]);
  assert.deepEqual(linear.cells, [0, 2, 4, 0, 4]);
  const log = cellsOf({ kind: "float", scale: "log", min: 1e-4, max: 1 }, [1e-4, 1e-2, 1]);
  assert.deepEqual(log.cells, [0, 24, 49]);
});

Deno.test("cellReader() spans a grid over what was seen of a normal distribution", () => {
  const domain = { kind: "normal", scale: "log", mean: 0, sd: 1 } as const;
  assert.deepEqual(cellsOf(domain, [0.01, 1, 100]).cells, [0, 24, 49]);
});

Deno.test("cellReader() and unitReader() know choices by their places, and absent ones not at all", () => {
  const axis = axisOf({ kind: "values", values: ["a", 1, true] }, ["a", 1]);
  for (const read of [cellReader(axis), unitReader(axis)]) {
    assert.deepEqual(["a", 1, true, "1", undefined].map(read), [0, 1, 2, NaN, NaN]);
  }
});

Deno.test("unitReader() makes equal lengths equally likely", () => {
  const log = cellsOf({ kind: "float", scale: "log", min: 0.01, max: 1 }, [0.01, 0.1, 1]).units;
  [0, 0.5, 1].forEach((u, place) => assert.ok(Math.abs((log[place] ?? NaN) - u) < 1e-12));
  const int = cellsOf({ kind: "int", scale: "linear", min: 1, max: 4 }, [1, 2, 4]).units;
  assert.deepEqual(int, [0.125, 0.375, 0.875]);
  const [median] = cellsOf({ kind: "normal", scale: "linear", mean: 3, sd: 2 }, [3, 5]).units;
  assert.equal(median, 0.5);
});
