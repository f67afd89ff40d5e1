import assert from "node:assert/strict";
import { ColumnRanks } from "./column_ranks.ts";

Deno.test("ColumnRanks.placeOf() counts those that are better, whichever way that is", () => {
  const values = Float64Array.of(0.5, -Infinity, 0.9, 0.7, NaN, 0.9, Infinity);
  const up = new ColumnRanks(values, "maximize");
  assert.equal(up.size, 4);
  assert.deepEqual([0.9, 0.7, 0.5].map((value) => up.placeOf(value)), [
    { rank: 1, step: 10 },
    { rank: 3, step: 5 },
    { rank: 4, step: 3 },
  ]);
  const down = new ColumnRanks(values, "minimize");
  assert.deepEqual([0.5, 0.7, 0.9].map((value) => down.placeOf(value).rank), [1, 2, 3]);
  assert.equal(up.placeOf(0.8).rank, 3, "a number of another table has a place as well");
});

Deno.test("ColumnRanks.placeOf() shades a tenth of a hundred in each step, and nothing where all are equal", () => {
  const ranks = new ColumnRanks(Float64Array.from({ length: 100 }, (_, i) => i), "maximize");
  const steps = Array.from({ length: 100 }, (_, i) => ranks.placeOf(i).step);
  for (let step = 1; step <= 10; step++) {
    assert.equal(steps.filter((one) => one === step).length, 10, `step ${step}`);
  }
  assert.deepEqual(new ColumnRanks(Float64Array.of(2, 2, 2), "maximize").placeOf(2), {
    rank: 1,
    step: 0,
  });
});
