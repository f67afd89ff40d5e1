import assert from "node:assert/strict";
import { parsePackId, parseSweepId, parseWorkerId, type WorkerId } from "../core/domain/ids.ts";
import { instant } from "../core/domain/units.ts";
import type { Presence } from "../core/protocol/presence.ts";
import { NO_SLOTS, workerSlots } from "./worker_slots.ts";

const [a, b, c] = ["a", "b", "c"].map(parseWorkerId) as [WorkerId, WorkerId, WorkerId];

function presence(worker: WorkerId, change: Partial<Presence> = {}): Presence {
  return {
    v: 1,
    worker,
    host: "alder.lab",
    pid: 7,
    version: "0.0.0-test",
    backend: "wasm",
    reason: "the first that loads",
    refused: [],
    slots: 2,
    draining: false,
    packs: [],
    laneStepsPerSecond: 0,
    trialsFinished: 0,
    startedAt: instant(0),
    at: instant(0),
    ...change,
  };
}

const held = {
  sweep: parseSweepId("s-1"),
  pack: parsePackId(0),
  lanes: 1,
  since: instant(0),
};

Deno.test("workerSlots() counts the slots of workers that stay, and those of them without a pack", () => {
  const found = [presence(a, { packs: [held] }), presence(b), presence(c, { draining: true })];
  assert.deepEqual(workerSlots(found, new Set()), {
    live: 4,
    idle: { count: 3, workers: [a, b] },
  });
  const busy = workerSlots([presence(a, { slots: 1, packs: [held] })], new Set());
  assert.deepEqual(busy, { live: 1, idle: { count: 0, workers: [] } });
  assert.deepEqual(workerSlots([], new Set()), NO_SLOTS);
});

Deno.test("workerSlots() does not count on workers in quarantine: no lanes are sent to them", () => {
  const found = [presence(a, { packs: [held] }), presence(b)];
  assert.deepEqual(workerSlots(found, new Set([b])), {
    live: 2,
    idle: { count: 1, workers: [a] },
  });
  assert.deepEqual(workerSlots(found, new Set([a, b])), NO_SLOTS);
});
