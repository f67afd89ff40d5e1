import assert from "node:assert/strict";
import fc from "fast-check";
import { holm } from "./holm.ts";
import { comparePaired } from "./paired_comparison.ts";
import { morePairsAt, replicatesNeeded } from "./replicates_needed.ts";
import { selectionEffect } from "./selection_effect.ts";
import { signFlipTest } from "./sign_flip.ts";
import { studentQuantile, studentTwoSided } from "./student_t.ts";

/** Cross- minus self-fertilised maize in eighths of an inch: Darwin's, in Fisher (1935), §17. */
const MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

function close(actual: number | undefined, expected: number, tolerance: number): void {
  assert.ok(Math.abs((actual ?? NaN) - expected) <= tolerance, `${actual} is not ${expected}`);
}

function byReplicate(values: readonly number[]): ReadonlyMap<number, number> {
  return new Map(values.entries());
}

Deno.test("studentQuantile() equals the published table", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2.
  const table: readonly (readonly [number, number, number])[] = [
    [0.9, 1, 3.078],
    [0.9, 8, 1.397],
    [0.95, 2, 2.92],
    [0.95, 30, 1.697],
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 3, 3.182],
    [0.975, 9, 2.262],
    [0.975, 10, 2.228],
    [0.975, 19, 2.093],
    [0.975, 100, 1.984],
    [0.99, 5, 3.365],
    [0.999, 4, 7.173],
  ];
  for (const [probability, degrees, quantile] of table) {
    close(studentQuantile(probability, degrees), quantile, 6e-4);
  }
  assert.throws(() => studentQuantile(0.975, 0), RangeError);
  assert.throws(() => studentQuantile(1, 3), RangeError);
});

Deno.test("studentTwoSided() is the inverse of the quantile", () => {
  fc.assert(fc.property(
    fc.double({ min: 0.501, max: 0.9999, noNaN: true }),
    fc.integer({ min: 1, max: 200 }),
    (probability, degrees) => {
      const t = studentQuantile(probability, degrees);
      close(studentTwoSided(t, degrees), 2 * (1 - probability), 1e-9);
    },
  ));
  assert.equal(studentTwoSided(0, 5), 1);
  assert.equal(studentTwoSided(Infinity, 5), 0);
});

Deno.test("signFlipTest() equals Fisher's count for Darwin's maize", () => {
  // Fisher (1935), §21: 863 of the 32,768 patterns sum to at least 314, as many to at most −314.
  assert.equal(signFlipTest(MAIZE), 2 * 863 / 32_768);
});

Deno.test("signFlipTest() equals the enumeration of all patterns", () => {
  const differences = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 9 });
  fc.assert(fc.property(differences, (values) => {
    const observed = Math.abs(values.reduce((sum, value) => sum + value, 0));
    let extreme = 0;
    for (let pattern = 0; pattern < 2 ** values.length; pattern++) {
      const sum = values.reduce((total, v, i) => total + ((pattern >> i) & 1 ? -v : v), 0);
      if (Math.abs(sum) >= observed) extreme++;
    }
    assert.equal(signFlipTest(values), extreme / 2 ** values.length);
  }));
});

/** All 2ⁿ patterns, by how many of them have each sum: the distribution as Fisher tabulated it. */
function patternsBySum(differences: readonly number[]): ReadonlyMap<number, number> {
  let patterns = new Map([[0, 1]]);
  for (const difference of differences) {
    const next = new Map<number, number>();
    for (const [sum, count] of patterns) {
      next.set(sum + difference, (next.get(sum + difference) ?? 0) + count);
      next.set(sum - difference, (next.get(sum - difference) ?? 0) + count);
    }
    patterns = next;
  }
  return patterns;
}

Deno.test("signFlipTest() equals the distribution of sums of up to 16 differences, scaled or not", () => {
  const differences = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 16 });
  fc.assert(fc.property(differences, fc.constantFrom(1, 0.1, 1 / 300), (values, unit) => {
    const observed = Math.abs(values.reduce((sum, value) => sum + value, 0));
    const extreme = [...patternsBySum(values)].reduce(
      (total, [sum, count]) => Math.abs(sum) >= observed ? total + count : total,
      0,
    );
    // Multiplied by 1/300 equal sums differ by rounding, and are equal all the same.
    assert.equal(signFlipTest(values.map((value) => value * unit)), extreme / 2 ** values.length);
  }));
});

Deno.test("comparePaired() gives the published t of Darwin's maize", () => {
  const zeros = byReplicate(MAIZE.map(() => 0));
  const comparison = comparePaired(byReplicate(MAIZE), zeros);
  // t = 2.148 with 14 degrees of freedom, p = 0.0497; the 95 % interval is 0.03 to 41.84.
  close(comparison?.meanDifference, 314 / 15, 1e-12);
  close(comparison?.pairedT.t, 2.148, 5e-4);
  close(comparison?.pairedT.p, 0.0497, 5e-5);
  close(comparison?.ci95[0], 0.03, 5e-3);
  close(comparison?.ci95[1], 41.84, 5e-3);
  close(comparison?.effectSize ?? NaN, 2.148 / Math.sqrt(15), 1e-3);
  assert.equal(comparison?.estimator, "exact sign-flip");
  assert.equal(comparison?.n, 15);
});

Deno.test("comparePaired() pairs by replicate, and needs two pairs", () => {
  const a = new Map([[0, 1], [1, 2], [5, 9]]);
  const b = new Map([[1, 1], [0, 0.5], [7, 3]]);
  const comparison = comparePaired(a, b);
  assert.equal(comparison?.n, 2);
  close(comparison?.meanDifference, 0.75, 1e-12);
  assert.equal(comparison?.estimator, "paired t");
  assert.equal(comparePaired(a, new Map([[0, 1]])), null);
});

Deno.test("comparePaired() takes equal results for no difference", () => {
  const a = byReplicate([1, 2, 3]);
  assert.equal(comparePaired(a, a)?.p, 1);
  assert.equal(comparePaired(a, a)?.effectSize, null);
});

Deno.test("comparePaired() decides equal differences by their signs: a t test would be certain of them", () => {
  // All of n signs alike: 2 of the 2ⁿ patterns are as extreme.
  const cases: readonly (readonly [number, number])[] = [[2, 1 / 2], [3, 1 / 4], [6, 1 / 32], [
    20,
    2 ** -19,
  ]];
  for (const [n, p] of cases) {
    const a = byReplicate(Array.from({ length: n }, (_, i) => 1 + i));
    const b = byReplicate(Array.from({ length: n }, (_, i) => i));
    for (const comparisons of [1, 1000]) {
      const comparison = comparePaired(b, a, { comparisons });
      assert.deepEqual([comparison?.p, comparison?.estimator], [p, "exact sign-flip"]);
      assert.deepEqual([comparison?.pairedT.p, comparison?.effectSize], [0, null]);
    }
  }
  // One image of 300 each time, but 0.7 − 0.69666… is not 0.8 − 0.79666… to the last bit.
  const counted = comparePaired(
    byReplicate([210 / 300, 240 / 300, 246 / 300]),
    byReplicate([209 / 300, 239 / 300, 245 / 300]),
  );
  assert.ok(counted !== null && counted.sd > 0);
  assert.deepEqual([counted.p, counted.effectSize], [1 / 4, null]);
});

Deno.test("morePairsAt() counts the signs that would tell equal differences", () => {
  // 2/2ⁿ <= 0.05 from n = 6, <= 0.05/19 from n = 10.
  const alike = { meanDifference: -0.01, effectSize: null };
  assert.equal(morePairsAt(0.05)({ ...alike, n: 3 }), 3);
  assert.equal(morePairsAt(0.05 / 19)({ ...alike, n: 3 }), 7);
  assert.equal(morePairsAt(0.05)({ ...alike, meanDifference: 0, n: 3 }), null);
  // 34 pairs find a medium effect.
  assert.equal(morePairsAt(0.05)({ meanDifference: 1, effectSize: 0.5, n: 20 }), 14);
  assert.equal(morePairsAt(0.05)({ meanDifference: 1, effectSize: 0.5, n: 40 }), 1);
});

Deno.test("holm() adjusts as the method's definition does by hand", () => {
  // Sorted 0.005, 0.01, 0.03, 0.04 times 4, 3, 2, 1, each at least the one before.
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  for (const [index, p] of [0.03, 0.06, 0.06, 0.02].entries()) close(adjusted[index], p, 1e-12);
  assert.deepEqual(holm([]), []);
  assert.deepEqual(holm([0.9, 0.8]), [1, 1]);
});

Deno.test("replicatesNeeded() equals published sample sizes of the paired t test", () => {
  // Two-sided 0.05, power 0.8: Cohen's small, medium and large effects, as power tables have them.
  assert.equal(replicatesNeeded(0.2), 199);
  assert.equal(replicatesNeeded(0.5), 34);
  assert.equal(replicatesNeeded(-0.8), 15);
  assert.equal(replicatesNeeded(1), 10);
  assert.equal(replicatesNeeded(0), null);
  assert.equal(replicatesNeeded(0.001), null);
  const corrected = replicatesNeeded(0.5, { level: 0.01 });
  assert.ok(corrected !== null && corrected > 34);
});

Deno.test("selectionEffect() finds no flattery where one is truly best, and all of it in noise", () => {
  const clear = [byReplicate([1, 2, 3]), byReplicate([11, 12, 13])];
  assert.equal(selectionEffect(clear, "maximize")?.flattery, 0);
  // Whichever leads on two of three replicates is beaten on the third: by hand.
  const noise = [byReplicate([2, 0, 0]), byReplicate([0, 2, 0]), byReplicate([0, 0, 2])];
  const effect = selectionEffect(noise, "maximize");
  close(effect?.reported, 2 / 3, 1e-12);
  close(effect?.unbiased, 0, 1e-12);
  close(effect?.flattery, 2 / 3, 1e-12);
  assert.equal(selectionEffect([byReplicate([1])], "maximize"), null);
  const losses = selectionEffect(
    noise.map((row) => new Map([...row].map(([r, v]) => [r, -v]))),
    "minimize",
  );
  close(losses?.flattery, 2 / 3, 1e-12);
});
