import assert from "node:assert/strict";
import { join } from "node:path";
import plugin from "./lint_house.ts";
import { REPOSITORY_ROOT } from "./repository.ts";

function lint(path: string, source: string): readonly string[] {
  const found = Deno.lint.runPlugin(plugin, join(REPOSITORY_ROOT, path), source);
  return found.map((diagnostic) => `${diagnostic.id}: ${diagnostic.message}`);
}

Deno.test("house/injected-clock refuses clocks and chance inside, called or handed on", () => {
  for (
    const [source, what] of [
      ["const t = Date.now();", "Date.now"],
      ["const clock = Date.now;", "Date.now"],
      ["const t = globalThis.Date.now();", "Date.now"],
      ["const r = Math.random();", "Math.random"],
      ["const t = performance.now();", "performance.now"],
      ["const d = new Date();", "new Date()"],
      ["const d = Date();", "Date()"],
      ["const u = crypto.randomUUID();", "crypto.randomUUID"],
    ] as const
  ) {
    const expected =
      `house/injected-clock: "${what}" is not ours to read here: take it as a parameter`;
    assert.deepEqual(lint("coordinator/loop.ts", source), [expected], source);
  }
});

Deno.test("house/injected-clock passes dates from a value, and every file at the edge", () => {
  assert.deepEqual(
    lint("coordinator/loop.ts", "const d = new Date(0); const m = Math.max(1, 2);"),
    [],
  );
  for (
    const path of [
      "main.ts",
      "cli/a.ts",
      "core/nats/a.ts",
      "tests/a.ts",
      "tools/a.ts",
      "bench/a.ts",
      "worker/a_test.ts",
      "worker/training_thread_entry.ts",
      "dashboard/client/a.ts",
    ]
  ) {
    assert.deepEqual(lint(path, "const t = Date.now();"), [], path);
  }
});

Deno.test("house/effects-at-the-edge refuses printing and exiting outside main.ts and cli/", () => {
  for (const name of ["console.log", "Deno.exit", "Deno.addSignalListener"]) {
    const message = `house/effects-at-the-edge: "${name}" belongs to main.ts and cli/ alone`;
    assert.deepEqual(lint("core/nats/a.ts", `${name}(1);`), [message]);
    assert.deepEqual(lint("dashboard/client/a.ts", `${name}(1);`), [message]);
    assert.deepEqual(lint("main.ts", `${name}(1);`), []);
    assert.deepEqual(lint("cli/a.ts", `${name}(1);`), []);
  }
});

Deno.test("house/pure-modules refuses waiting and the runtime in pure folders", () => {
  for (
    const [source, what] of [
      ["export async function f() {}", "An async function"],
      ["export const f = async () => {};", "An async function"],
      ["class A { async m() {} }", "An async function"],
      ["const a = await b;", `"await"`],
      ["const a = Deno.cwd();", `"Deno"`],
      ["setTimeout(f, 1);", `"setTimeout"`],
      [`import { readFileSync } from "node:fs";`, `"node:fs"`],
    ] as const
  ) {
    const expected = `house/pure-modules: ${what} in a pure module: data in, decision out`;
    for (
      const path of [
        "core/domain/a.ts",
        "coordinator/samplers/a.ts",
        "coordinator/schedulers/a.ts",
        "coordinator/packing/a.ts",
        "coordinator/decide.ts",
        "coordinator/decisions/decide_claim.ts",
      ]
    ) {
      assert.deepEqual(lint(path, source), [expected], `${path}: ${source}`);
    }
    assert.deepEqual(lint("coordinator/loop.ts", source), []);
    assert.deepEqual(lint("core/domain/a_test.ts", source), []);
  }
});

Deno.test("house/pure-modules passes plain functions, generators and fields named Deno", () => {
  const source = "export function* f(x: Record<string, number>) { yield x.Deno; }";
  assert.deepEqual(lint("core/domain/a.ts", source), []);
});

Deno.test("house/owned-todo refuses a TODO without an issue, and passes one with it", () => {
  assert.deepEqual(lint("worker/a.ts", "// TODO: later\nconst a = 1;"), [
    `house/owned-todo: "TODO" needs an issue: write TODO(#123):`,
  ]);
  assert.deepEqual(lint("worker/a.ts", "/* TODO(#7): a. FIXME b */ const a = 1;"), [
    `house/owned-todo: "FIXME" needs an issue: write TODO(#123):`,
  ]);
  assert.deepEqual(lint("worker/a.ts", "// TODO(#12): later\nconst a = 'TODO';"), []);
});

Deno.test("house/ignore-with-reason wants a reason, and none is good enough for any", () => {
  const ignore = (rest: string): string => `// deno-lint-ignore ${rest}\nconst a = 1;`;
  assert.deepEqual(lint("worker/a.ts", ignore("camelcase")), [
    "house/ignore-with-reason: Say why: // deno-lint-ignore RULE -- reason",
  ]);
  assert.deepEqual(lint("worker/a.ts", ignore("no-explicit-any -- it is easier")), [
    `house/ignore-with-reason: "any" is never needed: use unknown and narrow it`,
  ]);
  assert.deepEqual(lint("worker/a.ts", ignore("camelcase -- the server's own field")), []);
});

Deno.test("house/no-non-null refuses ! in the source and passes it in tests", () => {
  assert.deepEqual(lint("worker/a.ts", "const a = b!;"), [
    `house/no-non-null: "!" hides a case: handle it, or say why it cannot be`,
  ]);
  assert.deepEqual(lint("worker/a_test.ts", "const a = b!;"), []);
  assert.deepEqual(lint("worker/a.ts", "const a = !b;"), []);
});
