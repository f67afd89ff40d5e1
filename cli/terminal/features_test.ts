import assert from "node:assert/strict";
import { terminalFeatures } from "./features.ts";

function features(
  env: Readonly<Record<string, string>>,
  isTerminal = true,
): ReturnType<typeof terminalFeatures> {
  return terminalFeatures((name) => env[name], { isTerminal });
}

Deno.test("terminalFeatures() paints on terminals and nowhere else", () => {
  const all = { isInteractive: true, color: true, unicode: true };
  assert.deepEqual(features({ TERM: "xterm-256color", LANG: "en_US.UTF-8" }), all);
  assert.deepEqual(features({}), all);
  const plain = { isInteractive: false, color: false, unicode: true };
  assert.deepEqual(features({ TERM: "xterm-256color" }, false), plain);
  assert.deepEqual(features({ TERM: "dumb" }), { ...plain, unicode: false });
});

Deno.test("terminalFeatures() obeys NO_COLOR, unless it is empty", () => {
  assert.equal(features({ NO_COLOR: "1" }).color, false);
  assert.equal(features({ NO_COLOR: "1" }).isInteractive, true);
  assert.equal(features({ NO_COLOR: "" }).color, true);
});

Deno.test("terminalFeatures() sends ASCII where the locale is not UTF-8", () => {
  assert.equal(features({ LANG: "C" }).unicode, false);
  assert.equal(features({ LANG: "de_DE.ISO-8859-1" }).unicode, false);
  assert.equal(features({ LANG: "C", LC_ALL: "C.UTF-8" }).unicode, true);
  assert.equal(features({ LANG: "de_DE.utf8" }).unicode, true);
  assert.equal(features({ TERM: "linux", LANG: "de_DE.utf8" }).unicode, false);
});
