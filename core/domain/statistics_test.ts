import assert from "node:assert/strict";
import { estimateMean, estimateShare } from "./statistics.ts";

function close(actual: number | undefined, expected: number, tolerance: number): void {
  assert.ok(Math.abs((actual ?? NaN) - expected) <= tolerance, `${actual} is not ${expected}`);
}

Deno.test("estimateMean() gives the t interval of a small sample", () => {
  // 2, 4, 4, 5, 5, 7, 9 by hand: mean 36/7, variance (216 − 1296/7)/6.
  const estimate = estimateMean([2, 4, 4, 5, 5, 7, 9]);
  close(estimate.mean, 36 / 7, 1e-12);
  const sd = Math.sqrt((216 - 1296 / 7) / 6);
  close(estimate.sd ?? NaN, sd, 1e-12);
  close(estimate.ci95?.[0], 36 / 7 - 2.446912 * sd / Math.sqrt(7), 1e-5);
});

Deno.test("estimateMean() claims no interval for one value", () => {
  assert.deepEqual(estimateMean([3]), { mean: 3, sd: null, n: 1, ci95: null, estimator: "none" });
  assert.throws(() => estimateMean([]), RangeError);
});

Deno.test("estimateShare() equals Wilson's interval of a published example", () => {
  // Newcombe (1998), table I, method 3: 81/263 gives 0.2553 to 0.3662.
  const estimate = estimateShare(81 / 263, 263);
  close(estimate.ci95?.[0], 0.2553, 5e-5);
  close(estimate.ci95?.[1], 0.3662, 5e-5);
  close(estimateShare(0, 20).ci95?.[0], 0, 1e-12);
});

Deno.test("estimateMean() of finite values is finite, whatever their sum", () => {
  const { mean, sd } = estimateMean([Number.MAX_VALUE, Number.MAX_VALUE, Number.MAX_VALUE]);
  assert.ok(mean > 1.79e308 && mean < Infinity);
  assert.equal(estimateMean([1e308, 1e308, -1e308, 0]).mean, 2.5e307);
  assert.ok(sd !== null && Number.isFinite(sd));
  assert.equal(estimateMean([1, Infinity]).mean, Infinity);
});
