import assert from "node:assert/strict";
import fc from "fast-check";
import { isMatch, parseTrialFilter } from "./trial_filter.ts";

const NAMES = ["lr", "depth", "activation", "a b", "val_loss"];

Deno.test("parseTrialFilter() reads comparisons with blanks between them, quotes where needed", () => {
  assert.deepEqual(parseTrialFilter(`  lr > 0.01 depth=2 "a b"!="x \\"y\\"" `, NAMES), [
    { name: "lr", comparison: ">", value: "0.01" },
    { name: "depth", comparison: "=", value: "2" },
    { name: "a b", comparison: "!=", value: 'x "y"' },
  ]);
  assert.deepEqual(parseTrialFilter("lr>=1e-3 val_loss<=.5", NAMES).map((one) => one.comparison), [
    ">=",
    "<=",
  ]);
  assert.deepEqual(parseTrialFilter(" ", NAMES), []);
});

Deno.test("parseTrialFilter() says where a text goes wrong", () => {
  const says = (text: string, message: RegExp): void =>
    assert.throws(() => parseTrialFilter(text, NAMES), { name: "SyntaxError", message });
  says("lr", /at its end: there must be one of = != < <= > >=/);
  says("lr>", /at its end: there must be a value/);
  says(">3", /at character 1, ">3": there must be the name/);
  says("lr>0.1 and depth=2", /character 11, " depth=2": there must be one of =/);
  says("width=3", /Cannot filter by "width": it must be one of lr, depth, activation, a b/);
  says("lr>big", /Cannot filter by lr>big: after > there must be a number/);
  says('activation="relu"lr=1', /character 18, "lr=1": there must be a blank/);
  says("x".repeat(501), /more than 500 characters/);
});

Deno.test("parseTrialFilter() gives back any names and values that were quoted", () => {
  const term = fc.record({
    name: fc.string({ minLength: 1, maxLength: 12 }),
    comparison: fc.constantFrom("=", "!="),
    value: fc.string({ maxLength: 12 }),
  }, { noNullPrototype: true });
  fc.assert(fc.property(fc.array(term, { maxLength: 4 }), (terms) => {
    const text = terms
      .map(({ name, comparison, value }) =>
        `${JSON.stringify(name)}${comparison}${JSON.stringify(value)}`
      ).join(" ");
    assert.deepEqual(parseTrialFilter(text, terms.map(({ name }) => name)), terms);
  }));
});

Deno.test("isMatch() compares numbers by size, texts by their letters, and nothing with nothing", () => {
  const values = new Map<string, number | string>([["lr", 0.1], ["activation", "relu"]]);
  const holds = (text: string): boolean =>
    isMatch(parseTrialFilter(text, NAMES), (name) => values.get(name));
  for (const text of ["lr=0.10", "lr>0.05", "lr<=1e-1", "activation=relu", "lr!=1 depth!=2", ""]) {
    assert.equal(holds(text), true, text);
  }
  for (const text of ["lr>0.1", "lr=relu", "activation>1", "depth=2", "depth<2", "lr=0.1 lr>1"]) {
    assert.equal(holds(text), false, text);
  }
});
