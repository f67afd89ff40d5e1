import assert from "node:assert/strict";
import fc from "fast-check";
import { isAllowedBy, isAllowedIn, parseConstraint } from "./constraints.ts";
import type { Hyperparameters } from "./hyperparameters.ts";

const NAMES = ["a", "b", "c", "optimizer", "bias", "optimizer.lr", "odd name"];
const POINT: Hyperparameters = {
  a: 2,
  b: 3,
  c: -4,
  optimizer: "adam",
  bias: true,
  "optimizer.lr": 0.1,
  "odd name": 7,
};

const TRUE: readonly string[] = [
  "a < b",
  "a <= 2 and b >= 3",
  "a + b * 2 == 8",
  "(a + b) * 2 == 10",
  "b - a - 1 == 0",
  "12 / b / 2 == 2",
  "7 % b == 1",
  "-c == a * 2",
  "- -c == c",
  "a == 5 or b == 3",
  "a == 5 and b == 5 or c == -4",
  "c == -4 or a == 5 and b == 5",
  "not a == 5",
  "not not a == 2",
  "!(a == 5) && !false",
  "a == 5 || b != 5",
  'optimizer == "adam"',
  "optimizer != 'sgd'",
  "'adam' == optimizer",
  "bias",
  "bias == true",
  "not bias == false",
  "bias and a < b",
  "optimizer.lr < 1",
  "optimizer.lr == 1e-1",
  "`odd name` == 7",
  ".5 * a == 1.",
  "a<b and(b<4)",
  "(a < b) == (b > a)",
];

for (const text of TRUE) {
  Deno.test(`parseConstraint() finds that ${text}`, () => {
    assert.equal(parseConstraint(text, NAMES).holds(POINT), true);
    assert.equal(parseConstraint(`not (${text})`, NAMES).holds(POINT), false);
  });
}

const REFUSED: readonly (readonly [string, RegExp])[] = [
  ["", /found its end at character 1, it must be a number, a parameter/],
  ["a <", /found its end at character 4/],
  ["a = 2", /found "=" at character 3; equality is ==/],
  ["a < b < c", /found "<" at character 7.*a < b and b < c/],
  ["(a < b", /found its end at character 7, it must be \) for the \( at character 1/],
  ["a < b)", /found "\)" at character 6, it must be the end/],
  ["a b", /found "b" at character 3, it must be the end/],
  ["a + b", /found a number at character 1, it must be a comparison/],
  ["optimizr == 'adam'", /unknown parameter "optimizr" at character 1; did you mean "optimizer"\?/],
  ["zzzzzz < 1", /unknown parameter "zzzzzz" at character 1; there are a, b, c/],
  ["a.b < 1", /unknown parameter "a\.b"/],
  ["constructor < 1", /unknown parameter "constructor"/],
  ["a == 'x", /found "'" at character 6; the text has no end/],
  ["a ** 2 < 4", /found "\*" at character 4/],
  ["a ^ 2 < 4", /found "\^" at character 3; there are no powers/],
  ["'x' + a < 4", /found a text at character 1, it must be a number/],
  ["a < 'x'", /found a text at character 5, it must be a number/],
  ["a < b and 3", /found a number at character 11, it must be a comparison/],
  ["(a < b) + 1 < 2", /found true or false at character 2, it must be a number/],
  ["1 < 2", /found no parameter in it/],
  ["1 == '1' and a < b", /found a text at character 6, it must be a number/],
  ["f(a) < 2", /unknown parameter "f"/],
  ["a < b; b < c", /found ";" at character 6/],
  [`a < ${"1".repeat(600)}`, /found 604 characters, it must be at most 500/],
];

for (const [text, problem] of REFUSED) {
  Deno.test(`parseConstraint() refuses ${JSON.stringify(text.slice(0, 30))} and says where`, () => {
    assert.throws(() => parseConstraint(text, NAMES), { name: "SyntaxError", message: problem });
  });
}

Deno.test("parseConstraint() takes a configuration without a named parameter as allowed", () => {
  const { holds } = parseConstraint("a > b and c > 100", NAMES);
  assert.equal(holds({ a: 1, b: 2, c: 3 }), false);
  assert.equal(holds({ a: 1, b: 2 }), true);
});

Deno.test("parseConstraint() finds comparisons with what is no number false", () => {
  assert.equal(parseConstraint("a < 100", ["a"]).holds({ a: "full" }), false);
  assert.equal(parseConstraint("a >= 100", ["a"]).holds({ a: "full" }), false);
  assert.equal(parseConstraint("2 * a == 4", ["a"]).holds({ a: "2" }), false);
});

Deno.test("parseConstraint() tells what it takes parameters for", () => {
  const { uses } = parseConstraint("2 * a < 9 and optimizer == 'adam' and bias", NAMES);
  const known = uses.filter(({ as }) => as.kind !== "any");
  assert.deepEqual(known, [
    { name: "a", as: { kind: "number" } },
    { name: "optimizer", as: { kind: "equal", value: "adam" } },
    { name: "bias", as: { kind: "truth" } },
  ]);
});

Deno.test("parseConstraint() calculates as JavaScript does", () => {
  type Tree = { readonly text: string; readonly value: (a: number, b: number) => number };
  const { sum } = fc.letrec<{ sum: Tree }>((tie) => ({
    sum: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<Tree>({ text: "a", value: (a) => a }, { text: "b", value: (_, b) => b }),
      fc.nat(9).map((n): Tree => ({ text: String(n), value: () => n })),
      fc.tuple(tie("sum"), fc.constantFrom("+", "-", "*", "/", "%"), tie("sum")).map(
        ([left, sign, right]): Tree => ({
          text: `(${left.text} ${sign} ${right.text})`,
          value: (a, b) => {
            const [x, y] = [left.value(a, b), right.value(a, b)];
            if (sign === "+") return x + y;
            if (sign === "-") return x - y;
            if (sign === "*") return x * y;
            return sign === "/" ? x / y : x % y;
          },
        }),
      ),
    ),
  }));
  fc.assert(fc.property(sum, sum, fc.integer(), fc.integer(), (left, right, a, b) => {
    const text = `${left.text} <= ${right.text} or a != a`;
    if (text.length > 500) return;
    const { holds } = parseConstraint(text, ["a", "b"]);
    const isNamed = text.includes("b");
    assert.equal(
      holds(isNamed ? { a, b } : { a }),
      left.value(a, b) <= right.value(a, b),
    );
  }));
});

Deno.test("parseConstraint() answers every text with a constraint or a SyntaxError", () => {
  const pieces = fc.constantFrom("a", "b", "<", "==", "and", "not", "(", ")", "-", "1", "'x'", "!");
  fc.assert(fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 2 }))), (parts) => {
    try {
      parseConstraint(parts.join(" "), NAMES);
    } catch (error) {
      assert.ok(error instanceof SyntaxError);
    }
  }));
});

Deno.test("isAllowedBy() asks for all constraints, isAllowedIn() for those of a specification", () => {
  const both = ["a < b", "b < 5"].map((text) => parseConstraint(text, NAMES));
  assert.equal(isAllowedBy(both)({ a: 1, b: 2 }), true);
  assert.equal(isAllowedBy(both)({ a: 1, b: 9 }), false);
  const domain = { kind: "values", values: [1, 2] } as const;
  const parameters = [{ name: "a", domain }, { name: "b", domain }];
  assert.equal(isAllowedIn({ parameters })({ a: 2, b: 1 }), true);
  assert.equal(isAllowedIn({ parameters, constraints: ["a < b"] })({ a: 2, b: 1 }), false);
});
