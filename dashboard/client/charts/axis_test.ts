import assert from "node:assert/strict";
import fc from "fast-check";
import { rangeOf, ticks } from "./axis.ts";

Deno.test("ticks lie in the range, ascend, and are no more than asked for", () => {
  fc.assert(fc.property(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    fc.integer({ min: 3, max: 12 }),
    (lower, span, most) => {
      const upper = lower + span;
      const found = ticks([lower, upper], most);
      const air = 1e-6 * span + 1e-9 * Math.abs(lower);
      assert.ok(found.length <= most, `${found}`);
      for (const [index, tick] of found.entries()) {
        assert.ok(tick >= lower - air && tick <= upper + air, `${tick}`);
        if (index > 0) assert.ok(tick > (found[index - 1] ?? Infinity));
      }
    },
  ));
});

Deno.test("rangeOf holds every value, also a single or no one", () => {
  assert.deepEqual(rangeOf([], 0.1), [0, 1]);
  const [lower, upper] = rangeOf([0.5], 0.1);
  assert.ok(lower < 0.5 && upper > 0.5);
  assert.deepEqual(rangeOf([0, 10], 0.1), [-1, 11]);
});
