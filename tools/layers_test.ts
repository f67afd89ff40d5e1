import assert from "node:assert/strict";
import { join } from "node:path";
import { importProblem, layerOf, packageProblem } from "./layers.ts";
import plugin from "./lint_layers.ts";
import { REPOSITORY_ROOT } from "./repository.ts";

function lint(path: string, source: string): readonly string[] {
  return Deno.lint.runPlugin(plugin, join(REPOSITORY_ROOT, path), source).map((d) => d.message);
}

Deno.test("layerOf() takes the longest folder of the table, and null where none holds the file", () => {
  assert.equal(layerOf("dashboard/client/chart.tsx"), "dashboard/client");
  assert.equal(layerOf("dashboard/clients.ts"), "dashboard");
  assert.equal(layerOf("core/domain/rng.ts"), "core/domain");
  assert.equal(layerOf("main.ts"), "main.ts");
  assert.equal(layerOf("core/loose.ts"), null);
  assert.equal(layerOf("lib/x.ts"), null);
});

Deno.test("importProblem() allows every step down and every layer itself", () => {
  const downwards = [
    ["main.ts", "cli/run.ts"],
    ["cli/run.ts", "worker/loop.ts"],
    ["cli/run.ts", "core/domain/ids.ts"],
    ["worker/loop.ts", "core/nats/connection.ts"],
    ["dashboard/app.ts", "core/views/ledger.ts"],
    ["dashboard/app.ts", "dashboard/client/names.ts"],
    ["core/nats/codec.ts", "core/protocol/subjects.ts"],
    ["core/views/ledger.ts", "core/domain/trial.ts"],
    ["core/domain/ids.ts", "core/domain/brand.ts"],
    ["tests/e2e/sweep_test.ts", "main.ts"],
    ["tools/ok.ts", "core/domain/ids.ts"],
  ] as const;
  for (const [from, to] of downwards) assert.equal(importProblem(from, to), null, `${from} ${to}`);
});

Deno.test("importProblem() refuses steps up, sideways and into the workshop", () => {
  const refused = [
    ["worker/loop.ts", "coordinator/loop.ts", `"worker/" must not import "coordinator/"`],
    ["core/domain/ids.ts", "core/protocol/a.ts", `"core/domain/" must not import "core/protocol/"`],
    ["core/nats/a.ts", "core/views/b.ts", `"core/nats/" must not import "core/views/"`],
    ["core/views/a.ts", "core/nats/b.ts", `"core/views/" must not import "core/nats/"`],
    ["cli/a.ts", "main.ts", `"cli/" must not import "main.ts"`],
    ["worker/a.ts", "tests/support/b.ts", `"worker/" must not import "tests/"`],
    ["worker/a_test.ts", "coordinator/b.ts", `"worker/" must not import "coordinator/"`],
    ["main.ts", "tools/ok.ts", `"main.ts" must not import "tools/"`],
    ["coordinator/a.ts", "bench/b.ts", `"coordinator/" must not import "bench/"`],
    [
      "dashboard/client/a.ts",
      "core/nats/b.ts",
      `"dashboard/client/" must not import "core/nats/"`,
    ],
    [
      "worker/a.ts",
      "worker/b_test.ts",
      `"worker/a.ts" must not import the test "worker/b_test.ts"`,
    ],
    [
      "core/domain/a.ts",
      "core/loose.ts",
      `"core/loose.ts" lies in no layer: add its folder to the table of layers`,
    ],
  ] as const;
  for (const [from, to, message] of refused) assert.equal(importProblem(from, to), message);
});

Deno.test("importProblem() lets a test beside its source use the helpers of tests/", () => {
  assert.equal(importProblem("worker/loop_test.ts", "tests/support/nats.ts"), null);
});

Deno.test("packageProblem() keeps the NATS client in core/nats and TensorFlow in worker", () => {
  assert.equal(packageProblem("core/nats/connection.ts", "nats"), null);
  assert.equal(packageProblem("worker/engine/wasm.ts", "@tensorflow/tfjs-core"), null);
  assert.equal(packageProblem("worker/a.ts", "zod"), null);
  assert.equal(packageProblem("dashboard/app.ts", "preact"), null);
  assert.equal(packageProblem("worker/a_test.ts", "nats"), null);
  assert.equal(
    packageProblem("worker/a.ts", "nats"),
    `"worker/" must not import the package "nats": only "core/nats/" uses it`,
  );
  assert.equal(
    packageProblem("core/views/a.ts", "@tensorflow/tfjs-core"),
    `"core/views/" must not import the package "@tensorflow/tfjs-core": only "worker/" uses it`,
  );
});

Deno.test("layers/import-direction sees every form of import, with the types", () => {
  const forms = [
    `import { a } from "../coordinator/a.ts";`,
    `import type { A } from "../coordinator/a.ts";`,
    `export { a } from "../coordinator/a.ts";`,
    `export * from "../coordinator/a.ts";`,
    `const a = await import("../coordinator/a.ts");`,
    `type A = import("../coordinator/a.ts").A;`,
  ];
  for (const form of forms) {
    assert.deepEqual(lint("worker/x.ts", form), [`"worker/" must not import "coordinator/"`], form);
  }
});

Deno.test("layers/import-direction passes what points down, assets and node modules", () => {
  const source = `import { a } from "../core/domain/a.ts";
import { join } from "node:path";
import config from "../deno.json" with { type: "json" };
export { b } from "./b.ts";
export const c = 1;`;
  assert.deepEqual(lint("worker/x.ts", source), []);
});

Deno.test("layers/import-direction refuses a file in a folder that the table does not know", () => {
  assert.deepEqual(lint("lib/x.ts", "export const a = 1;"), [
    `"lib/x.ts" lies in no layer: add its folder to the table of layers`,
  ]);
});
