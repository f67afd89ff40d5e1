import assert from "node:assert/strict";
import fc from "fast-check";
import { DatasetError } from "./dataset.ts";
import { parseIdx } from "./idx.ts";
import { idxBytes } from "./testing.ts";

const LABELS = idxBytes([5], Uint8Array.of(7, 2, 1, 0, 4));

Deno.test("parseIdx() reads back the shape and the bytes of any array", () => {
  const shapes = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 });
  fc.assert(fc.property(shapes, (shape) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const data = Uint8Array.from({ length: size }, (_, i) => i);
    const parsed = parseIdx(idxBytes(shape, data), { file: "x", dimensions: shape.length });
    assert.deepEqual(parsed.shape, shape);
    assert.deepEqual([...parsed.data], [...data]);
  }));
});

Deno.test("parseIdx() names file, found size and due size when bytes are missing or too many", () => {
  const message = (bytes: Uint8Array) => () =>
    parseIdx(bytes, { file: "labels-idx1", dimensions: 1 });
  assert.throws(message(LABELS.subarray(0, 12)), (error: unknown) => {
    assert(error instanceof DatasetError);
    assert.match(error.message, /"labels-idx1": it has 12 bytes; .* must have 13/);
    return true;
  });
  assert.throws(message(Uint8Array.of(...LABELS, 0)), /has 14 bytes/);
  assert.throws(message(LABELS.subarray(0, 3)), /has 3 bytes; the header alone must have 8/);
});

Deno.test("parseIdx() refuses another type or another number of dimensions", () => {
  const floats = LABELS.slice();
  floats[2] = 0x0d;
  assert.throws(() => parseIdx(floats, { file: "f", dimensions: 1 }), /magic number is 0x00000d01/);
  assert.throws(
    () => parseIdx(idxBytes([2, 2, 2], new Uint8Array(8)), { file: "f", dimensions: 1 }),
    /0x00000803; it must be 0x00000801/,
  );
});
