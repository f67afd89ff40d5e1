import assert from "node:assert/strict";
import fc from "fast-check";
import { formatCompareQuery, parseCompareQuery } from "./compare_query.ts";

Deno.test("parseCompareQuery() reads what formatCompareQuery() wrote, and what a form sends", () => {
  const trials = fc.uniqueArray(fc.nat(), { maxLength: 64 });
  const metric = fc.option(fc.string({ minLength: 1 }), { nil: null });
  const rows = fc.constantFrom("different" as const, "all" as const);
  const against = fc.option(fc.nat(), { nil: null });
  fc.assert(fc.property(trials, metric, rows, against, (numbers, name, shown, other) => {
    const query = { trials: numbers, metric: name, rows: shown, against: other };
    assert.deepEqual(parseCompareQuery(new URLSearchParams(formatCompareQuery(query))), query);
  }));
  const form = new URLSearchParams("t=3&t=17&t=3&t=");
  assert.deepEqual(parseCompareQuery(form).trials, [3, 17]);
});

Deno.test("parseCompareQuery() refuses what is no trial, and more than an address should name", () => {
  const many = Array.from({ length: 65 }, (_, i) => i).join();
  for (const text of ["t=x", "t=-1", "t=1.5", `t=${many}`, "rows=some", "against=x"]) {
    assert.throws(
      () => parseCompareQuery(new URLSearchParams(text)),
      { name: "SyntaxError" },
      text,
    );
  }
});
