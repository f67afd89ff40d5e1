import assert from "node:assert/strict";
import { fuseKey } from "./fuse_key.ts";

Deno.test("fuseKey() leaves learning rate, momentum, decay and width free, and fixes the rest", () => {
  const base = { batch_size: 32, depth: 1, lr: 0.1, hidden_width: 8 };
  assert.equal(
    fuseKey(base),
    fuseKey({ ...base, lr: 0.5, hidden_width: 99, momentum: 0.5, weight_decay: 0.01 }),
  );
  for (const change of [{ batch_size: 64 }, { depth: 2 }, { epochs: 9 }, { optimizer: "adam" }]) {
    assert.notEqual(fuseKey(base), fuseKey({ ...base, ...change }));
  }
});
