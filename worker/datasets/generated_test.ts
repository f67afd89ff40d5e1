import assert from "node:assert/strict";
import fc from "fast-check";
import { DatasetError } from "./dataset.ts";
import { generateNoisySigmoid, SIGMOID_RANGE } from "./noisy_sigmoid.ts";
import { openDataset } from "./open_dataset.ts";
import { floatsOf, labelsOf, valuesOf } from "./testing.ts";
import { generateXor } from "./xor.ts";

Deno.test("generateXor() puts points of deviation noise around each corner, labelled by xor", () => {
  const noise = 0.2;
  const { train } = generateXor({ seed: 1, examples: 4000, noise });
  const values = floatsOf(train);
  for (const [a, b] of [[0, 0], [0, 1], [1, 0], [1, 1]] as const) {
    const own = Array.from({ length: 1000 }, (_, k) => 4 * k + 2 * a + b);
    assert.ok(own.every((i) => labelsOf(train)[i] === (a ^ b)));
    for (const [axis, corner] of [[0, a], [1, b]] as const) {
      const offsets = own.map((i) => values[2 * i + axis]! - corner);
      const mean = offsets.reduce((sum, x) => sum + x, 0) / 1000;
      const std = Math.sqrt(offsets.reduce((sum, x) => sum + x * x, 0) / 1000);
      // Five standard errors.
      assert.ok(Math.abs(mean) < 5 * noise / Math.sqrt(1000), `${mean}`);
      assert.ok(Math.abs(std - noise) < 5 * noise / Math.sqrt(2000), `${std}`);
    }
  }
});

Deno.test("generateXor() makes clusters of which 0.97 of fresh points can be told apart", async () => {
  const request = { dataset: "xor", seed: 1, examples: 400, noise: 0.15 } as const;
  const { test } = await openDataset(request, { home: "/nowhere" });
  const values = floatsOf(test);
  const right = [...labelsOf(test)].filter((label, i) =>
    label === (Number(values[2 * i]! > 0.5) ^ Number(values[2 * i + 1]! > 0.5))
  );
  assert.ok(right.length / test.count > 0.985, `${right.length / test.count}`);
});

Deno.test("generateNoisySigmoid() samples the curve with the noise that was asked for", () => {
  const noise = 0.05;
  const { train, test, noiseFree } = generateNoisySigmoid({ seed: 1, examples: 5000, noise });
  const curve = (x: number) => 1 / (1 + Math.exp(-x));
  const x = floatsOf(train);
  assert.ok(x.every((value) => Math.abs(value) <= SIGMOID_RANGE));
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  assert.ok(Math.abs(mean) < 5 * SIGMOID_RANGE / Math.sqrt(3 * 5000), `${mean}`);
  const square = valuesOf(train).reduce((sum, y, i) => sum + (y - curve(x[i]!)) ** 2, 0) / 5000;
  assert.ok(Math.abs(Math.sqrt(square) - noise) < 5 * noise / Math.sqrt(10_000), `${square}`);
  assert.equal(noiseFree?.length, test.count);
  floatsOf(test).forEach((value, i) => assert.ok(Math.abs(noiseFree![i]! - curve(value)) < 1e-6));
});

Deno.test("generated data are functions of the seed, with fresh points to test with", () => {
  const sizes = fc.record({
    seed: fc.nat(),
    examples: fc.integer({ min: 10, max: 60 }),
    noise: fc.double({ min: 0, max: 2, noNaN: true }),
  });
  fc.assert(fc.property(sizes, fc.constantFrom(generateXor, generateNoisySigmoid), (size, make) => {
    const made = make(size);
    assert.deepEqual(make(size), made);
    assert.deepEqual([made.train.count, made.test.count], [size.examples, size.examples]);
    if (size.noise > 1e-3) assert.notDeepEqual(floatsOf(made.train), floatsOf(made.test));
    if (size.noise === 0 && made.noiseFree !== undefined) {
      assert.deepEqual(valuesOf(made.test), made.noiseFree);
    }
    const other = make({ ...size, seed: size.seed + 1 });
    if (size.noise > 1e-3) assert.notDeepEqual(floatsOf(other.train), floatsOf(made.train));
  }));
});

Deno.test("openDataset() divides generated data and keeps what the test points are without noise", async () => {
  const request = { dataset: "noisy-sigmoid", seed: 2, examples: 128, noise: 0.05 } as const;
  const dataset = await openDataset({ ...request, validation: 0.25 }, { home: "/nowhere" });
  const { train, validation, test, kind, outputs, classes, normalisation } = dataset;
  assert.deepEqual([train.count, validation.count, test.count], [96, 32, 128]);
  assert.deepEqual([kind, outputs, classes, normalisation], ["regression", 1, [], null]);
  assert.equal(dataset.noiseFree?.length, 128);
  assert.notEqual(
    (await openDataset({ ...request, seed: 3 }, { home: "/nowhere" })).digest,
    (await openDataset(request, { home: "/nowhere" })).digest,
  );
});

Deno.test("generateXor() refuses numbers of examples and noise that are none", () => {
  for (const change of [{ examples: 1 }, { examples: 2.5 }, { examples: 1e9 }, { noise: -1 }]) {
    const options = { seed: 1, examples: 10, noise: 0.1, ...change };
    assert.throws(() => generateXor(options), DatasetError);
    assert.throws(() => generateNoisySigmoid({ ...options, noise: NaN }), DatasetError);
  }
});
