import assert from "node:assert/strict";
import type { TrialId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { RunningSweep } from "../support/running_sweep.ts";
import { specOf } from "../support/specs.ts";

const ignore = !(await natsServerBinaryOrSkip());
const SLOW = new URL("../support/slow_thread.ts", import.meta.url);
const EPOCHS = 120;
/** Machines differ in speed, and a test must not. */
const DEADLINE_MS = 120_000;
/** Checkpoints would be most of the work otherwise. */
const SELDOM = milliseconds(1_000);
const STAYS = { maxIdleMs: null, checkpointEveryMs: SELDOM } as const;

/** One pack of four lanes, which takes the slow worker more than a minute. */
const SPEC: SweepSpec = specOf({
  maxLanes: 4,
  task: { dataset: "mnist", validation: { kind: "cut", fraction: 0.2 }, trainExamples: 250 },
  parameters: [
    { name: "lr", domain: { kind: "values", values: [0.02, 0.05] } },
    { name: "hidden_width", domain: { kind: "values", values: [8, 16] } },
    { name: "epochs", domain: { kind: "values", values: [EPOCHS] } },
  ],
});

type Of<T extends SweepEvent["type"]> = Extract<SweepEvent, { type: T }>;

function of<T extends SweepEvent["type"]>(
  events: readonly SweepEvent[],
  type: T,
): readonly Of<T>[] {
  return events.filter((event): event is Of<T> => event.type === type);
}

/** What each trial reported in the end, by trial. */
function results(events: readonly SweepEvent[]) {
  return new Map(of(events, "trialCompleted").map(({ trial, metrics }) => [trial, metrics]));
}

function epochsOf(events: readonly SweepEvent[], trial: TrialId): readonly number[] {
  return of(events, "epochReported")
    .filter(({ lanes }) => lanes.some((lane) => lane.trial === trial))
    .map(({ epoch }) => epoch);
}

const isLeased = (event: SweepEvent) => event.type === "packLeased";
const isDetached = (event: SweepEvent) => event.type === "lanesDetached";

Deno.test({
  name: "coordinate() lets an idle worker take lanes over from a slow one, to the same numbers",
  ignore,
  fn: async () => {
    await using alone = await RunningSweep.create(SPEC);
    const straight = alone.coordinate();
    await alone.work("only", { checkpointEveryMs: SELDOM });
    assert.equal(await straight, "completed");

    await using sweep = await RunningSweep.create(SPEC, { leaseMs: 10_000 });
    const outcome = sweep.coordinate();
    const home = new AbortController();
    const slow = sweep.work("slow", { ...STAYS, module: SLOW, drain: home.signal });
    await sweep.seen(isLeased, DEADLINE_MS);
    const fast = sweep.work("fast", { ...STAYS, drain: home.signal });
    assert.equal(await outcome, "completed");
    home.abort();
    await Promise.all([slow, fast]);

    const events = await sweep.events();
    const left = of(events, "lanesDetached").flatMap(({ trials }) => trials);
    assert.ok(left.length > 0, "nobody left");
    const ledger = await sweep.ledger();
    assert.ok(left.some((trial) => ledger.trial(trial).worker === "fast"), "nobody went over");
    assert.ok((await slow).trialsFinished < 4, "the slow worker did it all");
    const whole = Array.from({ length: EPOCHS }, (_, i) => i + 1);
    for (const { id } of ledger.trials) assert.deepEqual(epochsOf(events, id), whole, `of ${id}`);
    const [found, due] = [results(events), results(await alone.events())];
    assert.equal(found.size, 4);
    for (const [trial, metrics] of due) {
      for (const [name, value] of Object.entries(metrics)) {
        const difference = Math.abs(value - (found.get(trial)?.[name] ?? NaN));
        assert.ok(difference < 1e-4, `${name} of trial ${trial} differs by ${difference}`);
      }
    }
  },
});

Deno.test({
  name: "coordinate() goes on exactly when it is killed as lanes leave, and their worker too",
  ignore,
  fn: async () => {
    await using sweep = await RunningSweep.create(SPEC, { leaseMs: 2_000 });
    const crash = new AbortController();
    const first = sweep.coordinate(crash.signal);
    const stop = new AbortController();
    const home = new AbortController();
    const slow = sweep.work("slow", { ...STAYS, module: SLOW, stop: stop.signal });
    await sweep.seen(isLeased, DEADLINE_MS);
    const fast = sweep.work("fast", { ...STAYS, drain: home.signal });
    await sweep.seen(isDetached, DEADLINE_MS);
    crash.abort();
    assert.equal(await first, null);
    stop.abort();
    await slow;
    assert.equal(await sweep.coordinate(), "completed");
    home.abort();
    await fast;
    const completed = of(await sweep.events(), "trialCompleted").map(({ trial }) => trial);
    assert.deepEqual(completed.toSorted((a, b) => a - b), [0, 1, 2, 3]);
    const { asked, completed: done } = (await sweep.ledger()).counts;
    assert.deepEqual([asked, done], [4, 4]);
  },
});
