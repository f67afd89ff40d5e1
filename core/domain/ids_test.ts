import assert from "node:assert/strict";
import fc from "fast-check";
import {
  parseAttempt,
  parseConfigurationId,
  parsePackId,
  parseSweepId,
  parseTrialId,
  parseWorkerId,
} from "./ids.ts";

Deno.test("parseSweepId() and parseWorkerId() return what is one subject token", () => {
  fc.assert(fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/), (text) => {
    assert.equal(parseSweepId(text), text);
    assert.equal(parseWorkerId(text), text);
  }));
});

Deno.test("parseSweepId() and parseWorkerId() refuse what NATS or a path would read otherwise", () => {
  const texts = ["", "a.b", "*", ">", "a b", "a/b", "..", "a\n", "é", "a\0", "x".repeat(65)];
  for (const text of texts) {
    assert.throws(() => parseSweepId(text), SyntaxError, JSON.stringify(text));
    assert.throws(() => parseWorkerId(text), SyntaxError, JSON.stringify(text));
  }
});

Deno.test("parseSweepId() quotes no more than a line of what it refuses", () => {
  assert.throws(() => parseSweepId("x".repeat(10_000)), (error) => {
    assert.ok(error instanceof SyntaxError);
    assert.ok(error.message.length < 200);
    return true;
  });
});

Deno.test("number ids count from 0, attempts from 1", () => {
  for (const parse of [parseTrialId, parseConfigurationId, parsePackId]) {
    assert.equal(parse(0), 0);
    assert.equal(parse(2 ** 40), 2 ** 40);
    for (const bad of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
      assert.throws(() => parse(bad), RangeError);
    }
  }
  assert.equal(parseAttempt(1), 1);
  assert.throws(() => parseAttempt(0), RangeError);
});
