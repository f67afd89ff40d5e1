import assert from "node:assert/strict";
import fc from "fast-check";
import { csvRecord, type CsvValue } from "./csv.ts";

/** Reads one record by the grammar of RFC 4180. */
function readRecord(text: string): readonly string[] {
  // With a comma in front every cell begins with one, the first included.
  const cells = `,${text.replace(/\r\n$/, "")}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g);
  return [...cells].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "");
}

Deno.test("csvRecord() can be read back by the RFC's grammar", () => {
  const value = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(",", '"', "\r\n", 'a"b,c\nd'),
    fc.integer(),
    fc.boolean(),
  );
  fc.assert(fc.property(fc.array(value, { minLength: 2, maxLength: 6 }), (values) => {
    const cells = readRecord(csvRecord(values));
    const expected = values.map((each) =>
      typeof each === "string" && /^[=+\-@\t\r]/.test(each) ? `'${each}` : String(each)
    );
    assert.deepEqual(cells, expected);
  }));
});

Deno.test("csvRecord() disarms formulas and leaves numbers alone", () => {
  const values: readonly CsvValue[] = [
    '=HYPERLINK("x")',
    "+1",
    "-1",
    "@x",
    -1,
    1e-7,
    null,
    undefined,
  ];
  assert.equal(csvRecord(values), `"'=HYPERLINK(""x"")",'+1,'-1,'@x,-1,1e-7,,\r\n`);
});
