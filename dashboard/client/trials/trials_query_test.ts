import assert from "node:assert/strict";
import fc from "fast-check";
import { nextSort } from "./trial_table.tsx";
import { formatTrialQuery, parseTrialQuery } from "../trial/trial_query.ts";
import { ALL_TRIALS, formatTrialsQuery, parseTrialsQuery } from "./trials_query.ts";

const word = fc.string({ minLength: 1, maxLength: 10 }).map((text) => `w${text.trim()}`);
const MANY = Array.from({ length: 65 }, (_, i) => i).join();
const orNull = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(values, { nil: null });

Deno.test("parseTrialsQuery() reads what formatTrialsQuery() wrote", () => {
  const queries = fc.record({
    sort: word,
    descending: fc.boolean(),
    state: orNull(word),
    worker: orNull(word),
    pack: orNull(fc.nat()),
    text: word,
    by: fc.constantFrom("trial" as const, "configuration" as const),
    columns: orNull(fc.uniqueArray(word, { minLength: 1, maxLength: 5 })),
    baseline: orNull(fc.nat()),
    marked: fc.uniqueArray(fc.nat(), { maxLength: 64 }),
    page: fc.integer({ min: 1, max: 10_000 }),
    size: fc.constantFrom(50, 200),
  }, { noNullPrototype: true });
  fc.assert(fc.property(queries, (query) => {
    assert.deepEqual(parseTrialsQuery(new URLSearchParams(formatTrialsQuery(query))), query);
  }));
  assert.equal(formatTrialsQuery(ALL_TRIALS), "");
});

Deno.test("parseTrialsQuery() takes the empty fields of a form for absent, and no nonsense", () => {
  assert.deepEqual(parseTrialsQuery(new URLSearchParams("state=&worker=&q=+&pack=")), ALL_TRIALS);
  for (
    const text of [
      "size=51",
      "page=x",
      "pack=-1",
      "size=1e2",
      "by=worker",
      "base=x",
      "t=1,b",
      `t=${MANY}`,
    ]
  ) {
    assert.throws(() => parseTrialsQuery(new URLSearchParams(text)), { name: "SyntaxError" }, text);
  }
});

Deno.test("parseTrialQuery() reads what formatTrialQuery() wrote, and no nonsense", () => {
  const queries = fc.record({
    metric: orNull(word),
    split: orNull(word),
    cells: fc.constantFrom("counts", "shares"),
    epoch: orNull(fc.integer({ min: 0, max: 1_000_000 })),
    pair: orNull(fc.tuple(fc.nat(999_999), fc.nat(999_999))),
    sort: fc.constantFrom("loss" as const, "index" as const),
  }, { noNullPrototype: true });
  fc.assert(fc.property(queries, (query) => {
    assert.deepEqual(parseTrialQuery(new URLSearchParams(formatTrialQuery(query))), query);
  }));
  for (const text of ["epoch=x", "cells=both", "pair=3", "pair=a.b", "sort=size"]) {
    assert.throws(() => parseTrialQuery(new URLSearchParams(text)), { name: "SyntaxError" });
  }
});

Deno.test("nextSort() shows the best first, then the worst, and begins at the first page", () => {
  const later = { ...ALL_TRIALS, page: 7 };
  const best = nextSort(later, "objective", "maximize");
  assert.deepEqual([best.sort, best.descending, best.page], ["objective", true, 1]);
  assert.equal(nextSort(best, "objective", "maximize").descending, false);
  assert.equal(nextSort(later, "objective", "minimize").descending, false);
  assert.equal(nextSort(later, "p.lr", null).descending, false);
});
