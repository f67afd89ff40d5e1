import assert from "node:assert/strict";
import fc from "fast-check";
import { displayWidth, pad, printable, truncate } from "./text.ts";

// deno-lint-ignore no-control-regex -- control characters are what must not be there
const HOSTILE_REGEXP = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/;

Deno.test("printable() leaves nothing that a terminal would obey", () => {
  const hostile = [
    "\x1b]0;title\x07",
    "\x9b2J",
    "a\rb\nc\td",
    "user\u202egnp.exe",
    "\x1bP+q\x1b\\",
    "zero\u200bwidth",
  ];
  for (const text of hostile) {
    assert.doesNotMatch(printable(text), HOSTILE_REGEXP);
    assert.equal([...printable(text)].length, [...text].length);
  }
  assert.equal(printable("größe 日本 👩‍🔬 ±"), "größe 日本 👩‍🔬 ±");
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    assert.doesNotMatch(printable(text), HOSTILE_REGEXP);
  }));
});

Deno.test("displayWidth() counts cells, not characters", () => {
  const widths: readonly (readonly [string, number])[] = [
    ["", 0],
    ["digits", 6],
    ["größe", 5],
    ["gro\u0308ße", 5],
    ["日本", 4],
    ["한국", 4],
    ["ｆｕｌｌ", 8],
    ["🙂", 2],
    ["👩‍🔬", 2],
    ["█▓▒░✗╱▚", 7],
    ["0.95 ± 0.01…", 12],
  ];
  for (const [text, width] of widths) assert.equal(displayWidth(text), width, text);
});

Deno.test("truncate() never exceeds the width, nor cuts a character in two", () => {
  assert.equal(truncate("hidden_width", 8), "hidden_…");
  assert.equal(truncate("日本語", 4), "日…");
  assert.equal(truncate("日本語", 6), "日本語");
  assert.equal(truncate("abc", 0), "");
  assert.equal(truncate("abcdef", 2, "..."), "ab");
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.nat(30), (text, width) => {
    const safe = printable(text);
    assert.ok(displayWidth(truncate(safe, width)) <= width);
    if (displayWidth(safe) <= width) assert.equal(truncate(safe, width), safe);
  }));
});

Deno.test("pad() fills up to the width on either side", () => {
  assert.equal(pad("日", 4, "left"), "日  ");
  assert.equal(pad("日", 4, "right"), "  日");
  assert.equal(pad("long", 2, "left"), "long");
});
