import assert from "node:assert/strict";
import { judgeSizes, measureSizes } from "./sizes.ts";
import { writeTree } from "./tree_test_support.ts";

function lines(count: number): string {
  return "  f();\n".repeat(count);
}

Deno.test("measureSizes() counts lines with code, not blanks, comments or text in literals", async () => {
  await using tree = await writeTree({
    "a.ts": [
      "/** Größe: η → ∞ “quoted” 𝛼. */",
      "const a = 1; // one",
      "",
      "/*",
      " * b",
      " */ const c = `// no comment",
      "",
      "/* none either */`;",
      "   ",
    ].join("\n"),
    "b/empty.ts": "",
  });
  const [a, empty] = await measureSizes(["a.ts", "b/empty.ts"], tree.root);
  assert.deepEqual(a, { path: "a.ts", codeLines: 3, longFunctions: [] });
  assert.equal(empty?.codeLines, 0);
});

Deno.test("measureSizes() reports functions of more than fifty code lines by name", async () => {
  await using tree = await writeTree({
    "a.ts": `function short() {\n${lines(48)}}\n` +
      `function commented() {\n${lines(48)}// a\n// b\n}\n` +
      `function long() {\n${lines(49)}}\n` +
      `const arrow = () => {\n${lines(60)}};\n` +
      `class A { method() {\n${lines(50)}} }\n`,
  });
  const [a] = await measureSizes(["a.ts"], tree.root);
  assert.deepEqual(a?.longFunctions.map(({ name, codeLines }) => [name, codeLines]), [
    ["long", 51],
    ["arrow", 62],
    ["method", 52],
  ]);
});

Deno.test("measureSizes() refuses a module that does not parse", async () => {
  await using tree = await writeTree({ "a.ts": "const = ;" });
  await assert.rejects(measureSizes(["a.ts"], tree.root), /Cannot measure/);
});

Deno.test("measureSizes() refuses a module that hides from the linter", async () => {
  await using tree = await writeTree({ "a.ts": "// deno-lint-ignore-file\nconst a = 1;" });
  await assert.rejects(measureSizes(["a.ts"], tree.root), /the linter skipped it/);
});

Deno.test("judgeSizes() fails long files, warns of long functions and leaves tests longer", () => {
  const report = judgeSizes([
    { path: "a.ts", codeLines: 300, longFunctions: [{ name: "f", codeLines: 51 }] },
    { path: "b.ts", codeLines: 301, longFunctions: [] },
    { path: "c.ts", codeLines: 10, longFunctions: [] },
    { path: "a_test.ts", codeLines: 600, longFunctions: [{ name: "f", codeLines: 51 }] },
    { path: "tests/b.ts", codeLines: 601, longFunctions: [] },
  ]);
  assert.deepEqual(report, {
    problems: ["b.ts: 301 code lines, at most 300", "tests/b.ts: 601 code lines, at most 600"],
    warnings: ["a.ts: f has 51 code lines"],
    median: 300,
    p90: 301,
  });
});

Deno.test("judgeSizes() has an answer for no files", () => {
  assert.deepEqual(judgeSizes([]), { problems: [], warnings: [], median: 0, p90: 0 });
});
