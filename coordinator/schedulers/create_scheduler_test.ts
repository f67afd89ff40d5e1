import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTrialId } from "../../core/domain/ids.ts";
import { createRng } from "../../core/domain/rng.ts";
import type { SchedulerSpec } from "../../core/domain/scheduler_spec.ts";
import { optionsOf, runSweep } from "../../tests/support/made_up_sweep.ts";
import { createScheduler } from "./create_scheduler.ts";

const ASHA: SchedulerSpec = { type: "asha", variant: "promotion", minEpochs: 1, eta: 3 };
const SPECS: readonly SchedulerSpec[] = [
  ASHA,
  { ...ASHA, variant: "stopping" },
  { type: "hyperband", minEpochs: 1, eta: 3 },
  { type: "median", minEpochs: 2, minTrials: 3, interval: 2 },
  { type: "patience", patience: 3, minDelta: 0.01, minEpochs: 2 },
  { type: "pbt", interval: 5, quantile: 0.25, resample: 0.25, factors: [0.8, 1.2] },
];

/** A loss that falls from 1 to its own floor, with its own pace. */
function curve(trial: number, epoch: number): number {
  const rng = createRng(trial, "curve");
  const floor = rng.uniform();
  const pace = 2 + 6 * rng.uniform();
  return floor + (1 - floor) * Math.exp(-epoch / pace);
}

Deno.test("createScheduler() makes schedulers that end every sweep, each trial completed, pruned or failed", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SPECS),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(1, 2),
      fc.boolean(),
      (spec, trials, maxEpochs, workers, objectives, isKnown) => {
        const { trials: ended, epochs } = runSweep({
          spec,
          options: optionsOf({ maxEpochs, objectives, trials: isKnown ? trials : null }),
          trials,
          workers,
          pace: trials,
          loss: (trial, epoch) => {
            const loss = trial % 13 === 12 ? NaN : curve(trial, epoch);
            return objectives === 1 ? loss : [loss, curve(trial + 1000, epoch)];
          },
          isFailing: (trial, epoch) => trial % 10 === 9 && epoch >= 3,
        });
        assert.equal(ended.length, trials);
        for (const { status } of ended) {
          assert(status === "completed" || status === "pruned" || status === "failed", status);
        }
        assert(epochs >= trials && epochs <= trials * maxEpochs);
      },
    ),
    { numRuns: 150 },
  );
});

Deno.test("createScheduler() makes schedulers that decide as one would that was not restarted", () => {
  for (const spec of SPECS) {
    for (const objectives of [1, 2]) {
      const run = (isRestarted: boolean): unknown =>
        runSweep({
          spec,
          options: optionsOf({ maxEpochs: 27, trials: 30, objectives }),
          trials: 30,
          workers: 4,
          pace: 5,
          loss: (trial, epoch) =>
            [curve(trial, epoch), curve(trial + 99, epoch)].slice(0, objectives),
          isFailing: (trial, epoch) => trial === 7 && epoch > 5,
          isRestarted,
        });
      assert.deepEqual(run(true), run(false), spec.type);
    }
  }
});

Deno.test("createScheduler() lets all train to their end where the first rung is not before it", () => {
  for (const spec of SPECS) {
    const options = optionsOf({ maxEpochs: 1 });
    const scheduler = createScheduler(spec, options);
    assert.equal(scheduler.place(parseTrialId(0)).target, null);
    assert.deepEqual(scheduler.watched, []);
  }
});

Deno.test("createScheduler() finds one of the best with ASHA in a third of the epochs of full training", () => {
  const trials = 300;
  const maxEpochs = 81;
  const { trials: ended, epochs } = runSweep({
    spec: ASHA,
    options: optionsOf({ maxEpochs, trials }),
    trials,
    workers: 8,
    pace: 1,
    loss: curve,
  });
  assert(epochs <= trials * maxEpochs / 3, `${epochs} epochs`);
  const floors = Array.from({ length: trials }, (_, trial) => curve(trial, maxEpochs));
  const best = Math.min(
    ...ended.filter(({ status }) => status === "completed").map(({ trial }) => floors[trial]!),
  );
  const better = floors.filter((floor) => floor < best).length;
  assert(better < trials / 50, `${better} of ${trials} are better`);
});

Deno.test("createScheduler() makes schedulers that cope with ten thousand trials", () => {
  for (const spec of SPECS) {
    // These two look or breed too often for so many in a moment of a test.
    const trials = spec.type === "patience" || spec.type === "pbt" ? 1_000 : 10_000;
    const { trials: ended } = runSweep({
      spec,
      options: optionsOf({ maxEpochs: 27, trials }),
      trials,
      workers: 64,
      pace: 1,
      loss: (trial, epoch) => (trial * 7919 % 10_007) / 10_007 + 1 / epoch,
    });
    const best = ended.filter(({ trial }) => trial === 0)[0];
    assert.equal(best?.status, spec.type === "patience" ? "pruned" : "completed");
  }
});
