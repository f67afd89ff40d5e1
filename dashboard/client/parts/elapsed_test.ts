import assert from "node:assert/strict";
import { elapsedOf } from "./elapsed.ts";

Deno.test("elapsedOf() counts the time in which somebody works", () => {
  const at = { createdAt: 1_000, now: 90_000 };
  const running = { status: "running", endedAt: null, updatedAt: 50_000, idleMs: 9_000 } as const;
  assert.equal(elapsedOf(running, at), 80_000);
  assert.equal(elapsedOf({ ...running, status: "interrupted" }, at), 40_000);
  assert.equal(elapsedOf({ ...running, status: "completed", endedAt: 60_000 }, at), 50_000);
});
