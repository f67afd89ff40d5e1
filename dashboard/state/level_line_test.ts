import assert from "node:assert/strict";
import fc from "fast-check";
import { levelLine } from "./level_line.ts";

const place = (column: number, row: number): string => `${column} ${row}`;

Deno.test("levelLine() goes straight between the crossings of a cell's edges", () => {
  // Heights fall from left to right: 1 at the left edge, 0 at the right one.
  const slope = { x: { count: 3 }, y: { count: 2 }, values: [1, 0.5, 0, 1, 0.5, 0] };
  assert.equal(levelLine(slope, { level: 0.75, place }), "M0.5 0L0.5 1");
  const corner = { x: { count: 2 }, y: { count: 2 }, values: [1, 0, 0, 0] };
  assert.equal(levelLine(corner, { level: 0.5, place }), "M0.5 0L0 0.5");
});

Deno.test("levelLine() is empty exactly where all heights are on one side", () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: 12,
    maxLength: 12,
  });
  fc.assert(fc.property(values, (heights) => {
    const line = levelLine({ x: { count: 4 }, y: { count: 3 }, values: heights }, {
      level: 0.5,
      place,
    });
    const isOneSided = heights.every((height) => height >= 0.5) ||
      heights.every((height) => height < 0.5);
    assert.equal(line === "", isOneSided);
  }));
});
