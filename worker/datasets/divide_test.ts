import assert from "node:assert/strict";
import fc from "fast-check";
import { DatasetError, type SourceDataset, type Split } from "./dataset.ts";
import { divideDataset } from "./divide.ts";
import { createNormalisation } from "./normalisation.ts";
import { bytesOf, labelsOf } from "./testing.ts";

/** Examples of one feature, whose byte tells them apart. */
function splitOf(values: readonly number[]): Split {
  const bytes = Uint8Array.from(values);
  return {
    count: bytes.length,
    features: 1,
    inputs: { kind: "bytes", bytes },
    targets: { kind: "classes", labels: Uint16Array.from(bytes, (value) => value % 3) },
  };
}

function sourceOf(trainCount: number): SourceDataset {
  return {
    name: "numbers",
    origin: "/made/up",
    kind: "classification",
    outputs: 3,
    classes: ["a", "b", "c"],
    features: 1,
    normalisation: createNormalisation([{ mean: 0, std: 1 }]),
    train: splitOf(Array.from({ length: trainCount }, (_, i) => i)),
    test: splitOf([200, 201]),
  };
}

Deno.test("divideDataset() cuts disjoint parts that are all of what was to be used", () => {
  const sizes = fc.record({
    count: fc.integer({ min: 6, max: 150 }),
    fraction: fc.double({ min: 0.2, max: 0.8, noNaN: true }),
    seed: fc.nat(),
  });
  fc.assert(fc.property(sizes, ({ count, fraction, seed }) => {
    const { train, validation } = divideDataset(sourceOf(count), { seed, validation: fraction });
    assert.equal(validation.count, Math.round(count * fraction));
    const all = [...bytesOf(train), ...bytesOf(validation)].sort((a, b) => a - b);
    assert.deepEqual(all, Array.from({ length: count }, (_, i) => i));
    // Labels travel with their examples.
    bytesOf(train).forEach((value, i) => assert.equal(labelsOf(train)[i], value % 3));
  }));
});

Deno.test("divideDataset() is a function of the seed", () => {
  const of = (seed: number) => divideDataset(sourceOf(100), { seed, validation: 0.25 });
  assert.deepEqual(of(4), of(4));
  assert.notEqual(of(4).digest, of(5).digest);
});

Deno.test("divideDataset() uses no more training examples than it was told, validation included", () => {
  const options = { seed: 1, validation: 0.25, trainExamples: 40 } as const;
  const { train, validation, test } = divideDataset(sourceOf(100), options);
  assert.equal(train.count + validation.count, 40);
  assert.equal(test.count, 2);
  const whole = divideDataset(sourceOf(100), { ...options, validation: "test" });
  assert.equal(whole.train.count, 40);
  assert.equal(whole.validation, whole.test);
});

Deno.test("divideDataset() says how many examples there are when asked for more", () => {
  const ask = (trainExamples: number) => () =>
    divideDataset(sourceOf(9), { seed: 1, validation: "test", trainExamples });
  assert.throws(ask(10), (error: unknown) => {
    assert(error instanceof DatasetError);
    assert.match(error.message, /Cannot use 10 training examples of numbers: .* \[1, 9\]/);
    return true;
  });
  assert.throws(ask(0), DatasetError);
  assert.throws(ask(1.5), DatasetError);
});

Deno.test("divideDataset() refuses a share that would leave a part empty", () => {
  for (const validation of [0, 0.01, 0.99, 1, -1, NaN]) {
    assert.throws(() => divideDataset(sourceOf(9), { seed: 1, validation }), DatasetError);
  }
});
