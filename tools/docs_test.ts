import assert from "node:assert/strict";
import { findUndocumented, hasExample } from "./docs.ts";
import { writeTree } from "./tree_test_support.ts";

Deno.test("findUndocumented() passes documented modules, private symbols and plain fields", async () => {
  await using tree = await writeTree({
    "a.ts": `/** Owns a. */
import { b } from "./b.ts";
/** A field needs no comment. */
export interface A { readonly plain: number }
/** @throws {RangeError} Always. */
export function f(): never { throw new RangeError(String(hidden)); }
const hidden = b;
export { b };
`,
    "b.ts": "/** Owns b. */\n\n/** One. */\nexport const b: number = 1;\n",
  });
  assert.deepEqual(await findUndocumented(["a.ts", "b.ts"], tree.root), []);
});

Deno.test("findUndocumented() names the place of what has no comment", async () => {
  await using tree = await writeTree({
    "a.ts": "/** Owns a. */\nimport './b.ts';\nexport function f(): void {}\nexport type T = 1;\n",
    "b.ts": "// Owns b.\n",
  });
  assert.deepEqual(await findUndocumented(["a.ts", "b.ts"], tree.root), [
    "b.ts:1: the file does not begin with a doc comment",
    `a.ts:3: "f" is exported without a doc comment`,
    `a.ts:4: "T" is exported without a doc comment`,
  ]);
});

Deno.test("hasExample() sees a fenced block inside a doc comment alone", () => {
  assert.ok(hasExample("/**\n * @example\n * ```ts\n * f();\n * ```\n */"));
  assert.ok(!hasExample("/**\n * ```text\n * f();\n * ```\n */"));
  assert.ok(!hasExample("const a = `\n```ts\n`;"));
});
