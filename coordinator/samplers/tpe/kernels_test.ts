import assert from "node:assert/strict";
import fc from "fast-check";
import { createRng } from "../../../core/domain/rng.ts";
import { ageWeight, sampleByAge } from "./age_weights.ts";
import { choiceKernels, drawIndex } from "./choice_kernels.ts";
import { type ChoiceDimension, dimensionsOf } from "./dimension.ts";
import { bandwidths, drawPlace, logMassesOf, numberKernels } from "./number_kernels.ts";

Deno.test("ageWeight() forgets all but the latest 25 linearly", () => {
  assert.deepEqual([0, 12, 24].map((i) => ageWeight(i, 25)), [1, 1, 1]);
  assert.deepEqual([0, 1].map((i) => ageWeight(i, 26)), [1 / 26, 1]);
  // Of 30 the five oldest are on the ramp: 1/30 and four equal steps up to 1.
  const ramp = [0, 1, 2, 3, 4].map((i) => ageWeight(i, 30));
  const expected = [1 / 30, 33 / 120, 62 / 120, 91 / 120, 1];
  for (const [i, weight] of ramp.entries()) {
    assert.ok(Math.abs(weight - (expected[i] ?? 0)) < 1e-15);
  }
});

Deno.test("sampleByAge() keeps the recent half whole, and the others' weight", () => {
  const { places, weights } = sampleByAge(10, 4);
  // Eight old ones in two stretches of four; 2 and 6 stand for them.
  assert.deepEqual([...places], [2, 6, 8, 9]);
  assert.deepEqual([...weights], [4, 4, 1, 1]);
  assert.deepEqual([...sampleByAge(3, 4).places], [0, 1, 2]);
  fc.assert(fc.property(fc.nat(5_000), fc.integer({ min: 2, max: 300 }), (n, limit) => {
    const sample = sampleByAge(n, limit);
    assert.equal(sample.places.length, Math.min(n, limit));
    assert.ok(sample.places.every((place, k) => place < n && place > (sample.places[k - 1] ?? -1)));
    let total = 0;
    for (let i = 0; i < n; i++) total += ageWeight(i, n);
    const kept = sample.weights.reduce((sum, weight) => sum + weight, 0);
    assert.ok(Math.abs(kept - total) <= 1e-9 * total, `${kept} of ${total}`);
  }));
});

Deno.test("bandwidths() are the larger gaps, of the outermost the inner ones", () => {
  const widthsOf = (...places: number[]): readonly number[] => [
    ...bandwidths(Float64Array.from(places)),
  ];
  assert.deepEqual(widthsOf(0.25), [0.75]);
  assert.deepEqual(widthsOf(0, 0.5, 0.875, 0.9375), [0.5, 0.5, 0.375, 1 / 6]);
  assert.deepEqual(widthsOf(0.5, 0.5), [0.25, 0.25]);
  assert.deepEqual(new Set(widthsOf(...new Array(200).fill(0.3))), new Set([0.01]));
});

Deno.test("numberKernels() gives those without the number the prior, and equal ones their turn", () => {
  const { means, sds, kernelOf } = numberKernels(Float64Array.of(0.5, NaN, 0.25, 0.25));
  assert.deepEqual([...means], [0.5, 0.25, 0.25, 0.5]);
  assert.deepEqual([...sds], [1, 0.2, 0.25, 0.25]);
  assert.deepEqual([...kernelOf], [3, 0, 1, 2]);
});

Deno.test("logMassesOf() adds up to 1 over cells of any width", () => {
  const kernels = numberKernels(Float64Array.of(0.02, 0.5, 0.51, 0.9));
  for (const cells of [1, 3, 40, 2_000]) {
    const sums = new Float64Array(kernels.means.length);
    const out = new Float64Array(kernels.means.length);
    for (let i = 0; i < cells; i++) {
      logMassesOf(kernels, { low: i / cells, high: (i + 1) / cells }, out);
      for (const [k, mass] of out.entries()) sums[k] = (sums[k] ?? 0) + Math.exp(mass);
    }
    for (const sum of sums) assert.ok(Math.abs(sum - 1) < 1e-6, `${cells}: ${sum}`);
  }
});

Deno.test("drawPlace() draws from the cut normal distribution", () => {
  const kernels = numberKernels(Float64Array.of(0.1));
  const rng = createRng(3, "places");
  let below = 0;
  for (let i = 0; i < 10_000; i++) {
    const place = drawPlace(kernels, 1, rng);
    assert.ok(place >= 0 && place <= 1);
    if (place < 0.25) below++;
  }
  // N(0.1, 0.9) in [0, 1]: (Φ(1/6) − Φ(−1/9)) / (Φ(1) − Φ(−1/9)) = 0.11042 / 0.38558.
  assert.ok(Math.abs(below / 10_000 - 0.28637) < 0.018, `${below}`);
});

Deno.test("choiceKernels() add 1 to what was observed, and the prior to all", () => {
  const [dimension] = dimensionsOf([{
    name: "activation",
    domain: { kind: "values", values: ["relu", "tanh", "none"], probabilities: [0.5, 0.5, 0] },
  }]) as readonly [ChoiceDimension];
  const kernels = choiceKernels(Float64Array.of(1, 0, NaN), dimension);
  // Two observations: the prior weighs 3 · (½, ½, 0) / 3 beside the one.
  assert.deepEqual([...kernels.probabilities], [
    ...[0.5, 0.5, 0],
    ...[0.75, 0.25, 0],
    ...[0.25, 0.75, 0],
    ...[0.25, 0.25, 0.5],
  ]);
  assert.deepEqual([...kernels.kernelOf], [2, 1, 0]);
  const rng = createRng(1, "choices");
  const draws = Array.from({ length: 4_000 }, () => drawIndex(kernels, 1, rng));
  assert.ok(!draws.includes(2));
  assert.ok(Math.abs(draws.filter((index) => index === 0).length - 3_000) < 110);
});
