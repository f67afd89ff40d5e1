import assert from "node:assert/strict";
import fc from "fast-check";
import { numberOrder } from "./number_order.ts";

const numbers = fc.array(
  fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(NaN, 0, -0, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE),
  ),
  { maxLength: 300 },
);

Deno.test("numberOrder() is that of a stable sort by comparison, what is no number last", () => {
  fc.assert(fc.property(numbers, fc.boolean(), (values, isDescending) => {
    const direction = isDescending ? -1 : 1;
    const expected = values.map((value, place) => ({ value, place }))
      .sort((a, b) => {
        const [isA, isB] = [Number.isNaN(a.value), Number.isNaN(b.value)];
        if (isA || isB) return Number(isA) - Number(isB);
        return a.value === b.value ? 0 : direction * (a.value < b.value ? -1 : 1);
      })
      .map(({ place }) => place);
    assert.deepEqual([...numberOrder(Float64Array.from(values), { isDescending })], expected);
  }));
});

Deno.test("numberOrder() of nothing is nothing", () => {
  assert.deepEqual([...numberOrder(new Float64Array())], []);
});
