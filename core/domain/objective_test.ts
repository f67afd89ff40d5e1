import assert from "node:assert/strict";
import fc from "fast-check";
import { compareObjectives, type Goal, objectiveValue } from "./objective.ts";

const goals: readonly Goal[] = ["maximize", "minimize"];

Deno.test("objectiveValue() takes non-finite numbers as divergence", () => {
  assert.deepEqual(objectiveValue(0.5), { kind: "finite", value: 0.5 });
  for (const value of [NaN, Infinity, -Infinity]) {
    assert.deepEqual(objectiveValue(value), { kind: "diverged" });
  }
});

Deno.test("compareObjectives() sorts best first in both directions, diverged ones last", () => {
  const values = [3, NaN, 1, 2, Infinity].map(objectiveValue);
  const sorted = (goal: Goal): (number | null)[] =>
    values.toSorted((a, b) => compareObjectives(a, b, goal))
      .map((objective) => objective.kind === "finite" ? objective.value : null);
  assert.deepEqual(sorted("maximize"), [3, 2, 1, null, null]);
  assert.deepEqual(sorted("minimize"), [1, 2, 3, null, null]);
});

Deno.test("compareObjectives() is a consistent order", () => {
  const value = fc.double().map(objectiveValue);
  fc.assert(fc.property(value, value, value, fc.constantFrom(...goals), (a, b, c, goal) => {
    const sign = (x: number): number => Math.sign(x) + 0;
    const ab = compareObjectives(a, b, goal);
    assert.equal(compareObjectives(a, a, goal), 0);
    assert.equal(sign(ab), sign(0 - compareObjectives(b, a, goal)));
    if (ab <= 0 && compareObjectives(b, c, goal) <= 0) {
      assert.ok(compareObjectives(a, c, goal) <= 0);
    }
  }));
});
