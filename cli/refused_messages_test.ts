import assert from "node:assert/strict";
import { DecodeError } from "../core/protocol/codec.ts";
import { countRefused } from "./refused_messages.ts";

Deno.test("countRefused() tells of a million refused messages in twenty lines, the first at once", () => {
  const counts: unknown[] = [];
  const refuse = countRefused({ warn: (_, { count }) => counts.push(count) });
  const error = new DecodeError("trawl.v1.api.s1.claim", {
    reason: "it is not JSON",
    bytes: new Uint8Array(3),
  });
  refuse(error);
  assert.deepEqual(counts, [1]);
  for (let i = 1; i < 1_000_000; i++) refuse(error);
  assert.deepEqual(counts, Array.from({ length: 20 }, (_, i) => 2 ** i));
});

Deno.test("countRefused() names the subject, the size and the reason, not what was sent", () => {
  const lines: Record<string, unknown>[] = [];
  const refuse = countRefused({ warn: (_, properties) => lines.push(properties) });
  refuse(new DecodeError("s\x1b[2J", { reason: "it is not UTF-8", bytes: new Uint8Array(70) }));
  assert.deepEqual(lines, [{
    count: 1,
    size: 70,
    subject: "s\ufffd[2J",
    reason: "it is not UTF-8",
  }]);
});
