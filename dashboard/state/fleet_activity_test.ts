import assert from "node:assert/strict";
import { parseAttempt, parsePackId, parseTrialId, parseWorkerId } from "../../core/domain/ids.ts";
import { instant } from "../../core/domain/units.ts";
import type { LoggedEvent } from "./event_log.ts";
import { fleetActivity, type WorkedSweep } from "./fleet_activity.ts";
import type { PackAttempt } from "./pack_attempts.ts";

const NOW = 10_000_000;
const SINCE = NOW - 600_000;
const worker = parseWorkerId("w-1");

function attempt(from: number, to: number | null, change: Partial<PackAttempt> = {}): PackAttempt {
  return {
    pack: parsePackId(0),
    attempt: parseAttempt(1),
    worker,
    slot: 0,
    backend: "wasm",
    lanes: 4,
    delivery: 1,
    startedAt: instant(SINCE + from),
    heardAt: instant(SINCE + from),
    endedAt: to === null ? null : instant(SINCE + to),
    outcome: to === null ? "running" : "completed",
    message: null,
    ...change,
  };
}

function completion(at: number, by = worker): LoggedEvent {
  return {
    event: {
      type: "trialCompleted",
      trial: parseTrialId(0),
      objective: { kind: "finite", value: 0.5 },
    } as LoggedEvent["event"],
    at: SINCE + at,
    worker: by,
    isBest: false,
  };
}

function activityOf(sweeps: readonly WorkedSweep[], slots = 2, startedAt = 0) {
  return fleetActivity([{ worker, slots, startedAt }], { sweeps, now: NOW }).get("w-1")!;
}

Deno.test("fleetActivity() has the busy share of all slots, in parts of 20 s", () => {
  // The first part: 10 s of one slot; the second: all of one; the third: one, and half of the other.
  const sweeps = [
    { attempts: [attempt(-5_000, 10_000), attempt(20_000, 60_000)], events: [] },
    { attempts: [attempt(50_000, 60_000), attempt(590_000, null)], events: [] },
  ];
  const { shares, busyShare, minutes } = activityOf(sweeps);
  assert.deepEqual([shares.length, minutes], [30, 10]);
  assert.deepEqual(shares.slice(0, 4), [0.25, 0.5, 0.75, 0]);
  assert.equal(shares.at(-1), 0.25, "what goes on is busy until now");
  assert.equal(busyShare, 0.058, "70 of 1,200 s");
});

Deno.test("fleetActivity() counts a lost attempt as far as it was heard of, and others not at all", () => {
  const lost = attempt(0, 500_000, { outcome: "lost", heardAt: instant(SINCE + 20_000) });
  const strange = attempt(0, 600_000, { worker: parseWorkerId("w-2") });
  const { shares } = activityOf([{ attempts: [lost, strange], events: [] }], 1);
  assert.deepEqual(shares.slice(0, 2), [1, 0]);
});

Deno.test("fleetActivity() counts trials by the hour, since the worker lives", () => {
  const events = [
    completion(-1),
    completion(550_000),
    completion(560_000, parseWorkerId("w-2")),
    completion(590_000),
  ];
  assert.equal(activityOf([{ attempts: [], events }]).trialsPerHour, 12);
  const young = activityOf([{ attempts: [], events }], 1, NOW - 60_000);
  assert.equal(young.trialsPerHour, 120);
  assert.deepEqual(young.shares.slice(26), [null, 0, 0, 0]);
  assert.equal(activityOf([], 1, NOW - 5_000).trialsPerHour, null);
});
