import assert from "node:assert/strict";
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { bucketScale } from "./curve_buckets.ts";
import { groupCurve, groupTrials } from "./curve_groups.ts";

const sizes = (values: readonly ParameterValue[]) => {
  const { groups, total } = groupTrials(values.map((p) => ({ hyperparameters: { p } })), "p");
  return [groups.map(({ label, trials }) => `${label}: ${trials.length}`), total];
};

Deno.test("groupTrials() has a group for each value, in their order", () => {
  assert.deepEqual(sizes([10, 2, 10]), [["p 2: 1", "p 10: 2"], 2]);
  assert.deepEqual(sizes(["relu", "elu", "relu"]), [["p elu: 1", "p relu: 2"], 2]);
});

Deno.test("groupTrials() cuts many numbers into fifths, and takes the most frequent of many texts", () => {
  assert.deepEqual(sizes(Array.from({ length: 20 }, (_, index) => index)), [
    ["p 0 … 3: 4", "p 4 … 7: 4", "p 8 … 11: 4", "p 12 … 15: 4", "p 16 … 19: 4"],
    5,
  ]);
  const [labels, total] = sizes([..."abcdefghij", "j", "i"]);
  assert.equal(total, 10);
  assert.deepEqual(
    labels,
    ["a", "b", "c", "d", "e", "f", "i", "j"].map((text) =>
      `p ${text}: ${text === "i" || text === "j" ? 2 : 1}`
    ),
  );
});

Deno.test("groupCurve() takes the last value of each trial in a bucket: NumPy's quartiles of them", () => {
  const range = [0, 4] as const;
  const scale = bucketScale({ range, most: 3, isLog: false, quantum: 1 });
  const line = groupCurve([
    { x: [1, 2, 3, 4], y: [9, 1, 8, 5], smooth: null },
    { x: [1, 2, 3, 4], y: [9, 2, 8, 1], smooth: null },
    { x: [1, 2, 3], y: [9, 4, NaN], smooth: null },
  ], { range, scale });
  assert.deepEqual(line, {
    x: [2, 4],
    n: [3, 2],
    // percentile([1, 2, 4], [25, 50, 75]) and percentile([5, 1], [25, 50, 75])
    low: [1.5, 2],
    y: [2, 3],
    high: [3, 4],
    marks: [{ x: 3, n: 1 }],
    inRange: 10,
  });
});
