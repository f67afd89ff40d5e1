import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTrialId } from "../../core/domain/ids.ts";
import type { HyperbandSpec } from "../../core/domain/scheduler_spec.ts";
import { brief, optionsOf, runSweep, trialOf } from "../../tests/support/made_up_sweep.ts";
import { createHyperband } from "./hyperband.ts";
import type { ScheduledTrial } from "./scheduler.ts";

const SPEC: HyperbandSpec = { type: "hyperband", minEpochs: 1, eta: 3 };

/** R = 9, η = 3: bracket 2 has 9 trials from epoch 1, bracket 1 has 5 from epoch 3, bracket 0 has 3. */
const ROUND = 17;

Deno.test("createHyperband() places trials by number: brackets from the one that halves most, round after round", () => {
  const scheduler = createHyperband(SPEC, optionsOf());
  const places = Array.from({ length: 2 * ROUND }, (_, n) => scheduler.place(parseTrialId(n)));
  const round = [
    ...Array(9).fill({ target: 1, bracket: 2 }),
    ...Array(5).fill({ target: 3, bracket: 1 }),
    ...Array(3).fill({ target: null, bracket: 0 }),
  ];
  assert.deepEqual(places, [...round, ...round]);
});

Deno.test("createHyperband() halves a cohort when all of it are there or over, and not before", () => {
  const scheduler = createHyperband(SPEC, optionsOf());
  const losses = [0.5, 0.4, 0.9, 0.1, 0.8, 0.3, 0.7, 0.6];
  for (const [trial, loss] of losses.entries()) {
    scheduler.observe(trialOf(trial, "paused", { bracket: 2, reached: { 1: loss } }));
  }
  assert.deepEqual(scheduler.advance({ isIdle: false }), [], "the ninth is not there yet");
  scheduler.observe(trialOf(8, "running", { bracket: 2 }));
  assert.deepEqual(scheduler.advance({ isIdle: false }), [], "the ninth trains");
  scheduler.observe(trialOf(8, "failed", { bracket: 2 }));
  const actions = scheduler.advance({ isIdle: false });
  assert.deepEqual(actions.map(brief), ["3→3", "5→3", "1→3", "0×", "7×", "6×", "4×", "2×"]);
  assert.deepEqual(actions[3], {
    kind: "prune",
    trial: 0,
    rung: 0,
    message: "Rank 4 of 8 at epoch 1 of bracket 2: 3 may go on, with a finite loss (η = 3)",
  });
});

Deno.test("createHyperband() keeps a place for who was promoted, whatever became of it, and for no NaN", () => {
  const scheduler = createHyperband(SPEC, optionsOf());
  const observe = (trial: number, status: ScheduledTrial["status"], loss: number): void =>
    scheduler.observe(trialOf(trial, status, { bracket: 2, reached: { 1: loss } }));
  observe(0, "queued", 0.9);
  observe(1, "failed", 0.8);
  observe(2, "paused", NaN);
  for (let trial = 3; trial < 8; trial++) observe(trial, "pruned", 0.5);
  observe(8, "paused", 0.7);
  assert.deepEqual(scheduler.advance({ isIdle: false }).map(brief), ["8→3", "2×"]);
});

Deno.test("createHyperband() spends what its rounds spend, and trains at least one of each bracket to the end", () => {
  const { trials, epochs, actions } = runSweep({
    spec: SPEC,
    options: optionsOf({ maxEpochs: 81, trials: 143 }),
    trials: 143,
    workers: 7,
    pace: 1,
    loss: (trial, epoch) => (trial * 37 % 143) + 1 / epoch,
  });
  // Σ over brackets and rungs of n_i · (r_i − r_(i−1)), for n_i = 81, 27, 9, 3, 1 and so on.
  const spent = [
    81 + 27 * 2 + 9 * 6 + 3 * 18 + 54,
    34 * 3 + 11 * 6 + 3 * 18 + 54,
    15 * 9 + 5 * 18 + 54,
    8 * 27 + 2 * 54,
    5 * 81,
  ];
  assert.equal(epochs, spent.reduce((sum, each) => sum + each));
  const completed = trials.filter(({ status }) => status === "completed");
  assert.deepEqual(
    [4, 3, 2, 1, 0].map((s) => completed.filter(({ bracket }) => bracket === s).length),
    [1, 1, 1, 2, 5],
  );
  assert.equal(actions.filter(({ kind }) => kind === "prune").length, 143 - 10);
});

Deno.test("createHyperband() decides the same whatever the number of workers, their pace, and restarts", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.boolean(),
      fc.integer(),
      (trials, isKnown, pace) => {
        const run = (workers: number, isRestarted: boolean): unknown => {
          const { trials: ended, epochs } = runSweep({
            spec: SPEC,
            options: optionsOf({ maxEpochs: 27, trials: isKnown ? trials : null }),
            trials,
            workers,
            pace: isRestarted ? pace + 1 : pace,
            loss: (trial, epoch) => (trial * 7919 % 61) / epoch,
            isFailing: (trial, epoch) => trial % 11 === 5 && epoch > trial % 7,
            isRestarted,
          });
          assert(ended.every(({ status }) => !["queued", "running", "paused"].includes(status)));
          return { epochs, ended };
        };
        const alone = run(1, false);
        assert.deepEqual(run(5, false), alone);
        assert.deepEqual(run(13, true), alone);
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("createHyperband() goes on with the bracket a trial was put in, though the sweep was extended", () => {
  // 6 trials were known: 3, 2 and 1 in brackets 2, 1 and 0. Then 17.
  const before = createHyperband(SPEC, optionsOf({ trials: 6 }));
  const scheduler = createHyperband(SPEC, optionsOf({ trials: 17 }));
  for (let trial = 0; trial < 17; trial++) {
    const { bracket, target } = (trial < 6 ? before : scheduler).place(parseTrialId(trial));
    const reached = target === null ? {} : { [target]: trial };
    scheduler.observe(
      trialOf(trial, target === null ? "completed" : "paused", { bracket, reached }),
    );
  }
  const actions = scheduler.advance({ isIdle: true });
  assert.deepEqual(actions.filter(({ kind }) => kind === "promote").map(brief), [
    "0→3",
    "1→3",
    "3→end",
    "4→end",
  ]);
});
