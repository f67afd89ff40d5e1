import assert from "node:assert/strict";
import { pointsOf, SPACE } from "../../tests/support/parameter_points.ts";
import { RequestError } from "../problem.ts";
import { filterPoints, parseParameterFilter } from "./parameters_filter.ts";

const POINTS = pointsOf([
  [0.01, 8, 0.9],
  [0.1, 16, 0.8],
  [0.5, 8, 0.7],
  [null, 32, 0.6],
  [0.9, 32, null],
]);

function shown(query: string): readonly number[] {
  const filter = parseParameterFilter(new URLSearchParams(query), SPACE);
  return [...filterPoints(POINTS, filter, { space: SPACE }).rows];
}

Deno.test("filterPoints() lets everything with a result through unless it is told otherwise", () => {
  assert.deepEqual(shown(""), [0, 1, 2, 3, 4]);
  assert.deepEqual(shown("min=&max=&state="), [0, 1, 2, 3, 4]);
  assert.throws(
    () => shown("state=failed&state=nonsense"),
    /Cannot show trials that are "nonsense"/,
  );
  assert.deepEqual(shown("state=running"), [], "no trial that runs has a result");
  assert.deepEqual(shown("state=diverged"), [4]);
  assert.deepEqual(shown("state=completed&state=pruned"), [0, 1, 2, 3]);
});

Deno.test("filterPoints() keeps what is between the ends, of the objective and of parameters", () => {
  assert.deepEqual(shown("min=0.7"), [0, 1, 2]);
  assert.deepEqual(shown("max=0.7"), [2, 3]);
  assert.deepEqual(shown("min.lr=0.1"), [1, 2, 4]);
  assert.deepEqual(shown("min.lr=0.1&max.lr=0.5&is.width=8"), [2]);
  assert.deepEqual(shown("is.width=8&is.width=16"), [0, 1, 2]);
  assert.deepEqual(shown("min.other=3"), [0, 1, 2, 3, 4]);
});

Deno.test("filterPoints() takes the best so many per cent of what else is shown, at least one", () => {
  assert.deepEqual(shown("top=50"), [0, 1]);
  assert.deepEqual(shown("top=1"), [0]);
  assert.deepEqual(shown("top=50&max=0.8"), [1, 2]);
});

Deno.test("parseParameterFilter() refuses what is no number", () => {
  for (const query of ["min=x", "max.lr=1e999", "top=0", "top=101"]) {
    assert.throws(() => shown(query), RequestError, query);
  }
});
