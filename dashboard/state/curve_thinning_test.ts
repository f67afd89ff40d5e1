import assert from "node:assert/strict";
import fc from "fast-check";
import { thinned } from "./curve_thinning.ts";

Deno.test("thinned() keeps the lowest, the highest and the last point of a curve, and only its points", () => {
  const curves = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 400 });
  fc.assert(fc.property(curves, fc.integer({ min: 3, max: 60 }), (values, most) => {
    const points = values.map((value, index) => [index + 1, value] as const);
    const kept = thinned(points, most);
    assert.ok(kept.length <= most);
    assert.ok(kept.every((point) => points.includes(point)));
    assert.equal(new Set(kept).size, kept.length);
    assert.deepEqual(kept, kept.toSorted((a, b) => a[0] - b[0]));
    assert.deepEqual(kept.at(-1), points.at(-1));
    const numbers = kept.map(([, value]) => value);
    assert.equal(Math.min(...numbers), Math.min(...values));
    assert.equal(Math.max(...numbers), Math.max(...values));
    if (values.length <= most) assert.equal(kept, points);
  }));
});

Deno.test("thinned() looks at stretches of x, not at so many points", () => {
  const points = [...Array.from({ length: 98 }, (_, x) => [x, 0] as const), [500, 1], [
    1000,
    2,
  ]] as const;
  assert.deepEqual(thinned(points, 6), [[0, 0], [500, 1], [1000, 2]]);
});
