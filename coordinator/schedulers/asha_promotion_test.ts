import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTrialId } from "../../core/domain/ids.ts";
import type { AshaSpec } from "../../core/domain/scheduler_spec.ts";
import { brief, optionsOf, runSweep, trialOf } from "../../tests/support/made_up_sweep.ts";
import { createAshaPromotion } from "./asha_promotion.ts";
import type { ScheduledTrial } from "./scheduler.ts";

const SPEC: AshaSpec = { type: "asha", variant: "promotion", minEpochs: 1, eta: 3 };

Deno.test("createAshaPromotion() promotes nine configurations with r = 1, R = 9, η = 3 by the paper's rule", () => {
  // The setting of the paper's toy example, worked out by hand for one worker; numbers from 1 below.
  const losses = [0.3, 0.9, 0.8, 0.7, 0.6, 0.2, 0.5, 0.1, 0.4];
  const { jobs, actions, epochs, trials } = runSweep({
    spec: SPEC,
    options: optionsOf({ trials: 9 }),
    trials: 9,
    workers: 1,
    pace: 1,
    loss: (trial) => losses[trial]!,
  });
  // 1 is the best of three, 6 is of the best two of six, 8 is of the best two of
  // eight, and then the best of 1, 6 and 8 at epoch 3. At nine all of the best three are promoted.
  assert.deepEqual(jobs.map((trial) => trial + 1), [1, 2, 3, 1, 4, 5, 6, 6, 7, 8, 8, 8, 9]);
  const pruned = actions.filter(({ kind }) => kind === "prune").map(({ trial }) => trial + 1);
  assert.deepEqual(pruned, [9, 7, 5, 4, 3, 2, 6, 1]);
  assert.equal(trials[7]?.status, "completed");
  // 9 configurations for 1 epoch, 3 for 2 more, 1 for 6 more.
  assert.equal(epochs, 9 + 3 * 2 + 6);
});

Deno.test("createAshaPromotion() places trials at r, or lets them train where r is not before R", () => {
  const at = (minEpochs: number): number | null =>
    createAshaPromotion({ minEpochs, eta: 3 }, optionsOf()).place(parseTrialId(0)).target;
  assert.equal(at(4), 4);
  assert.equal(at(9), null);
  assert.equal(at(20), null);
});

Deno.test("createAshaPromotion() counts all that ever reached a rung, and promotes only who waits there", () => {
  const scheduler = createAshaPromotion(SPEC, optionsOf());
  scheduler.observe(trialOf(0, "failed", { reached: { 1: 0.1 } }));
  scheduler.observe(trialOf(1, "completed", { reached: { 1: 0.2, 3: 0.2 } }));
  scheduler.observe(trialOf(2, "paused", { reached: { 1: 0.3 } }));
  scheduler.observe(trialOf(3, "paused", { reached: { 1: 0.4 } }));
  scheduler.observe(trialOf(4, "running"));
  scheduler.observe(trialOf(5, "running", { reached: { 1: 0.5 } }));
  // ⌊5/3⌋ = 1, and that one has failed.
  assert.deepEqual(scheduler.advance({ isIdle: false }), []);
  for (let i = 6; i < 10; i++) scheduler.observe(trialOf(i, "pruned", { reached: { 1: 0.6 } }));
  assert.deepEqual(scheduler.advance({ isIdle: false }).map(brief), ["2→3"]);
  scheduler.observe(trialOf(2, "queued", { reached: { 1: 0.3 } }));
  assert.deepEqual(scheduler.advance({ isIdle: false }), []);
});

Deno.test("createAshaPromotion() promotes from the top down, and prunes nobody while a rung above may grow", () => {
  const scheduler = createAshaPromotion(SPEC, optionsOf({ maxEpochs: 27 }));
  for (let i = 0; i < 3; i++) {
    scheduler.observe(trialOf(i, "paused", { reached: { 1: i, 3: i } }));
  }
  for (let i = 3; i < 12; i++) scheduler.observe(trialOf(i, "paused", { reached: { 1: i } }));
  assert.deepEqual(scheduler.advance({ isIdle: true }).map(brief), ["0→9", "3→3"]);
});

Deno.test("createAshaPromotion() prunes those that are left behind once nothing else can happen, and says why", () => {
  const scheduler = createAshaPromotion(SPEC, optionsOf());
  scheduler.observe(trialOf(0, "completed", { reached: { 1: 0.1, 3: 0.1 } }));
  scheduler.observe(trialOf(1, "paused", { reached: { 1: 0.3 } }));
  scheduler.observe(trialOf(2, "paused", { reached: { 1: 0.2 } }));
  scheduler.observe(trialOf(3, "paused", { reached: { 1: NaN } }));
  assert.deepEqual(scheduler.advance({ isIdle: false }), []);
  assert.deepEqual(scheduler.advance({ isIdle: true }), [
    {
      kind: "prune",
      trial: 2,
      rung: 0,
      message: "Rank 2 of 4 at epoch 1: not among the best 1, ⌊n/η⌋ with η = 3",
    },
    {
      kind: "prune",
      trial: 1,
      rung: 0,
      message: "Rank 3 of 4 at epoch 1: not among the best 1, ⌊n/η⌋ with η = 3",
    },
    {
      kind: "prune",
      trial: 3,
      rung: 0,
      message: "No finite loss at epoch 1: it ranks after all others",
    },
  ]);
});

Deno.test("createAshaPromotion() trains the best to the end where too few trials are there for the rule", () => {
  for (const trials of [1, 2, 4, 8]) {
    const result = runSweep({
      spec: SPEC,
      options: optionsOf({ maxEpochs: 81, trials }),
      trials,
      workers: 2,
      pace: trials,
      loss: (trial) => Math.abs(trial - 1),
    });
    const completed = result.trials.filter(({ status }) => status === "completed");
    assert.deepEqual(completed.map(({ trial }) => trial), [Math.min(1, trials - 1)]);
    assert(result.trials.every(({ status }) => status === "completed" || status === "pruned"));
  }
});

Deno.test("createAshaPromotion() promotes the next best where the best one fails, and none without a number", () => {
  const sweep = { spec: SPEC, options: optionsOf(), trials: 3, workers: 1, pace: 1 };
  const { trials } = runSweep({
    ...sweep,
    loss: (trial) => trial,
    isFailing: (trial, epoch) => trial === 0 && epoch === 9,
  });
  assert.deepEqual(trials.map(({ status }) => status), ["failed", "completed", "pruned"]);
  const diverged = runSweep({ ...sweep, loss: () => Infinity });
  assert(diverged.trials.every(({ status }) => status === "pruned"));
});

Deno.test("createAshaPromotion() ranks by non-dominated fronts where there are several objectives", () => {
  const scheduler = createAshaPromotion(SPEC, optionsOf({ objectives: 2 }));
  const losses = [[5, 5], [0, 3], [1, 1], [4, 4], [3, 0], [2, 2]];
  for (const [trial, values] of losses.entries()) {
    scheduler.observe(trialOf(trial, "paused", { reached: { 1: values } }));
  }
  // ⌊6/3⌋ = 2 of the front {1, 2, 4}: its two ends, which are the least crowded.
  assert.deepEqual(scheduler.advance({ isIdle: false }).map(brief), ["1→3", "4→3"]);
});

/** Algorithm 2, get_job(), spelled out: rung by rung from the top, for all workers there may be. */
function algorithm2(
  trials: readonly ScheduledTrial[],
  rungs: readonly number[],
): readonly string[] {
  const at = (trial: ScheduledTrial, epoch: number): number | undefined =>
    trial.rungs.find((rung) => rung.epoch === epoch)?.losses[0];
  return rungs.toReversed().flatMap((epoch) => {
    const rung = trials.filter((trial) => at(trial, epoch) !== undefined)
      .sort((a, b) => at(a, epoch)! - at(b, epoch)! || a.trial - b.trial);
    const candidates = rung.slice(0, Math.floor(rung.length / SPEC.eta));
    const target = rungs[rungs.indexOf(epoch) + 1] ?? "end";
    return candidates
      .filter((trial) => trial.status === "paused" && trial.rungs.at(-1)?.epoch === epoch)
      .map(({ trial }) => `${trial}→${target}`);
  });
}

Deno.test("createAshaPromotion() decides as Algorithm 2 does, in whatever order it was told", () => {
  const trial = fc.record({
    levels: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }),
    status: fc.constantFrom("running", "paused", "completed", "failed", "pruned"),
  });
  fc.assert(fc.property(
    fc.array(trial, { maxLength: 40 }).chain((trials) =>
      fc.tuple(
        fc.constant(trials),
        fc.shuffledSubarray([...trials.keys()], { minLength: trials.length }),
      )
    ),
    ([drawn, order]) => {
      const trials = drawn.map(({ levels, status }, number) =>
        trialOf(number, levels.length === 0 ? "running" : status, {
          reached: Object.fromEntries(levels.map((loss, level) => [3 ** level, loss])),
        })
      );
      const scheduler = createAshaPromotion(SPEC, optionsOf({ maxEpochs: 27 }));
      for (const index of order) scheduler.observe(trials[index]!);
      const decided = scheduler.advance({ isIdle: false }).map(brief);
      assert.deepEqual(decided, algorithm2(trials, [1, 3, 9]));
    },
  ));
});
