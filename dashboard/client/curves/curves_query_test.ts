import assert from "node:assert/strict";
import fc from "fast-check";
import { CURVE_X, formatCurvesQuery, parseCurvesQuery, SHOWN } from "./curves_query.ts";

const word = fc.string({ minLength: 1, maxLength: 10 }).map((text) => `w${text.trim()}`);
const orNull = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(values, { nil: null });

Deno.test("parseCurvesQuery() reads what formatCurvesQuery() wrote", () => {
  const queries = fc.record({
    metric: orNull(word),
    show: fc.constantFrom(...SHOWN),
    top: fc.integer({ min: 1, max: 64 }),
    trials: fc.uniqueArray(fc.nat(), { maxLength: 8 }),
    text: fc.oneof(fc.constant(""), word),
    state: fc.option(fc.constantFrom("failed", "diverged"), { nil: null }),
    worker: fc.option(fc.constantFrom("alder-1", "a b"), { nil: null }),
    pack: fc.option(fc.nat(), { nil: null }),
    group: orNull(word),
    x: fc.constantFrom(...CURVE_X),
    smooth: fc.constantFrom(0, 0.5, 0.99),
    isLogX: fc.boolean(),
    isLogY: fc.boolean(),
    from: orNull(fc.integer()),
    to: orNull(fc.integer()),
  }, { noNullPrototype: true });
  fc.assert(fc.property(queries, (query) => {
    assert.deepEqual(parseCurvesQuery(new URLSearchParams(formatCurvesQuery(query))), query);
  }));
  assert.equal(formatCurvesQuery(parseCurvesQuery(new URLSearchParams("show=&q=+&t="))), "");
});

Deno.test("parseCurvesQuery() shows all trials where they are grouped, and takes no nonsense", () => {
  assert.equal(parseCurvesQuery(new URLSearchParams("group=lr")).show, "all");
  assert.deepEqual(parseCurvesQuery(new URLSearchParams("t=3, 17&t=3")).trials, [3, 17]);
  const nonsense = ["x=days", "smooth=1", "top=0", "top=65", "t=x", "from=a", "show=none"];
  for (const text of nonsense) {
    assert.throws(() => parseCurvesQuery(new URLSearchParams(text)), { name: "SyntaxError" }, text);
  }
  const many = `t=${Array.from({ length: 65 }, (_, index) => index).join()}`;
  assert.throws(() => parseCurvesQuery(new URLSearchParams(many)), /at most 64/);
});
