import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalText } from "./hyperparameters.ts";

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string(),
  fc.boolean(),
);
const pairs = fc.uniqueArray(fc.tuple(fc.string(), value), { selector: ([name]) => name });

Deno.test("canonicalText() does not depend on the order of names", () => {
  fc.assert(fc.property(pairs, (entries) => {
    const there = canonicalText(Object.fromEntries(entries));
    assert.equal(there, canonicalText(Object.fromEntries(entries.toReversed())));
  }));
});

Deno.test("canonicalText() tells different assignments apart", () => {
  const texts = [{ a: 1 }, { a: "1" }, { a: true }, { a: "true" }, { b: 1 }, { a: 1, b: 1 }, {}]
    .map((assignment) => canonicalText(assignment as Record<string, number>));
  assert.equal(new Set(texts).size, texts.length);
});
