import assert from "node:assert/strict";
import { parsePairs } from "./enqueue_command.ts";

Deno.test("parsePairs() reads numbers, truth values and texts", () => {
  const pairs = ["lr=1e-3", "hidden_width=48", "bias=true", "optimizer=adam", "note=a=b"];
  assert.deepEqual(parsePairs(pairs), {
    lr: 0.001,
    hidden_width: 48,
    bias: true,
    optimizer: "adam",
    note: "a=b",
  });
});

Deno.test("parsePairs() says what is wrong with a pair", () => {
  assert.throws(() => parsePairs(["lr"]), /Cannot read "lr": it must be name=value/);
  assert.throws(() => parsePairs(["=3"]), /it must be name=value/);
  assert.throws(() => parsePairs(["lr="]), /it must be name=value/);
  assert.throws(() => parsePairs(["lr=1", "lr=2"]), /Cannot set lr twice/);
});
