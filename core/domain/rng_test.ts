import assert from "node:assert/strict";
import fc from "fast-check";
import { createRng, permutation } from "./rng.ts";

function draw<T>(length: number, next: () => T): T[] {
  return Array.from({ length }, next);
}

// A change of these values changes every sweep that anybody has run: it needs a new major version.
Deno.test("createRng() gives the same stream on every machine, for ever", () => {
  assert.deepEqual(draw(4, createRng(1, "data", 3).uint32), [
    1420605838,
    1990025671,
    2691411841,
    3170266642,
  ]);
  assert.deepEqual(draw(3, createRng(0).uniform), [
    0.8170795973651003,
    0.1332370069142571,
    0.24469071923868502,
  ]);
  assert.deepEqual([...permutation(createRng(42, "order"), 8)], [7, 2, 6, 1, 4, 0, 5, 3]);
});

Deno.test("createRng() gives unrelated streams to names that differ a little", () => {
  const names = [[1], [2], [1, "a"], [1, "b"], [1, 1], [1, "1"], [11], [1, "a", 0], [1, "a", 1]];
  const heads = names.map(([seed = 0, ...labels]) => {
    return draw(2, createRng(Number(seed), ...labels).uint32).join();
  });
  assert.equal(new Set(heads).size, names.length);
});

Deno.test("Rng.uniform() lies in [0, 1) with the moments of the uniform distribution", () => {
  const values = draw(100_000, createRng(7, "uniform").uniform);
  assert.ok(values.every((value) => value >= 0 && value < 1));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  // Five standard errors of 1/2 and of 1/3.
  assert.ok(Math.abs(mean - 1 / 2) < 5 * Math.sqrt(1 / 12 / values.length), `mean ${mean}`);
  assert.ok(Math.abs(square - 1 / 3) < 5 * Math.sqrt(4 / 45 / values.length), `square ${square}`);
});

Deno.test("Rng.uniform() is uniform over the first draws of neighbouring names", () => {
  // Counter-based use draws once per name: the names must not show in the draws.
  const bins = new Array<number>(16).fill(0);
  const n = 16_000;
  for (let i = 0; i < n; i++) {
    const bin = Math.floor(createRng(1, "sampler", i).uniform() * bins.length);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const share = n / bins.length;
  const chiSquare = bins.reduce((sum, count) => sum + (count - share) ** 2 / share, 0);
  assert.ok(chiSquare < 44.3, `chi-square ${chiSquare}`); // 0.9999 quantile at 15 degrees
});

Deno.test("Rng.below() is uniform below a bound that is no power of two", () => {
  const rng = createRng(3, "below");
  const bins = new Array<number>(6).fill(0);
  const n = 60_000;
  for (let i = 0; i < n; i++) {
    const value = rng.below(6);
    bins[value] = (bins[value] ?? 0) + 1;
  }
  const chiSquare = bins.reduce((sum, count) => sum + (count - n / 6) ** 2 / (n / 6), 0);
  assert.equal(bins.length, 6);
  assert.ok(chiSquare < 25.7, `chi-square ${chiSquare}`); // 0.9999 quantile at 5 degrees
});

Deno.test("Rng.below() stays below its bound, and refuses bounds that it cannot serve", () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, bound) => {
    const value = createRng(seed).below(bound);
    assert.ok(Number.isInteger(value) && value >= 0 && value < bound);
  }));
  for (const bound of [0, -1, 1.5, NaN, Infinity, 2 ** 32 + 1]) {
    assert.throws(() => createRng(1).below(bound), RangeError);
  }
});

Deno.test("Rng.normal() has the moments and the tails of the normal distribution", () => {
  const values = draw(100_000, createRng(5, "normal").normal);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  const outer = values.filter((value) => Math.abs(value) > 1.959964).length / values.length;
  assert.ok(Math.abs(mean) < 5 * Math.sqrt(1 / values.length), `mean ${mean}`);
  assert.ok(Math.abs(variance - 1) < 5 * Math.sqrt(2 / values.length), `variance ${variance}`);
  assert.ok(Math.abs(outer - 0.05) < 5 * Math.sqrt(0.05 * 0.95 / values.length), `tails ${outer}`);
});

Deno.test("permutation() holds every index once", () => {
  fc.assert(fc.property(fc.integer(), fc.nat(200), (seed, length) => {
    const order = permutation(createRng(seed, "order"), length);
    assert.deepEqual([...order].sort((a, b) => a - b), Array.from({ length }, (_, i) => i));
  }));
});

Deno.test("permutation() gives all orders of three equally often", () => {
  const counts = new Map<string, number>();
  const n = 12_000;
  for (let i = 0; i < n; i++) {
    const order = permutation(createRng(9, i), 3).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  const share = n / 6;
  const chiSquare = [...counts.values()].reduce((sum, c) => sum + (c - share) ** 2 / share, 0);
  assert.equal(counts.size, 6);
  assert.ok(chiSquare < 25.7, `chi-square ${chiSquare}`);
});

Deno.test("permutation() refuses lengths that are no counts", () => {
  for (const length of [-1, 0.5, NaN]) {
    assert.throws(() => permutation(createRng(1), length), RangeError);
  }
});
