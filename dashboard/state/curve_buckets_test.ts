import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type BucketOptions,
  type Buckets,
  type CurveColumns,
  cutIntoBuckets,
} from "./curve_buckets.ts";

const value = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -1000, max: 1000 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
);
/** Curves over ascending x, all of which are whole and at least 1. */
const curves = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), value), { maxLength: 120 })
  .map((steps): CurveColumns => {
    let at = 0;
    return { x: steps.map(([step]) => at += step), y: steps.map(([, y]) => y), smooth: null };
  });
const options = fc.record({
  range: fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
  most: fc.integer({ min: 2, max: 40 }),
  isLog: fc.boolean(),
  quantum: fc.constantFrom(0, 1),
}, { noNullPrototype: true });

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0);
}
function inside({ x, y }: CurveColumns, [from, to]: BucketOptions["range"]): readonly number[] {
  return y.filter((_, index) => x[index]! >= from && x[index]! <= to);
}
/** Lowest and highest value of the buckets of a range, without its neighbours. */
function extremes({ n, low, high }: Buckets): readonly [number, number] {
  return [
    Math.min(...low.filter((_, index) => n[index]! > 0)),
    Math.max(...high.filter((_, index) => n[index]! > 0)),
  ];
}

Deno.test("cutIntoBuckets() counts every value once, and keeps the lowest and the highest", () => {
  fc.assert(fc.property(curves, options, (curve, cut) => {
    const buckets = cutIntoBuckets(curve, cut);
    const all = inside(curve, cut.range);
    const finite = all.filter(Number.isFinite);
    assert.equal(sum(buckets.n), finite.length);
    assert.equal(sum(buckets.marks.map(({ n }) => n)), all.length - finite.length);
    assert.deepEqual(extremes(buckets), [Math.min(...finite), Math.max(...finite)]);
    assert.ok(buckets.n.filter((n) => n > 0).length <= cut.most + 1);
    const within = buckets.last.filter((_, index) => buckets.n[index]! > 0);
    if (finite.length > 0) assert.equal(within.at(-1), finite.at(-1));
    for (const [index, last] of buckets.last.entries()) {
      assert.ok(buckets.low[index]! <= last && last <= buckets.high[index]!);
      assert.ok(index === 0 || buckets.x[index - 1]! < buckets.x[index]!);
    }
  }));
});

Deno.test("cutIntoBuckets() of a part says nothing else than of the whole", () => {
  fc.assert(fc.property(curves, options, (curve, cut) => {
    const whole = cutIntoBuckets(curve, { ...cut, range: [1, 2_000] });
    const part = cutIntoBuckets(curve, cut);
    const [low, high] = extremes(part);
    const [least, most] = extremes(whole);
    assert.ok(low >= least && high <= most);
    // What lies at a place is the same from near and from far.
    const exact = new Map(curve.x.map((x, index) => [x, curve.y[index]]));
    for (const [index, x] of part.x.entries()) assert.equal(part.last[index], exact.get(x));
  }));
});

Deno.test("cutIntoBuckets() leaves a short curve as it is, with its neighbours outside of the range", () => {
  const curve = { x: [1, 2, 3, 4, 5, 6], y: [9, NaN, 5, 7, Infinity, 1], smooth: null };
  const cut = { range: [3, 4], most: 10, isLog: false, quantum: 1 } as const;
  const { x, n, low, high, last, marks } = cutIntoBuckets(curve, cut);
  assert.deepEqual({ x, n, low, high, last }, {
    x: [1, 3, 4, 6],
    n: [0, 1, 1, 0],
    low: [9, 5, 7, 1],
    high: [9, 5, 7, 1],
    last: [9, 5, 7, 1],
  });
  assert.deepEqual(marks, []);
  const all = cutIntoBuckets(curve, { ...cut, range: [0, 6] });
  assert.deepEqual(all.marks, [{ x: 2, n: 1 }, { x: 5, n: 1 }]);
});

Deno.test("cutIntoBuckets() cuts epochs in whole numbers: at the same places for every curve", () => {
  const x = Array.from({ length: 100 }, (_, index) => index + 1);
  const y = x.map((at) => at % 10);
  const smooth = x.map((at) => at / 2);
  const cut = { range: [0, 100], most: 11, isLog: false, quantum: 1 } as const;
  const whole = cutIntoBuckets({ x, y, smooth }, cut);
  assert.deepEqual(whole.x, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  assert.deepEqual(whole.n, Array(10).fill(10));
  assert.deepEqual([whole.low[0], whole.high[0], whole.last[0]], [0, 9, 0]);
  assert.deepEqual(whole.smooth?.slice(0, 2), [5, 10]);
  const late = cutIntoBuckets({ x: x.slice(33), y: y.slice(33), smooth: null }, cut);
  assert.deepEqual(late.x, whole.x.slice(3));
});
