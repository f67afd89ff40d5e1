import assert from "node:assert/strict";
import { parseAttempt, parsePackId, parseSweepId, parseWorkerId } from "../core/domain/ids.ts";
import { NO_PERMISSIONS } from "../core/domain/user_module.ts";
import { instant, milliseconds } from "../core/domain/units.ts";
import type { ApiReplies } from "../core/protocol/messages.ts";
import { ApiTimeoutError, CoordinatorAbsentError } from "../core/protocol/ports.ts";
import { FakeTimers } from "../tests/support/fake_timers.ts";
import { absencePause, failurePause, SlotLoop } from "./slot_loop.ts";
import { WorkerState } from "./worker_state.ts";

const SWEEP = parseSweepId("s");

/** What a loop does with one lease whose claim is answered so, before it has been idle for 10 s. */
async function settleLease(
  claim: () => Promise<ApiReplies["claim"]>,
  { count = 1, onState = () => {} }: {
    readonly count?: number;
    readonly onState?: (state: WorkerState) => void;
  } = {},
) {
  const timers = new FakeTimers();
  const worker = parseWorkerId("w");
  const log: string[] = [];
  let isTaken = false;
  const state = new WorkerState({
    worker,
    host: "h",
    pid: 1,
    version: "0",
    backend: "cpu",
    reason: "",
    refused: [],
    slots: 1,
    startedAt: timers.now(),
  });
  onState(state);
  const loop = new SlotLoop({
    deps: {
      queue: {
        next: async ({ expiresMs }) => {
          if (isTaken) {
            await timers.sleep(expiresMs);
            return null;
          }
          isTaken = true;
          return {
            lease: { v: 1, sweep: SWEEP, pack: parsePackId(0) },
            delivery: { sequence: 1, count },
            renew: () => log.push("renew"),
            ack: () => log.push("ack"),
            nak: (delay) => log.push(`nak ${delay}`),
          };
        },
      },
      api: {
        request: (verb) => {
          log.push(verb);
          // The test only asks for claims; any other verb is a bug that its log shows.
          return claim() as never;
        },
      },
      artifacts: {
        get: () => Promise.reject(new Error("not asked for here")),
        put: () => Promise.reject(new Error("not asked for here")),
        remove: () => Promise.reject(new Error("not asked for here")),
      },
      timers,
      modules: { load: () => Promise.reject(new Error("not asked for here")) },
      thread: {
        ready: () => Promise.reject(new Error("not asked for here")),
        train: () => {
          throw new Error("not asked for here");
        },
        [Symbol.dispose]: () => {},
      },
    },
    state,
    worker,
    backend: "cpu",
    attempt: {
      onDrainAsked: () => {},
      drain: new AbortController().signal,
      stop: new AbortController().signal,
      maxSilenceMs: milliseconds(1e9),
    },
    maxIdleMs: milliseconds(10_000),
    acceptsModules: false,
  });
  const running = loop.run();
  await timers.advance(20_000);
  assert.equal(await running, 0, "nothing was trained");
  return log;
}

Deno.test("SlotLoop acks a lease whose pack is over", async () => {
  const log = await settleLease(() => Promise.resolve({ type: "alreadyOver" }));
  assert.deepEqual(log, ["claim", "ack"]);
});

Deno.test("SlotLoop gives a busy pack back for as long as it was told", async () => {
  const busy = { type: "busy", retryMs: milliseconds(700) } as const;
  assert.deepEqual(await settleLease(() => Promise.resolve(busy)), ["claim", "nak 700"]);
});

Deno.test("SlotLoop in quarantine gives the lease to others soon, and says so in its presence", async () => {
  const message = "5 attempts in a row failed on it";
  const refused = () => Promise.resolve({ type: "quarantined", message } as const);
  const told: WorkerState[] = [];
  const log = await settleLease(refused, { onState: (state) => told.push(state) });
  assert.deepEqual(log, ["claim", "nak 1000"]);
  const presence = () => told[0]?.presence(instant(0), { draining: false });
  assert.deepEqual(presence()?.quarantined, [{ sweep: SWEEP, message }]);
  told[0]?.trust(SWEEP);
  assert.equal(presence()?.quarantined, undefined);
});

Deno.test("WorkerState tells of the latest quarantines only", async () => {
  const told: WorkerState[] = [];
  await settleLease(() => Promise.resolve({ type: "alreadyOver" }), {
    onState: (state) => told.push(state),
  });
  const [state] = told;
  for (let i = 0; i < 20; i++) state?.quarantine(parseSweepId(`s${i}`), `reason ${i}`);
  state?.quarantine(parseSweepId("s10"), "again");
  const { quarantined = [] } = state?.presence(instant(0), { draining: false }) ?? {};
  assert.equal(quarantined.length, 16);
  assert.deepEqual(quarantined.at(-1), { sweep: parseSweepId("s10"), message: "again" });
});

Deno.test("SlotLoop leaves a lease alone that somebody holds by a newer delivery", async () => {
  const fenced = () => Promise.resolve({ type: "fenced" } as const);
  assert.deepEqual(await settleLease(fenced), ["claim"]);
});

Deno.test("SlotLoop gives a pack without a coordinator back for longer each time", async () => {
  const absent = () => Promise.reject(new CoordinatorAbsentError(SWEEP));
  assert.deepEqual(await settleLease(absent), ["claim", "nak 500"]);
  assert.deepEqual(await settleLease(absent, { count: 3 }), ["claim", "nak 2000"]);
});

Deno.test("SlotLoop asks again for a claim whose answer was lost, and keeps the lease for so long", async () => {
  let tries = 0;
  const log = await settleLease(() =>
    ++tries < 3
      ? Promise.reject(new ApiTimeoutError("claim"))
      : Promise.resolve({ type: "alreadyOver" })
  );
  assert.deepEqual(log, ["claim", "renew", "claim", "renew", "claim", "ack"]);
});

Deno.test("absencePause() and failurePause() double up to a limit", () => {
  assert.deepEqual([1, 2, 5, 6, 60].map(absencePause), [500, 1_000, 8_000, 10_000, 10_000]);
  assert.deepEqual([0, 1, 2, 7, 60].map(failurePause), [0, 500, 1_000, 30_000, 30_000]);
});

Deno.test("SlotLoop that runs no modules gives such a pack back with the reason, and says so", async () => {
  const told: WorkerState[] = [];
  const granted = {
    type: "granted",
    attempt: parseAttempt(1),
    seed: 1,
    task: { dataset: "module", folder: "/", path: "m.ts", permissions: NO_PERMISSIONS },
    metric: "loss",
    datasetDigest: "ab",
    leaseMs: milliseconds(15_000),
    lanes: [],
  } as const;
  const log = await settleLease(() => Promise.resolve(granted), {
    onState: (state) => told.push(state),
  });
  assert.deepEqual(log, ["claim", "returned", "ack"]);
  const [refused] = told[0]?.presence(instant(0), { draining: false }).quarantined ?? [];
  assert.equal(refused?.sweep, SWEEP);
  assert.match(refused?.message ?? "", /runs no modules of users/);
});
