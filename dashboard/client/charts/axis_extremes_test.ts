import assert from "node:assert/strict";
import fc from "fast-check";
import { rangeOf, shareOf, ticks, valueAtShare } from "./axis.ts";
import { axisTicks, logTicks } from "./scale.ts";

/** Whatever is a finite number, the largest and the smallest ones often. */
const value = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 0, 1e308, -1e308, 1),
);
const range = fc.tuple(value, value).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6;

Deno.test("ticks() are some finite numbers inside of any range, none twice", () => {
  fc.assert(fc.property(range, fc.integer({ min: 2, max: 12 }), (ends, most) => {
    const made = ticks(ends, most);
    assert.ok(made.length <= Math.max(1, most), `${made}`);
    assert.equal(new Set(made).size, made.length, `${made}`);
    for (const tick of made) {
      const share = shareOf(tick, ends);
      assert.ok(Number.isFinite(tick) && share > -1e-6 && share < 1 + 1e-6, `${tick}: ${share}`);
    }
  }));
});

Deno.test("ticks() of ranges beyond what can be subtracted or divided are still round", () => {
  assert.deepEqual(ticks([-1e308, 1e308], 6), [-1e308, -5e307, 0, 5e307, 1e308]);
  assert.deepEqual(ticks([0, 4e-30], 6), [0, 1e-30, 2e-30, 3e-30, 4e-30]);
});

Deno.test("shareOf() and valueAtShare() know every place of any range", () => {
  // The sum of the lower end and the span is rounded: here to beyond the upper end.
  const rounded: [[number, number], number] = [
    [-1.4795338126422754e-307, -5.869554686334444e-308],
    1,
  ];
  fc.assert(
    fc.property(range, fc.double({ min: 0, max: 1, noNaN: true }), (ends, share) => {
      const at = valueAtShare(share, ends);
      assert.ok(at >= ends[0] && at <= ends[1], `${at}`);
      const back = shareOf(at, ends);
      assert.ok(back >= -1e-6 && back <= 1 + 1e-6, `${back}`);
      if (ends[0] === ends[1]) return assert.equal(back, 0.5);
      assert.ok(near(shareOf(ends[0], ends), 0) && near(shareOf(ends[1], ends), 1));
    }),
    { examples: [rounded] },
  );
});

Deno.test("rangeOf() has finite ends around any numbers", () => {
  fc.assert(fc.property(fc.array(value), (values) => {
    const [lower, upper] = rangeOf(values, 0.06);
    assert.ok(Number.isFinite(lower) && Number.isFinite(upper) && lower < upper);
    for (const one of values) assert.ok(one >= lower && one <= upper);
  }));
});

Deno.test("axisTicks() and logTicks() are finite on any axis", () => {
  const positive = fc.tuple(value, value).map((pair) => pair.map(Math.abs).sort((a, b) => a - b))
    .filter(([min = 0]) => min > 0);
  fc.assert(fc.property(positive, fc.constantFrom("log", "linear"), ([min = 1, max = 1], scale) => {
    const axis = { kind: "number", name: "x", scale, min, max, hasAbsent: false } as const;
    for (const { at } of axisTicks(axis, 6)) assert.ok(at > -1e-6 && at < 1 + 1e-6, `${at}`);
    for (const tick of logTicks(min, max, 6)) assert.ok(Number.isFinite(tick));
  }));
});
