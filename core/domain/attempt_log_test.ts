import assert from "node:assert/strict";
import { logText, LONGEST_LOG_LINE } from "./attempt_log.ts";

Deno.test("logText() takes colours away and shows what else could steer a terminal or a reader", () => {
  assert.equal(
    logText("\x1b[31mred\x1b[0m and \x1b]8;;http://x\x07link\x1b]8;;\x07"),
    "red and link",
  );
  assert.equal(logText("a\x00b\x9bc\u202ed"), "a\ufffdb\ufffdc\ufffdd");
  assert.equal(logText("one\r\n\ttwo  \n"), "one\n\ttwo");
  assert.equal(logText("<script>&amp;"), "<script>&amp;");
});

Deno.test("logText() cuts the middle out of a long line and says how much there was", () => {
  const cut = logText(`begin ${"x".repeat(1_000_000)} end`);
  assert.ok(cut.length <= LONGEST_LOG_LINE);
  assert.match(cut, /^begin x+ … \d+ characters … x+ end$/);
});
