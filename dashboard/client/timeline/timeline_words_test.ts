import assert from "node:assert/strict";
import type { Timeline } from "./timeline_model.ts";
import { panned, windowForKey, zoomed } from "./timeline_words.ts";

/** A sweep of 100 s with a window on it. */
function page(from: number, to: number): Pick<Timeline, "window" | "lengthMs"> {
  return { window: [1000 * from, 1000 * to], lengthMs: 100_000 };
}

Deno.test("zoomed keeps the time under the pointer where it is, and stays inside", () => {
  assert.deepEqual(zoomed(page(0, 100), { factor: 0.5, at: 20_000 }), { from: 10, to: 60 });
  assert.deepEqual(zoomed(page(10, 60), { factor: 0.5, at: 10_000 }), { from: 10, to: 35 });
  assert.deepEqual(zoomed(page(0, 40), { factor: 2, at: 0 }), { from: 0, to: 80 });
  assert.deepEqual(zoomed(page(60, 100), { factor: 2, at: 60_000 }), { from: 20, to: 100 });
  assert.deepEqual(zoomed(page(20, 80), { factor: 2, at: 50_000 }), { from: null, to: null });
  assert.deepEqual(zoomed(page(50, 51), { factor: 0.5, at: 50_000 }), { from: 50, to: 51 });
});

Deno.test("panned stops at both ends of the sweep", () => {
  assert.deepEqual(panned(page(40, 60), 0.25), { from: 45, to: 65 });
  assert.deepEqual(panned(page(2, 22), -0.5), { from: 0, to: 20 });
  assert.deepEqual(panned(page(75, 95), 1), { from: 80, to: 100 });
});

Deno.test("windowForKey does by key what the links do, and leaves other keys alone", () => {
  const whole = page(0, 100);
  assert.deepEqual(windowForKey(whole, "+"), { from: 25, to: 75 });
  assert.deepEqual(windowForKey(page(25, 75), "-"), { from: null, to: null });
  assert.deepEqual(windowForKey(page(25, 75), "0"), { from: null, to: null });
  assert.deepEqual(windowForKey(page(20, 40), "ArrowRight"), { from: 25, to: 45 });
  for (const key of ["ArrowRight", "ArrowLeft", "x"]) assert.equal(windowForKey(whole, key), null);
});
