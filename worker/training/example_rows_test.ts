import assert from "node:assert/strict";
import fc from "fast-check";
import { createNormalisation } from "../datasets/normalisation.ts";
import { writeInputs, writeOneHot, writeTransposed } from "./example_rows.ts";

const SPLIT = {
  count: 3,
  features: 4,
  bytes: Uint8Array.of(0, 51, 102, 255, 1, 2, 3, 4, 255, 0, 255, 0),
  labels: Uint8Array.of(2, 0, 1),
};

Deno.test("writeInputs() normalises each plane by its own mean and standard deviation", () => {
  const normalisation = createNormalisation([{ mean: 0, std: 1 }, { mean: 0.5, std: 0.5 }]);
  const target = new Float32Array(8);
  writeInputs(target, { split: SPLIT, indices: Uint32Array.of(2, 0), normalisation });
  const due = [1, 0, 1, -1, 0, 0.2, -0.2, 1];
  due.forEach((value, i) => assert.ok(Math.abs(target[i]! - value) < 1e-6, `${i}: ${target[i]}`));
});

Deno.test("writeOneHot() marks the class of each example and clears what was there", () => {
  const target = new Float32Array(6).fill(9);
  writeOneHot(target, { split: SPLIT, indices: Uint32Array.of(0, 2), classes: 3 });
  assert.deepEqual([...target], [0, 0, 1, 0, 1, 0]);
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
