import assert from "node:assert/strict";
import type { SchedulerSpec } from "../../core/domain/scheduler_spec.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { RunningSweep } from "../support/running_sweep.ts";
import { specOf } from "../support/specs.ts";

const ignore = !(await natsServerBinaryOrSkip());
const ASHA: SchedulerSpec = { type: "asha", variant: "promotion", minEpochs: 1, eta: 3 };

function xorSweep(change: Partial<SweepSpec>): SweepSpec {
  return specOf({
    method: "tpe",
    task: {
      dataset: "xor",
      validation: { kind: "cut", fraction: 0.5 },
      trainExamples: null,
      examples: 80,
      noise: 0.2,
    },
    batch: 4,
    runCap: 16,
    maxLanes: 4,
    maxAttempts: 10,
    parameters: [
      { name: "lr", domain: { kind: "float", scale: "log", min: 0.01, max: 1 } },
      { name: "hidden_width", domain: { kind: "int", scale: "linear", min: 2, max: 6 } },
      { name: "epochs", domain: { kind: "values", values: [9] } },
    ],
    ...change,
  });
}

/** The epochs that were reported, each lane counted. */
function epochsSpent(events: readonly SweepEvent[]): number {
  return events.reduce(
    (sum, event) => sum + (event.type === "epochReported" ? event.lanes.length : 0),
    0,
  );
}

Deno.test(
  "a sweep that learns and promotes runs over real workers to exact counts",
  { ignore },
  async () => {
    await using sweep = await RunningSweep.create(xorSweep({ scheduler: ASHA }));
    const [outcome] = await Promise.all([sweep.coordinate(), sweep.work("a"), sweep.work("b")]);
    assert.equal(outcome, "completed");
    const { counts, trials } = await sweep.ledger();
    assert.equal(counts.asked, 16);
    assert.equal(counts.completed + counts.pruned, 16);
    assert.ok(counts.completed >= 1 && counts.pruned >= 8, JSON.stringify(counts));
    for (const { state, rungs = [] } of trials) {
      const at = rungs.map(({ epoch }) => epoch);
      assert.deepEqual(at, [1, 3, 9].slice(0, at.length));
      if (state.status === "completed") assert.equal(state.epoch, 9);
    }
    const events = await sweep.events();
    assert.ok(epochsSpent(events) < 16 * 9 / 2, `${epochsSpent(events)}`);
  },
);

Deno.test(
  "a sweep that promotes loses nothing when a worker dies and its coordinator is replaced",
  { ignore },
  async () => {
    const spec = xorSweep({ scheduler: ASHA, runCap: 12 });
    await using sweep = await RunningSweep.create(spec, { leaseMs: 1_500 });
    const interrupt = new AbortController();
    const stop = new AbortController();
    const first = sweep.coordinate(interrupt.signal);
    const dying = sweep.work("dying", { stop: stop.signal, drain: stop.signal });
    await sweep.seen((event) => event.type === "trialPaused");
    stop.abort();
    interrupt.abort();
    assert.equal(await first, null);
    await dying;
    const [outcome] = await Promise.all([
      sweep.coordinate(),
      sweep.work("other", { maxIdleMs: milliseconds(4_000) }),
    ]);
    assert.equal(outcome, "completed");
    const { counts } = await sweep.ledger();
    assert.equal(counts.asked, 12);
    assert.equal(counts.completed + counts.pruned, 12);
  },
);

for (
  const scheduler of [
    { ...ASHA, variant: "stopping" },
    { type: "pbt", interval: 3, quantile: 0.25, resample: 0.25, factors: [0.8, 1.2] },
  ] satisfies readonly SchedulerSpec[]
) {
  Deno.test(`a random sweep with ${scheduler.type} runs over real workers to exact counts`, {
    ignore,
  }, async () => {
    const spec = xorSweep({ method: "random", scheduler, runCap: 8 });
    await using sweep = await RunningSweep.create(spec);
    const [outcome] = await Promise.all([sweep.coordinate(), sweep.work("a"), sweep.work("b")]);
    assert.equal(outcome, "completed");
    const { counts, trials } = await sweep.ledger();
    assert.equal(counts.completed + counts.pruned, 8);
    if (scheduler.type === "pbt") {
      assert.equal(counts.completed, 8);
      assert.ok(trials.some(({ isExploited }) => isExploited));
    } else {
      // Who is stopped is stopped at the rung itself, not an epoch later.
      for (const { state, id } of trials) {
        if (state.status !== "pruned") continue;
        const reports = (await sweep.events()).flatMap((event) =>
          event.type === "epochReported" && event.lanes.some(({ trial }) => trial === id)
            ? [event.epoch]
            : []
        );
        assert.equal(Math.max(...reports), state.epoch);
      }
      assert.ok(counts.pruned > 0);
    }
  });
}
