import assert from "node:assert/strict";
import fc from "fast-check";
import { cheaperForm, type UnitsAs } from "./first_layer_form.ts";

/** Inputs, batch size, units, and the form that took less time on wasm, where it was clear. */
const MEASURED: readonly (readonly [number, number, number, UnitsAs])[] = [
  [3076, 128, 10, "columns"],
  [3076, 128, 80, "columns"],
  [3076, 128, 320, "rows"],
  [3076, 128, 1024, "rows"],
  [3076, 32, 10, "columns"],
  [3076, 32, 80, "rows"],
  [788, 64, 50, "columns"],
  [788, 64, 160, "rows"],
  [788, 32, 160, "rows"],
  [788, 500, 80, "columns"],
  [132, 128, 50, "columns"],
  [132, 128, 320, "rows"],
  [23, 128, 50, "rows"],
  [23, 32, 320, "rows"],
];

Deno.test("cheaperForm() takes the form that was measured to be faster", () => {
  for (const [columns, batchSize, rows, due] of MEASURED) {
    assert.equal(cheaperForm({ columns, batchSize, rows }), due, `${columns} ${batchSize} ${rows}`);
  }
});

Deno.test("cheaperForm() never goes back to columns as a network gets wider", () => {
  const size = fc.integer({ min: 1, max: 5000 });
  fc.assert(fc.property(size, size, size, (columns, batchSize, rows) => {
    if (cheaperForm({ columns, batchSize, rows }) === "columns") return;
    assert.equal(cheaperForm({ columns, batchSize, rows: rows + 1 }), "rows");
  }));
});
