import assert from "node:assert/strict";
import { milliseconds } from "../../core/domain/units.ts";
import { FakeTimers } from "../support/fake_timers.ts";
import { SkewedTimers } from "./skewed_timers.ts";

Deno.test("SkewedTimers show real time until they are set, and go on from there", async () => {
  const real = new FakeTimers(1_000);
  const timers = new SkewedTimers(real);
  await real.advance(50);
  assert.equal(timers.now(), 1_050);
  timers.skew({ kind: "jump", ms: -400 });
  assert.equal(timers.now(), 650);
  timers.skew({ kind: "rate", factor: 4 });
  await real.advance(10);
  assert.equal(timers.now(), 690);
  timers.skew({ kind: "rate", factor: 1 });
  await real.advance(10);
  assert.equal(timers.now(), 700);
});

Deno.test("SkewedTimers that run fast sleep as long by their own clock", async () => {
  const real = new FakeTimers(0);
  const timers = new SkewedTimers(real);
  timers.skew({ kind: "rate", factor: 4 });
  let isAwake = false;
  const sleeping = timers.sleep(milliseconds(400)).then(() => isAwake = true);
  await real.advance(99);
  assert.equal(isAwake, false);
  await real.advance(1);
  await sleeping;
  assert.equal(timers.now(), 400);
});

Deno.test("SkewedTimers that are unaware of a sleep stand still while it lasts", async () => {
  const real = new FakeTimers(1_000);
  const timers = new SkewedTimers(real, { isUnaware: true });
  await real.advance(50);
  assert.equal(timers.now(), 1_050);
  await real.leap(5_000);
  assert.equal(timers.now(), 1_050);
  await real.advance(50);
  assert.equal(timers.now(), 1_100);
});
