import assert from "node:assert/strict";
import { debiasedAverage } from "./smoothing.ts";

function rounded(values: readonly number[]): readonly number[] {
  return values.map((value) => Number(value.toFixed(12)));
}

Deno.test("debiasedAverage() is TensorBoard's, by hand", () => {
  // s = 0.5, 1.75, 1.875, 3.4375 over 1 - 0.5^t = 0.5, 0.75, 0.875, 0.9375.
  assert.deepEqual(
    rounded(debiasedAverage([1, 3, 2, 5], 0.5)),
    rounded([1, 7 / 3, 15 / 7, 11 / 3]),
  );
  // s = 1, 0.9, 0.81 over 0.1, 0.19, 0.271.
  assert.deepEqual(rounded(debiasedAverage([10, 0, 0], 0.9)), rounded([10, 90 / 19, 810 / 271]));
});

Deno.test("debiasedAverage() leaves constants alone, and goes on after what is not finite", () => {
  assert.deepEqual(rounded(debiasedAverage([4, 4, 4], 0.99)), [4, 4, 4]);
  assert.deepEqual(debiasedAverage([1, NaN, 3, Infinity], 0.5).map((value) => value.toFixed(4)), [
    "1.0000",
    "NaN",
    "2.3333",
    "Infinity",
  ]);
  assert.deepEqual(debiasedAverage([3, 1, 2], 0), [3, 1, 2]);
});
