import assert from "node:assert/strict";
import fc from "fast-check";
import { type CsvTable, isNumber, MAX_CSV_BYTES, parseCsvTable } from "./csv_table.ts";
import { DatasetError } from "./dataset.ts";

function tableOf(text: string): CsvTable {
  return parseCsvTable(new TextEncoder().encode(text), { file: "t.csv" });
}

function refusal(text: string): string {
  try {
    tableOf(text);
  } catch (error) {
    assert(error instanceof DatasetError);
    return error.message;
  }
  return "(no problem)";
}

Deno.test("parseCsvTable() reads back what was quoted by RFC 4180, whatever it is", () => {
  const cell = fc.string({ unit: "binary", maxLength: 8 });
  const sizes = fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.record({
      width: fc.constant(width),
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }),
      delimiter: fc.constantFrom(",", ";", "\t"),
      newline: fc.constantFrom("\n", "\r\n"),
    })
  );
  fc.assert(fc.property(sizes, ({ width, rows, delimiter, newline }) => {
    const header = Array.from({ length: width }, (_, i) => `c${i}`);
    const lines = [header, ...rows].map((cells) =>
      cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter)
    );
    const table = tableOf(lines.join(newline));
    assert.deepEqual(table.header, header);
    const due = rows.map((cells) => cells.map((text) => text.replaceAll("\r\n", "\n").trim()));
    assert.deepEqual(table.rows.map(({ cells }) => cells), due);
  }));
});

Deno.test("parseCsvTable() finds the delimiter in the header, outside quotes", () => {
  for (const delimiter of [",", ";", "\t"]) {
    const { header, rows } = tableOf(`"a${delimiter}b|c"${delimiter}d\n1${delimiter}2\n`);
    assert.equal(header.length, 2, JSON.stringify(delimiter));
    assert.deepEqual(rows[0]?.cells, ["1", "2"]);
  }
});

Deno.test("parseCsvTable() knows each row's line, with blank lines and cells of several lines", () => {
  const { header, rows } = tableOf('\ufeffa, b \r\n1,2\r\n\r\n3,"x\r\ny"\r\n5, 6');
  assert.deepEqual(header, ["a", "b"]);
  assert.deepEqual(rows.map(({ line }) => line), [2, 5, 6]);
  assert.equal(rows[1]?.cells[1], "x\ny");
});

Deno.test("parseCsvTable() reads a file whose lines end in CR alone", () => {
  assert.deepEqual(tableOf("a,b\r1,2\r3,4").rows.map(({ line }) => line), [2, 3]);
});

Deno.test("parseCsvTable() says which line is not as long as the header", () => {
  const must = "it must have 2, as the header has";
  assert.equal(refusal("a,b\n1,2\n3\n"), `Cannot read "t.csv": line 3 has 1 values; ${must}`);
  assert.equal(refusal("a,b\n1,2,3\n"), `Cannot read "t.csv": line 2 has 3 values; ${must}`);
});

Deno.test("parseCsvTable() says in which line a quote is wrong", () => {
  assert.match(refusal('a,b\n1,2\n3,"x\n'), /^Cannot read "t.csv": Quote Not Closed.* line 3/);
  assert.match(refusal('a,b\n1,x"y\n'), /line 2/);
  assert.match(refusal('a,b\n1,"x"y\n'), /line 2/);
});

Deno.test("parseCsvTable() refuses what has no header, no rows, or names that are no names", () => {
  assert.match(refusal(""), /it is empty; it must have a header and rows/);
  assert.match(refusal("\n\n"), /it is empty/);
  assert.match(refusal("a,b\n"), /it has a header alone/);
  assert.match(refusal("5.1,3.5\n4.9,3.0\n"), /its first line has numbers alone/);
  assert.match(refusal("a,,c\n1,2,3\n"), /column 2 has no name/);
  assert.match(refusal("a,b,a\n1,2,3\n"), /two columns have the name "a"/);
});

Deno.test("parseCsvTable() refuses bytes that are no UTF-8, and files that are too large", () => {
  const parse = (bytes: Uint8Array) => () => parseCsvTable(bytes, { file: "t.csv" });
  assert.throws(parse(Uint8Array.of(0x61, 0xff, 0x0a, 0x31)), /no text in UTF-8/);
  assert.throws(parse(new Uint8Array(MAX_CSV_BYTES + 1)), /it must have at most 33554432/);
});

Deno.test("isNumber() takes the numbers that programs write, and no others", () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
    assert.ok(isNumber(String(value)));
  }));
  for (const cell of ["1.", ".5", "+3", "-2e-3", "007", "1E5"]) assert.ok(isNumber(cell), cell);
  for (const cell of ["", ".", "1,5", "0x10", "1e999", "Infinity", "NaN", "1 000", "1_0", "١"]) {
    assert.ok(!isNumber(cell), cell);
  }
});
