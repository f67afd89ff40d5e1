import assert from "node:assert/strict";
import { parsePackId } from "../core/domain/ids.ts";
import { milliseconds } from "../core/domain/units.ts";
import { FakeTimers, settle } from "../tests/support/fake_timers.ts";
import { LastHolders } from "./last_holders.ts";

const PACKS = [3, 5].map(parsePackId);

function waiting(packs = PACKS) {
  const holders = new LastHolders();
  holders.add(packs);
  const timers = new FakeTimers();
  const leave = new AbortController();
  const state = { isOver: false };
  const withinMs = milliseconds(1_000);
  const wait = holders.wait({ timers, withinMs, signal: leave.signal })
    .then(() => void (state.isOver = true));
  return { holders, timers, leave, state, wait };
}

Deno.test("LastHolders.wait() ends when every holder was told, and not before", async () => {
  const { holders, state, wait } = waiting();
  holders.told(parsePackId(3));
  holders.told(parsePackId(3));
  holders.told(parsePackId(4));
  await settle();
  assert.equal(state.isOver, false);
  holders.told(parsePackId(5));
  await wait;
});

Deno.test("LastHolders.wait() does not wait for nobody, nor for ever, nor for who is interrupted", async () => {
  await waiting([]).wait;
  const dead = waiting();
  await dead.timers.advance(999);
  assert.equal(dead.state.isOver, false);
  await dead.timers.advance(1);
  await dead.wait;
  const interrupted = waiting();
  interrupted.leave.abort();
  await interrupted.wait;
});
