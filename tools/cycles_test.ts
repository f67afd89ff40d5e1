import assert from "node:assert/strict";
import fc from "fast-check";
import { findCycles, type ImportGraph, readImportGraph } from "./cycles.ts";
import { writeTree } from "./tree_test_support.ts";

Deno.test("readImportGraph() sees imports, types, re-exports and dynamic imports", async () => {
  await using tree = await writeTree({
    "value.ts": `import { a } from "./leaf.ts"; export const b = a;`,
    "type.ts": `import type { A } from "./leaf.ts"; export type B = A;`,
    "inline_type.ts": `export type B = import("./leaf.ts").A;`,
    "named.ts": `export { a } from "./leaf.ts";`,
    "all.tsx": `export * from "./leaf.ts";`,
    "dynamic.ts": `export const a = () => import("./leaf.ts");`,
    "leaf.ts": `import "node:path"; export const a = 1; export type A = "./value.ts";`,
  });
  const importers = ["value.ts", "type.ts", "inline_type.ts", "named.ts", "all.tsx", "dynamic.ts"];
  const graph = await readImportGraph([...importers, "leaf.ts"], tree.root);
  for (const path of importers) assert.deepEqual(graph.get(path), ["leaf.ts"], path);
  assert.deepEqual(graph.get("leaf.ts"), []);
});

Deno.test("readImportGraph() and findCycles() find a cycle closed by a type alone", async () => {
  await using tree = await writeTree({
    "a.ts": `import { b } from "./x/b.ts"; export type A = typeof b;`,
    "x/b.ts": `import type { C } from "./c.ts"; export const b: C = 1;`,
    "x/c.ts": `export type C = number | import("../a.ts").A;`,
  });
  const graph = await readImportGraph(["a.ts", "x/b.ts", "x/c.ts"], tree.root);
  assert.deepEqual(findCycles(graph), [["a.ts", "x/b.ts", "x/c.ts", "a.ts"]]);
});

Deno.test("readImportGraph() refuses a module that is missing", async () => {
  await using tree = await writeTree({ "a.ts": `import "./gone.ts";` });
  await assert.rejects(readImportGraph(["a.ts"], tree.root), /gone\.ts/);
});

Deno.test("findCycles() names the shortest cycle of every group once", () => {
  const graph: ImportGraph = new Map([
    ["a", ["b", "c"]],
    ["b", ["d"]],
    ["c", ["a"]],
    ["d", ["a"]],
    ["e", ["a"]],
    ["self", ["self"]],
  ]);
  assert.deepEqual(findCycles(graph), [["a", "c", "a"], ["self", "self"]]);
});

Deno.test("findCycles() finds none where imports follow an order, and one where an edge goes back", () => {
  const size = 8;
  const edges = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 20 });
  fc.assert(fc.property(edges, (pairs) => {
    const down = pairs.filter(([from, to]) => from < to);
    const graph = graphOf(size, down);
    assert.deepEqual(findCycles(graph), []);
    for (const [from, to] of down) {
      assert.equal(findCycles(graphOf(size, [...down, [to, from]])).length, 1);
    }
  }));
});

function graphOf(size: number, edges: readonly (readonly [number, number])[]): ImportGraph {
  return new Map(Array.from({ length: size }, (_, node) => [
    String(node),
    edges.filter(([from]) => from === node).map(([, to]) => String(to)),
  ]));
}
