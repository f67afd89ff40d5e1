import assert from "node:assert/strict";
import { quartilesOf } from "./quartiles.ts";

Deno.test("quartilesOf() are those of NumPy's percentile(values, [25, 50, 75])", () => {
  const cases: readonly (readonly [readonly number[], readonly [number, number, number]])[] = [
    [[3], [3, 3, 3]],
    [[1, 2], [1.25, 1.5, 1.75]],
    [[0.81, 0.79, 0.83, 0.8], [0.7975, 0.805, 0.815]],
    [[5, 1, 4, 2, 3, 9, 7], [2.5, 4, 6]],
    [[-2.5, 0.1, 1e-3, 40, 7, 7], [0.02575, 3.55, 7]],
  ];
  for (const [values, expected] of cases) {
    const { low, median, high } = quartilesOf(values);
    assert.deepEqual([low, median, high].map((one) => Number(one.toFixed(10))), expected);
  }
  assert.throws(() => quartilesOf([]), { name: "RangeError" });
});
