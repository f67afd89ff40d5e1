import assert from "node:assert/strict";
import { tablesToCsv } from "./table_csv.ts";

Deno.test("tablesToCsv() writes one table after another, numbers as numbers", () => {
  const tables = [
    { caption: "lr", rows: [["value", "n", "mean"], ["0.1 to 0.2", "1,234", "–"]] },
    { caption: "", rows: [["a"], ["-0.5"], ["0.500"], ["1.2e-7"]] },
  ];
  assert.equal(
    tablesToCsv(tables),
    "lr\r\nvalue,n,mean\r\n0.1 to 0.2,1234,\r\n\r\na\r\n-0.5\r\n0.500\r\n1.2e-7\r\n",
  );
});

Deno.test("tablesToCsv() leaves a spreadsheet nothing to run", () => {
  const hostile = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("x")', "a,b\n=1"];
  const lines = tablesToCsv([{ caption: "=1+1", rows: hostile.map((text) => [text]) }]);
  assert.equal(
    lines,
    [
      "'=1+1",
      "'=cmd|' /C calc'!A0",
      "'+1+1",
      "'-2+3",
      "'@SUM(A1)",
      `"'=HYPERLINK(""x"")"`,
      '"a,b\n=1"',
      "",
    ].join("\r\n"),
  );
});
