import assert from "node:assert/strict";
import { renderLine } from "./style.ts";

const PLAIN = { width: 80, color: false, unicode: true };

Deno.test("renderLine() colours spans, and only where colour is on", () => {
  const line = [{ text: "a" }, { text: "b", style: "red" as const }, { text: "c" }];
  assert.equal(renderLine(line, PLAIN), "abc");
  assert.equal(renderLine(line, { ...PLAIN, color: true }), "a\x1b[31mb\x1b[39mc");
});

Deno.test("renderLine() cuts where the width ends, in the middle of a span or between two", () => {
  const line = [{ text: "abcd", style: "bold" as const }, { text: "efgh" }];
  const cut = (width: number): string => renderLine(line, { ...PLAIN, width });
  assert.equal(cut(8), "abcdefgh");
  assert.equal(cut(7), "abcdef…");
  assert.equal(cut(5), "abcd…");
  assert.equal(cut(4), "abc…");
  assert.equal(cut(1), "…");
  assert.equal(renderLine(line, { ...PLAIN, width: 7, unicode: false }), "abcd...");
  assert.equal(renderLine(line, { ...PLAIN, width: 3, color: true }), "\x1b[1mab…\x1b[22m");
});

Deno.test("renderLine() disarms text that somebody else chose", () => {
  assert.equal(renderLine([{ text: "x\x1b[2J\n" }], PLAIN), "x\ufffd[2J\ufffd");
  assert.equal(renderLine([{ text: "é ± 日\x07" }], { ...PLAIN, unicode: false }), "? +- ??");
});
