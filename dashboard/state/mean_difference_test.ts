import assert from "node:assert/strict";
import { meanDifference } from "./mean_difference.ts";

Deno.test("meanDifference() has Welch's interval, its degrees of freedom rounded down", () => {
  // Variances 1 and 4, so a squared error of 5/3 with 50/17 degrees of freedom; t(0.975; 2) = 4.302653.
  const found = meanDifference([1, 2, 3], [2, 4, 6]);
  assert.ok(found !== null && found.ci95 !== null);
  assert.equal(found.value, -2);
  assert.deepEqual(found.n, [3, 3]);
  const half = 4.302653 * Math.sqrt(5 / 3);
  assert.ok(Math.abs(found.ci95[0] - (-2 - half)) < 1e-5);
  assert.ok(Math.abs(found.ci95[1] - (-2 + half)) < 1e-5);
});

Deno.test("meanDifference() claims no interval of single runs, and nothing of none", () => {
  assert.deepEqual(meanDifference([0.75], [0.5, 0.5]), { value: 0.25, ci95: null, n: [1, 2] });
  assert.equal(meanDifference([], [1]), null);
  assert.deepEqual(meanDifference([1, 1], [2, 2])?.ci95, [-1, -1]);
});

Deno.test("meanDifference() claims no interval where the variance is beyond numbers", () => {
  const found = meanDifference([1e200, -1e200], [1, 2]);
  assert.deepEqual(found, { value: -1.5, ci95: null, n: [2, 2] });
});
