import assert from "node:assert/strict";
import { parsePackId, parseSweepId, parseWorkerId } from "../../core/domain/ids.ts";
import { instant } from "../../core/domain/units.ts";
import type { Presence } from "../../core/protocol/presence.ts";
import { fleetRows } from "./fleet_rows.ts";

const NOW = 1_000_000;
const PACK = {
  sweep: parseSweepId("s-1"),
  pack: parsePackId(3),
  lanes: 8,
  since: instant(NOW - 500),
};

function presence(worker: string, change: Partial<Presence> = {}): Presence {
  return {
    v: 1,
    worker: parseWorkerId(worker),
    host: "alder",
    pid: 7,
    version: "0.1.0",
    backend: "webgpu",
    reason: "the fastest that works",
    refused: [{ name: "wasm", reason: "slower" }],
    slots: 2,
    draining: false,
    packs: [],
    laneStepsPerSecond: 100,
    trialsFinished: 5,
    startedAt: instant(NOW - 60_000),
    at: instant(NOW - 1_000),
    ...change,
  };
}

Deno.test("fleetRows() tells what each worker does, and silence before everything else", () => {
  const quarantined = [{ sweep: parseSweepId("s-1"), message: "3 attempts failed" }];
  const rows = fleetRows([
    presence("w-stale", { at: instant(NOW - 5_001), packs: [PACK] }),
    presence("w-idle"),
    presence("w-training", { packs: [PACK], quarantined }),
    presence("w-quarantined", { quarantined }),
    presence("w-draining", { draining: true, packs: [PACK] }),
    presence("w-other", { host: "birch", at: instant(NOW - 5_000) }),
  ], { now: NOW });
  assert.deepEqual(rows.map(({ worker, state }) => [worker, state]), [
    ["w-draining", "draining"],
    ["w-idle", "idle"],
    ["w-quarantined", "quarantined"],
    ["w-stale", "stale"],
    ["w-training", "training"],
    ["w-other", "idle"],
  ]);
  assert.deepEqual(rows[2]?.quarantined, [{ name: "s-1", value: "3 attempts failed" }]);
  assert.deepEqual(rows[1]?.refused, [{ name: "wasm", value: "slower" }]);
  assert.equal(rows[1]?.gpu, null);
});
