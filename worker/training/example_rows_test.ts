import assert from "node:assert/strict";
import fc from "fast-check";
import type { Split } from "../datasets/dataset.ts";
import { createNormalisation } from "../datasets/normalisation.ts";
import { writeInputs, writeTargets, writeTransposed } from "./example_rows.ts";

const SPLIT: Split = {
  count: 3,
  features: 4,
  inputs: { kind: "bytes", bytes: Uint8Array.of(0, 51, 102, 255, 1, 2, 3, 4, 255, 0, 255, 0) },
  targets: { kind: "classes", labels: Uint16Array.of(2, 0, 1) },
};
const FLOATS: Split = {
  count: 3,
  features: 2,
  inputs: { kind: "floats", values: Float32Array.of(0.5, -1, 2, 3, -4, 8) },
  targets: { kind: "values", values: Float32Array.of(0.25, -7, 1e6) },
};

Deno.test("writeInputs() normalises each plane by its own mean and standard deviation", () => {
  const normalisation = createNormalisation([{ mean: 0, std: 1 }, { mean: 0.5, std: 0.5 }]);
  const target = new Float32Array(8);
  writeInputs(target, { split: SPLIT, indices: Uint32Array.of(2, 0), normalisation });
  const due = [1, 0, 1, -1, 0, 0.2, -0.2, 1];
  due.forEach((value, i) => assert.ok(Math.abs(target[i]! - value) < 1e-6, `${i}: ${target[i]}`));
});

Deno.test("writeInputs() copies floats as they are", () => {
  const target = new Float32Array(6).fill(9);
  const indices = Uint32Array.of(2, 0, 2);
  writeInputs(target, { split: FLOATS, indices, normalisation: null });
  assert.deepEqual([...target], [-4, 8, 0.5, -1, -4, 8]);
});

Deno.test("writeInputs() refuses bytes that nothing normalises", () => {
  const indices = Uint32Array.of(0);
  const write = () =>
    writeInputs(new Float32Array(4), { split: SPLIT, indices, normalisation: null });
  assert.throws(write, RangeError);
});

Deno.test("writeTargets() marks the class of each example and clears what was there", () => {
  const target = new Float32Array(6).fill(9);
  writeTargets(target, { split: SPLIT, indices: Uint32Array.of(0, 2), outputs: 3 });
  assert.deepEqual([...target], [0, 0, 1, 0, 1, 0]);
});

Deno.test("writeTargets() writes a class of two as 0 or 1 where there is one output", () => {
  const targets = { kind: "classes", labels: Uint16Array.of(1, 0, 1) } as const;
  const target = new Float32Array(3).fill(9);
  const indices = Uint32Array.of(1, 0, 2);
  writeTargets(target, { split: { ...FLOATS, targets }, indices, outputs: 1 });
  assert.deepEqual([...target], [0, 1, 1]);
});

Deno.test("writeTargets() writes values as they are", () => {
  const target = new Float32Array(2).fill(9);
  writeTargets(target, { split: FLOATS, indices: Uint32Array.of(2, 1), outputs: 1 });
  assert.deepEqual([...target], [1e6, -7]);
});

Deno.test("writeTransposed() moves every element, whatever the size", () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }));
  fc.assert(fc.property(sizes, ([rows, columns]) => {
    const source = Float32Array.from({ length: rows * columns }, (_, i) => i + 1);
    const target = new Float32Array(rows * columns);
    writeTransposed(target, { source, rows, columns });
    source.forEach((value, i) =>
      assert.equal(target[(i % columns) * rows + Math.floor(i / columns)], value)
    );
  }));
});
