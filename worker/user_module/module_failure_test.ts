import assert from "node:assert/strict";
import { MODULE_MAP_MARK } from "../../core/domain/user_module.ts";
import { moduleFailure } from "./module_failure.ts";

/** Two lines of a library, then two of the user: `lib/a.ts:3:1` and `train.ts:8:5`. */
function mapped(): string {
  const map = {
    version: 3,
    sources: ["../npm/registry/x/index.js", "lib/a.ts", "train.ts"],
    names: [],
    // One segment a line: source 0 at 1:1, source 1 at 3:1, source 2 at 8:5.
    mappings: "AAAA;ACEA;ACKI",
  };
  const encoded = new TextEncoder().encode(JSON.stringify(map)).toBase64();
  return `a\nb\nc${MODULE_MAP_MARK}${encoded}\n`;
}

const stackOf = (...lines: readonly number[]) =>
  ["RangeError: no", ...lines.map((line) => `    at f${line} (blob:null/1-2:${line}:1)`)].join(
    "\n",
  );

Deno.test("moduleFailure() names the first frame of the user's own files", () => {
  const thrown = { name: "RangeError", message: "no", stack: stackOf(1, 3, 2) };
  const { kind, message } = moduleFailure(thrown, mapped());
  assert.equal(kind, "exception");
  assert.equal(message, "RangeError: no (at f3 in train.ts:8:5)");
  const inLibrary = { ...thrown, stack: stackOf(1, 2) };
  assert.match(moduleFailure(inLibrary, mapped()).message, /at f2 in lib\/a\.ts:3:1/);
});

Deno.test("moduleFailure() does without a map, a stack or an error", () => {
  const thrown = { name: "Error", message: "no", stack: stackOf(7) };
  assert.equal(moduleFailure(thrown, "text").message, "no (at f7 in the bundle:7:1)");
  const broken = `x${MODULE_MAP_MARK}AAAA\n`;
  assert.equal(moduleFailure(thrown, broken).message, "no (at f7 in the bundle:7:1)");
  assert.equal(moduleFailure({ name: "", message: "so", stack: "" }, "").message, "so");
});

Deno.test("moduleFailure() keeps what it says last, however long the message is", () => {
  const thrown = { name: "NotCapable", message: "x".repeat(100_000), stack: stackOf(3) };
  const { message } = moduleFailure(thrown, mapped());
  assert.match(message, /train\.ts:8:5\); a module may touch what task\.permissions/);
  assert.ok(message.length < 10_000);
});
