import assert from "node:assert/strict";
import { createRng } from "../rng.ts";
import { drawCounts, quantileOf, redrawCounts, shareInterval } from "./bootstrap.ts";

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}

Deno.test("drawCounts() draws as many points as there are, each as likely", () => {
  const rng = createRng(1);
  const counts = new Uint16Array(10);
  const totals = new Float64Array(10);
  for (let round = 0; round < 2_000; round++) {
    drawCounts(counts, rng);
    assert.equal(sum(counts), 10);
    counts.forEach((count, point) => totals[point] = totals[point]! + count);
  }
  // 2,000 are expected; the standard deviation is 42.
  assert.ok(totals.every((total) => Math.abs(total - 2_000) < 200), totals.join());
});

Deno.test("redrawCounts() draws only what was drawn", () => {
  const rng = createRng(2);
  const from = Uint16Array.of(0, 3, 0, 1, 0);
  const counts = new Uint16Array(5);
  const totals = new Float64Array(5);
  for (let round = 0; round < 1_000; round++) {
    redrawCounts(counts, { from, rng });
    assert.equal(sum(counts), 4);
    counts.forEach((count, point) => totals[point] = totals[point]! + count);
  }
  assert.deepEqual([totals[0], totals[2], totals[4]], [0, 0, 0]);
  // 3,000 are expected; the standard deviation is 27.
  assert.ok(Math.abs(totals[1]! - 3_000) < 150, totals.join());
});

Deno.test("quantileOf() is linear between neighbours", () => {
  const sorted = Float64Array.of(1, 2, 4, 8);
  assert.deepEqual([0, 1 / 3, 0.5, 1].map((p) => quantileOf(sorted, p)), [1, 2, 3, 8]);
});

Deno.test("shareInterval() reaches down to 0 for a share that resamples only enlarge", () => {
  const resampled = Float64Array.from({ length: 41 }, (_, place) => 0.02 + place / 1_000);
  const [lower, upper] = shareInterval(0.02, resampled);
  assert.equal(lower, 0);
  assert.ok(Math.abs(upper - 0.059) < 1e-12);
});
