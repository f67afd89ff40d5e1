import assert from "node:assert/strict";
import { bytes, epoch, instant, milliseconds } from "./units.ts";

Deno.test("milliseconds() takes every finite duration and nothing negative", () => {
  assert.equal(milliseconds(0), 0);
  assert.equal(milliseconds(0.25), 0.25);
  for (const bad of [-1, NaN, Infinity]) assert.throws(() => milliseconds(bad), RangeError);
});

Deno.test("instant() takes times before 1970 and nothing that is not finite", () => {
  assert.equal(instant(-5), -5);
  for (const bad of [NaN, Infinity, -Infinity]) assert.throws(() => instant(bad), RangeError);
});

Deno.test("epoch() and bytes() count whole things from 0", () => {
  for (const make of [epoch, bytes]) {
    assert.equal(make(0), 0);
    assert.equal(make(7), 7);
    for (const bad of [-1, 0.5, NaN, Infinity]) assert.throws(() => make(bad), RangeError);
  }
});
