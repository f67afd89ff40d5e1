import assert from "node:assert/strict";
import { findPinProblems } from "./pins.ts";

function check(
  imports: Record<string, string>,
  lock: Record<string, unknown> = {},
): readonly string[] {
  const specifiers = Object.fromEntries(Object.values(imports).map((pin) => [pin, "x"]));
  return findPinProblems(
    JSON.stringify({ imports }),
    JSON.stringify({ version: "5", specifiers, ...lock }),
  );
}

Deno.test("findPinProblems() passes exact npm versions, scoped, pre-release and with a path", () => {
  assert.deepEqual(check({ a: "npm:yaml@2.9.1", b: "npm:@scope/b@1.0.0-rc.1" }), []);
  const problems = findPinProblems(
    `{"imports":{"a/":"npm:a@1.2.3/sub/"}}`,
    `{"specifiers":{"npm:a@1.2.3":"1.2.3"}}`,
  );
  assert.deepEqual(problems, []);
});

Deno.test("findPinProblems() refuses ranges, tags, missing versions and other registries", () => {
  for (
    const specifier of [
      "npm:yaml",
      "npm:yaml@2",
      "npm:yaml@^2.9.1",
      "npm:yaml@~2.9.1",
      "npm:yaml@latest",
      "jsr:@std/assert@1.0.0",
      "./local.ts",
    ]
  ) {
    assert.deepEqual(check({ a: specifier }), [
      `deno.json: "a" is "${specifier}": no exact npm pin`,
    ]);
  }
});

Deno.test("findPinProblems() refuses addresses in either file", () => {
  const address = "https://registry.example/yaml.tgz";
  assert.deepEqual(check({}, { npm: { "yaml@2.9.1": { tarball: address } } }), [
    `deno.lock: it names the address "${address}"`,
  ]);
  assert.deepEqual(check({ a: "https://example.org/a.ts" }).length, 3);
});

Deno.test("findPinProblems() refuses a lock file with other sources, or without a pin", () => {
  assert.deepEqual(check({}, { jsr: {}, remote: {} }), [
    "deno.lock: it holds packages from JSR",
    "deno.lock: it holds modules loaded from addresses",
  ]);
  assert.deepEqual(check({ a: "npm:yaml@2.9.1" }, { specifiers: {} }), [
    `deno.lock: "npm:yaml@2.9.1" of deno.json is not in it`,
  ]);
});
