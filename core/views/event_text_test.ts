import assert from "node:assert/strict";
import { parseAttempt, parsePackId, parseTrialId } from "../domain/ids.ts";
import type { SweepEvent } from "../domain/sweep_event.ts";
import { epoch } from "../domain/units.ts";
import { sampleSweep } from "../../tests/support/sample_sweep.ts";
import { simulate } from "../../tests/support/simulated_search.ts";
import { specOf } from "../../tests/support/specs.ts";
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
    {
      type: "trialPruned",
      trial,
      rung: 0,
      epoch: epoch(2),
      message: "Rank 9 of 9 at epoch 2: not among the best 3",
    },
  ] satisfies readonly SweepEvent[]).map((event) => eventText(ledger, event));
  assert.deepEqual(said, [
    "trial 3 passed the rung at epoch 2",
    "trial 3 waits at epoch 2",
    "trial 3 goes on to epoch 6",
    "trial 3 goes on to its end",
    "trial 3 pruned at epoch 2: 0.5 is not among the best",
    "trial 3 goes on from trial 7: lr 0.1 becomes 0.12",
    "trial 3 pruned: Rank 9 of 9 at epoch 2: not among the best 3",
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

Deno.test("eventText() leaves out parameters whose condition does not hold", () => {
  const spec = specOf({
    method: "random",
    runCap: 8,
    parameters: [
      { name: "lr", domain: { kind: "values", values: [0.1, 0.2] } },
      { name: "optimizer", domain: { kind: "values", values: ["sgd", "momentum"] } },
      {
        name: "momentum",
        domain: { kind: "values", values: [0.8, 0.9] },
        when: [{ parameter: "optimizer", test: { kind: "in", values: ["momentum"] } }],
      },
    ],
  });
  const { ledger, entries } = simulate({ spec });
  const told = entries.flat().filter(({ type }) => type === "trialCompleted")
    .map((event) => eventText(ledger, event));
  assert.ok(told.some((text) => / optimizer=sgd\) completed/.test(text)));
  assert.ok(told.some((text) => / optimizer=momentum momentum=0\.[89]\) completed/.test(text)));
});

Deno.test("isRoutine() is not what somebody did, nor what went wrong", () => {
  const routine = ["packLeased", "checkpointStored", "trialPruned"] as const;
  const ofType = (type: string): SweepEvent => ({ type } as SweepEvent);
  assert.deepEqual(routine.filter((type) => !isRoutine(ofType(type))), []);
  const told = ["trialFailed", "packReleased", "sweepPaused", "trialRetried"] as const;
  assert.deepEqual(told.filter((type) => isRoutine(ofType(type))), []);
  // With the whole sweep, or alone.
  const cancelled = { type: "trialCancelled", trial: parseTrialId(3) } as const;
  assert.equal(isRoutine(cancelled), true);
  assert.equal(isRoutine({ ...cancelled, by: "cli" }), false);
});
