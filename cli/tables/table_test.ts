import assert from "node:assert/strict";
import fc from "fast-check";
import { displayWidth } from "../terminal/text.ts";
import { renderTable } from "./table.ts";

const COLUMNS = [{ header: "name" }, { header: "value" }, { header: "note" }];
const ROWS = [
  ["digits", "0.95", "a rather long remark about it"],
  ["größe 日本", "-12.5", ""],
  ["x", "1,234", "n/a"],
];

Deno.test("renderTable() aligns text left and numbers right, without borders", async (t) => {
  await t.assertSnapshot(renderTable(COLUMNS, ROWS, { width: 80 }).join("\n"));
});

Deno.test("renderTable() cuts text first, then leaves columns out, and never cuts a number", async (t) => {
  for (const width of [40, 30, 20, 8]) {
    await t.assertSnapshot(renderTable(COLUMNS, ROWS, { width }).join("\n"));
  }
});

Deno.test("renderTable() keeps to the width, whatever is in the cells", () => {
  const cell = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.double().map(String));
  const rows = fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 5 });
  fc.assert(fc.property(rows, fc.integer({ min: 1, max: 60 }), (body, width) => {
    const columns = ["a", "second", "third column", "d"].map((header) => ({ header }));
    const lines = renderTable(columns, body, { width });
    assert.equal(lines.length, body.length + 1);
    for (const line of lines) {
      assert.ok(displayWidth(line) <= width, line);
      // deno-lint-ignore no-control-regex -- control characters are what must not be there
      assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f]/);
    }
  }));
});

Deno.test("renderTable() of nothing is its header", () => {
  assert.deepEqual(renderTable(COLUMNS, [], { width: 80 }), ["name  value  note"]);
  assert.deepEqual(renderTable([], [], { width: 80 }), [""]);
});
