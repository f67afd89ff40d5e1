import assert from "node:assert/strict";
import fc from "fast-check";
import { firstColumns, layOut } from "./fused_layout.ts";

const shapes = fc.record({
  inputs: fc.integer({ min: 1, max: 4000 }),
  outputs: fc.integer({ min: 1, max: 10 }),
  depth: fc.integer({ min: 1, max: 4 }),
  widths: fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 }),
  batchSize: fc.integer({ min: 1, max: 512 }),
});

Deno.test("layOut() gives each lane one place, in blocks that are wide enough and follow each other", () => {
  fc.assert(fc.property(shapes, (shape) => {
    const { blocks, order, rows } = layOut(shape);
    assert.deepEqual([...order].sort((a, b) => a - b), [...shape.widths.keys()]);
    assert.deepEqual(blocks.flatMap((block) => block.lanes), order);
    let [lane, row] = [0, 0];
    for (const { lanes, width, firstLane, firstRow } of blocks) {
      assert.equal(width, Math.max(...lanes.map((i) => shape.widths[i]!)));
      assert.deepEqual([firstLane, firstRow], [lane, row]);
      lane += lanes.length;
      row += lanes.length * width;
    }
    assert.equal(rows, row);
  }));
});

Deno.test("layOut() leaves no lane wider than it is where units are dear", () => {
  const widths = [128, 5, 10, 32, 5, 128, 10];
  const { rows, blocks } = layOut({ inputs: 3072, outputs: 3, depth: 1, widths, batchSize: 128 });
  assert.equal(rows, widths.reduce((sum, width) => sum + width, 0));
  assert.deepEqual(blocks.map(({ width, lanes }) => [width, lanes]), [
    [5, [1, 4]],
    [10, [2, 6]],
    [32, [3]],
    [128, [0, 5]],
  ]);
});

Deno.test("layOut() makes one block where units cost next to nothing", () => {
  const widths = Array.from({ length: 20 }, (_, i) => i + 1);
  const { blocks } = layOut({ inputs: 2, outputs: 1, depth: 1, widths, batchSize: 16 });
  assert.equal(blocks.length, 1);
});

Deno.test("firstColumns() has room for the bias, and is a multiple of four for many inputs", () => {
  assert.deepEqual([1, 2, 31, 32, 35, 36, 3072].map(firstColumns), [2, 3, 32, 36, 36, 40, 3076]);
});
