import assert from "node:assert/strict";
import { parseAttempt, parsePackId, parseTrialId } from "../domain/ids.ts";
import type { SweepEvent } from "../domain/sweep_event.ts";
import { epoch } from "../domain/units.ts";
import { sampleSweep } from "../../tests/support/sample_sweep.ts";
import { eventText, isRoutine } from "./event_text.ts";

const trial = parseTrialId(3);
const held = { pack: parsePackId(3), attempt: parseAttempt(1) };

Deno.test("eventText() says what a scheduler does with a trial", () => {
  const { view: { ledger } } = sampleSweep();
  const said = ([
    { type: "rungReached", trial, epoch: epoch(2), values: [0.5] },
    {
      type: "trialPaused",
      trial,
      ...held,
      epoch: epoch(2),
      values: [0.5],
      metrics: {},
      artifact: "a",
    },
    { type: "trialPromoted", trial, target: epoch(6) },
    { type: "trialPromoted", trial, target: null },
    { type: "trialPruned", trial, epoch: epoch(2), rung: 0, message: "0.5 is not among the best" },
    {
      type: "trialExploited",
      trial,
      donor: parseTrialId(7),
      checkpoint: { epoch: epoch(2), artifact: "a" },
      hyperparameters: {},
      message: "lr 0.1 becomes 0.12",
    },
  ] satisfies readonly SweepEvent[]).map((event) => eventText(ledger, event));
  assert.deepEqual(said, [
    "trial 3 passed the rung at epoch 2",
    "trial 3 waits at epoch 2",
    "trial 3 goes on to epoch 6",
    "trial 3 goes on to its end",
    "trial 3 pruned at epoch 2: 0.5 is not among the best",
    "trial 3 goes on from trial 7: lr 0.1 becomes 0.12",
  ]);
});

Deno.test("eventText() describes a completed trial by its varied parameters, and what diverged", () => {
  const sample = sampleSweep();
  const completed = [0.91, NaN].map((accuracy, index) => {
    sample.lease(index, 10 * index, "w-1");
    return sample.complete(index, 10 * index + 5, accuracy).events[1];
  });
  assert.deepEqual(completed.map((event) => event && eventText(sample.view.ledger, event)), [
    "trial 0 (batch_size=32 lr=0.05 hidden_width=32) completed: val_accuracy 0.9100",
    "trial 1 (batch_size=32 lr=0.05 hidden_width=64) completed: diverged",
  ]);
});

Deno.test("isRoutine() is not what somebody did, nor what went wrong", () => {
  const routine = ["packLeased", "checkpointStored", "trialPruned"] as const;
  assert.deepEqual(routine.filter((type) => !isRoutine(type)), []);
  const told = ["trialFailed", "packReleased", "sweepPaused", "trialRetried"] as const;
  assert.deepEqual(told.filter(isRoutine), []);
});
