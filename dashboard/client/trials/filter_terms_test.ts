import assert from "node:assert/strict";
import fc from "fast-check";
import { formatTerm, quoted, withoutTerm, withTerm } from "./filter_terms.ts";
import { rowStep } from "./row_keys.ts";
import { parseTrialFilter } from "./trial_filter.ts";

const NAMES = ["lr", "depth", 'a "b" = <c>'];
const equals = (name: string, value: string) => ({ name, comparison: "=", value }) as const;

Deno.test("withTerm() adds a comparison, and takes the place of an equality that it contradicts", () => {
  assert.equal(withTerm("", equals("lr", "0.1"), NAMES), "lr=0.1");
  assert.equal(withTerm("lr=0.1 depth>1", equals("lr", "0.2"), NAMES), "depth>1 lr=0.2");
  assert.equal(withTerm("lr>0.01", equals("lr", "0.2"), NAMES), "lr>0.01 lr=0.2");
  assert.equal(withTerm("lr=0.1", equals("lr", "0.1"), NAMES), "lr=0.1");
  assert.equal(withoutTerm("lr>0.01 depth=2", equals("depth", "2"), NAMES), "lr>0.01");
});

Deno.test("withTerm() quotes whatever a name or a value is, so that it is read as it was", () => {
  const [, , hostile = ""] = NAMES;
  assert.deepEqual(
    parseTrialFilter(withTerm("depth>1", equals(hostile, '<img src=x> "y"'), NAMES), NAMES)[1],
    equals(hostile, '<img src=x> "y"'),
  );
  fc.assert(fc.property(fc.string({ minLength: 1 }), fc.string(), (name, value) => {
    const term = equals(name, value);
    assert.deepEqual(parseTrialFilter(formatTerm(term), [name]), [term]);
  }));
  assert.equal(quoted("lr"), "lr");
  assert.equal(quoted(""), '""');
});

Deno.test("rowStep() knows the table's keys and no other", () => {
  assert.deepEqual(["ArrowDown", "ArrowUp", "Home", "End", "x", "Enter"].map(rowStep), [
    "next",
    "previous",
    "first",
    "last",
    "mark",
    "open",
  ]);
  assert.equal(rowStep("y"), null);
});
