import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTrialId } from "../../core/domain/ids.ts";
import type { PopulationSpec } from "../../core/domain/scheduler_spec.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import { brief, optionsOf, runSweep, trialOf } from "../../tests/support/made_up_sweep.ts";
import { createPopulation } from "./population.ts";
import type { ScheduledTrial, Scheduler } from "./scheduler.ts";

const SPEC: PopulationSpec = {
  type: "pbt",
  interval: 4,
  quantile: 0.25,
  resample: 0,
  factors: [0.5, 2],
};
const SPACE: SearchSpace = [
  { name: "lr", domain: { kind: "float", scale: "log", min: 1e-5, max: 10 } },
  { name: "depth", domain: { kind: "int", scale: "linear", min: 1, max: 9 } },
];
const OPTIONS = optionsOf({ maxEpochs: 12, space: SPACE, trials: 8 });

/** A member at epoch 4 whose loss is its number, with a network and a learning rate of its own. */
function member(trial: number, status: ScheduledTrial["status"] = "paused"): ScheduledTrial {
  return trialOf(trial, status, {
    reached: status === "running" ? {} : { 4: trial },
    hyperparameters: { lr: 2 ** -trial, depth: 1 + trial },
  });
}

function observeAll(scheduler: Scheduler, trials: readonly ScheduledTrial[]): void {
  for (const trial of trials) scheduler.observe(trial);
}

const EIGHT = Array.from({ length: 8 }, (_, trial) => member(trial));

Deno.test("createPopulation() waits until every member has reached the interval or is over", () => {
  const scheduler = createPopulation(SPEC, OPTIONS);
  assert.deepEqual(scheduler.place(parseTrialId(3)), { target: 4, bracket: 0 });
  observeAll(scheduler, EIGHT.slice(0, 7));
  assert.deepEqual(scheduler.advance({ isIdle: false }), [], "seven of eight have come");
  scheduler.observe(member(7, "running"));
  assert.deepEqual(scheduler.advance({ isIdle: false }), [], "the eighth trains");
  scheduler.observe(member(7));
  assert.equal(scheduler.advance({ isIdle: false }).length, 2 + 8);
});

Deno.test("createPopulation() lets the last quarter take over from the first, and sends all on", () => {
  const scheduler = createPopulation(SPEC, OPTIONS);
  observeAll(scheduler, EIGHT);
  const actions = scheduler.advance({ isIdle: false });
  const exploits = actions.filter((action) => action.kind === "exploit");
  assert.deepEqual(exploits.map(({ trial }) => trial), [6, 7]);
  for (const { trial, donor, hyperparameters, message } of exploits) {
    assert(donor === 0 || donor === 1);
    assert.equal(hyperparameters["depth"], 1 + donor, "the network is the donor's");
    const lr = Number(hyperparameters["lr"]);
    assert(lr === 2 ** -donor / 2 || lr === 2 ** -donor * 2);
    assert.equal(
      message,
      `Rank ${trial + 1} of 8 at epoch 4: it goes on from trial ${donor}, ` +
        `with lr ${2 ** -donor} → ${lr}`,
    );
  }
  assert.deepEqual(actions.slice(2).map(brief), EIGHT.map(({ trial }) => `${trial}→8`));
});

Deno.test("createPopulation() takes ⌈n·quantile⌉ for a share, half of the members at most", () => {
  const shares = [1, 2, 3, 4, 5, 8, 9].map((count) => {
    const scheduler = createPopulation(SPEC, { ...OPTIONS, trials: count });
    observeAll(scheduler, Array.from({ length: count }, (_, trial) => member(trial)));
    return scheduler.advance({ isIdle: false }).filter(({ kind }) => kind === "exploit").length;
  });
  assert.deepEqual(shares, [0, 1, 1, 1, 2, 2, 3]);
});

Deno.test("createPopulation() ranks without the lost, and takes no network without a number over", () => {
  const scheduler = createPopulation(SPEC, { ...OPTIONS, trials: 4 });
  observeAll(scheduler, [member(0, "failed"), member(1, "cancelled"), member(2), member(3)]);
  assert.deepEqual(scheduler.advance({ isIdle: false }).map(brief), ["3←2", "2→8", "3→8"]);
  const lost = createPopulation(SPEC, { ...OPTIONS, trials: 2 });
  observeAll(lost, [0, 1].map((trial) => trialOf(trial, "paused", { reached: { 4: NaN } })));
  assert.deepEqual(lost.advance({ isIdle: false }).map(brief), ["0→8", "1→8"]);
});

Deno.test("createPopulation() lets a latecomer take over only from who is still there", () => {
  const scheduler = createPopulation(SPEC, OPTIONS);
  const beyond = (trial: number): ScheduledTrial =>
    trialOf(trial, "paused", { reached: { 4: trial, 8: trial } });
  observeAll(scheduler, [0, 1, 2, 3, 4, 5].map(beyond));
  observeAll(scheduler, [member(6), member(7)]);
  assert.deepEqual(scheduler.advance({ isIdle: false }).map(brief), ["6→8", "7→8"]);
});

Deno.test("createPopulation() goes on without members that never came, once nothing else can happen", () => {
  const scheduler = createPopulation(SPEC, OPTIONS);
  observeAll(scheduler, EIGHT.slice(0, 4));
  assert.deepEqual(scheduler.advance({ isIdle: false }), []);
  assert.deepEqual(scheduler.advance({ isIdle: true }).map(brief).slice(1), [
    "0→8",
    "1→8",
    "2→8",
    "3→8",
  ]);
});

Deno.test("createPopulation() refuses a population without factors", () => {
  assert.throws(() => createPopulation({ ...SPEC, factors: [] }, OPTIONS), {
    name: "RangeError",
    message: "Cannot schedule a population: there must be at least one factor",
  });
});

Deno.test("createPopulation() decides the same whatever the number of workers, their pace, and restarts", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer(), (trials, pace) => {
      const run = (workers: number, isRestarted: boolean): unknown => {
        const result = runSweep({
          spec: SPEC,
          options: { ...OPTIONS, maxEpochs: 20, trials },
          trials,
          workers,
          pace: isRestarted ? pace + 1 : pace,
          loss: (trial, epoch) => (trial * 7919 + epoch * 31) % 23,
          isFailing: (trial, epoch) => trial === 4 && epoch === 12,
          isRestarted,
        });
        const lost = trials > 4 ? 1 : 0;
        assert.equal(
          result.trials.filter(({ status }) => status === "completed").length,
          trials - lost,
        );
        assert.equal(result.epochs, 20 * trials - 8 * lost);
        return { ended: result.trials, actions: result.actions };
      };
      const alone = run(1, false);
      assert.deepEqual(run(3, false), alone);
      assert.deepEqual(run(12, true), alone);
    }),
    { numRuns: 30 },
  );
});
