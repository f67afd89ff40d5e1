import assert from "node:assert/strict";
import { parsePackId, parseSweepId, parseWorkerId } from "../core/domain/ids.ts";
import { milliseconds } from "../core/domain/units.ts";
import type { Presence } from "../core/protocol/presence.ts";
import { FakeTimers } from "../tests/support/fake_timers.ts";
import { runPresenceLoop } from "./presence_loop.ts";
import { isIdleTooLong, WorkerState } from "./worker_state.ts";

function stateAt(timers: FakeTimers): WorkerState {
  return new WorkerState({
    worker: parseWorkerId("w"),
    host: "h",
    pid: 1,
    version: "0",
    backend: "cpu",
    reason: "r",
    refused: [{ name: "wasm", reason: "no" }],
    slots: 1,
    startedAt: timers.now(),
  });
}

Deno.test("runPresenceLoop() tells packs and rates every interval, and removes itself", async () => {
  const timers = new FakeTimers();
  const state = stateAt(timers);
  const records: Presence[] = [];
  const removed: string[] = [];
  const over = new AbortController();
  let isDown = false;
  const loop = runPresenceLoop({
    directory: {
      put: (record) => {
        if (isDown) return Promise.reject(new Error("no server"));
        records.push(record);
        return Promise.resolve();
      },
      remove: (worker) => Promise.resolve(void removed.push(worker)),
      list: () => Promise.resolve([]),
    },
    timers,
    presence: () => state.presence(timers.now(), { draining: false }),
    signal: over.signal,
  });
  await timers.advance(1_000);
  state.hold({ sweep: parseSweepId("s"), pack: parsePackId(3), lanes: 2, since: timers.now() });
  state.addLaneSteps(500);
  await timers.advance(1_000);
  assert.deepEqual(records.map((record) => record.packs.map(({ pack }) => pack)), [[], [3]]);
  assert.equal(records[1]?.laneStepsPerSecond, 250);
  assert.deepEqual(records[1]?.refused, [{ name: "wasm", reason: "no" }]);
  isDown = true;
  await timers.advance(4_000);
  isDown = false;
  await timers.advance(2_000);
  assert.equal(records.length, 3, "it goes on after failures");
  over.abort();
  await loop;
  assert.deepEqual(removed, ["w"]);
});

Deno.test("WorkerState is idle only while no slot has a pack", async () => {
  const timers = new FakeTimers();
  const state = stateAt(timers);
  const pack = { sweep: parseSweepId("s"), pack: parsePackId(0), lanes: 1, since: timers.now() };
  state.hold(pack);
  await timers.advance(60_000);
  assert.equal(isIdleTooLong(state.idleMs(timers.now()), milliseconds(1_000)), false);
  state.release(pack, timers.now());
  await timers.advance(999);
  assert.equal(isIdleTooLong(state.idleMs(timers.now()), milliseconds(1_000)), false);
  await timers.advance(1);
  assert.equal(isIdleTooLong(state.idleMs(timers.now()), milliseconds(1_000)), true);
  assert.equal(isIdleTooLong(state.idleMs(timers.now()), null), false);
});

Deno.test("WorkerState tells the rate of steps that come in by whole epochs, also between them", async () => {
  const timers = new FakeTimers();
  const state = stateAt(timers);
  const pack = { sweep: parseSweepId("s"), pack: parsePackId(0), lanes: 1, since: timers.now() };
  const rateAfter = async (ms: number): Promise<number> => {
    await timers.advance(ms);
    return state.presence(timers.now(), { draining: false }).laneStepsPerSecond;
  };
  assert.equal(await rateAfter(2_000), 0);
  state.hold(pack);
  assert.equal(await rateAfter(2_000), 0);
  state.addLaneSteps(400);
  assert.equal(await rateAfter(2_000), 100);
  assert.equal(await rateAfter(2_000), 100, "an epoch takes longer than a heartbeat");
  assert.equal(await rateAfter(2_000), 100);
  state.addLaneSteps(1_200);
  assert.equal(await rateAfter(2_000), 200);
  assert.equal(await rateAfter(120_000), 0, "nothing moves any more");
  state.addLaneSteps(500);
  assert.equal(await rateAfter(1_000), 500);
  state.release(pack, timers.now());
  assert.equal(await rateAfter(2_000), 0);
});
