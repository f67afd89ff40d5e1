import assert from "node:assert/strict";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { parseAttempt, parsePackId, parseTrialId } from "../../core/domain/ids.ts";
import { instant } from "../../core/domain/units.ts";
import { epoch as toEpoch, milliseconds } from "../../core/domain/units.ts";
import type { StoredEntry } from "../../core/protocol/ports.ts";
import { exactnessProblems } from "./exactness.ts";
import { metricsOf, statesOf } from "./toy_training.ts";

const SCENARIO = { seed: 9, kind: "light", epochs: 6 } as const;
const held = { pack: parsePackId(0), attempt: parseAttempt(1) };
const lane = { trial: parseTrialId(0), replicate: 0, hyperparameters: { lr: 0.1, epochs: 6 } };

/** The metrics of the lane after an epoch, undisturbed. */
function truth(epoch: number) {
  const state = statesOf(SCENARIO.seed, lane, SCENARIO.epochs)[epoch - 1];
  assert.ok(typeof state === "number");
  return metricsOf(state);
}

function reported(epoch: number, metrics = truth(epoch)): SweepEvent {
  const { trial } = lane;
  const lanes = [{ trial, kind: "measured", metrics } as const];
  const durationMs = milliseconds(1);
  return { type: "epochReported", ...held, epoch: toEpoch(epoch), lanes, durationMs };
}

function completed(value: number): SweepEvent {
  return {
    type: "trialCompleted",
    result: null,
    model: null,
    trial: lane.trial,
    ...held,
    epoch: toEpoch(SCENARIO.epochs),
    objective: { kind: "finite", value },
    metrics: truth(SCENARIO.epochs),
  };
}

function problems(...events: readonly SweepEvent[]): string {
  const asked: SweepEvent = {
    type: "trialsQueued",
    trials: [{ ...lane, configuration: 0 as never }],
  };
  const entry = { v: 1, at: instant(0), events: [asked, ...events] } as const;
  const entries: readonly StoredEntry[] = [{ sequence: 1, entry }];
  return exactnessProblems(entries, SCENARIO).join("\n");
}

const all = [1, 2, 3, 4, 5, 6].map((epoch) => reported(epoch));

Deno.test("exactnessProblems finds nothing wrong with undisturbed numbers, repeated or not", () => {
  assert.equal(problems(...all, completed(truth(6)["val_loss"]!)), "");
  assert.equal(problems(...all, ...all.slice(2), completed(truth(6)["val_loss"]!)), "");
});

Deno.test("exactnessProblems tells numbers of a wrong state, and a repetition that differs", () => {
  assert.match(problems(reported(3, truth(2))), /trial 0 has .* at epoch 3, undisturbed/);
  assert.match(problems(reported(2), reported(2, truth(3))), /epoch 2, trained again, gave/);
  assert.match(problems(...all, completed(0.5)), /trial 0 ended with 0.5/);
});

Deno.test("exactnessProblems tells a configuration that is asked for twice", () => {
  const trials = [0, 1].map((n) => ({
    ...lane,
    trial: parseTrialId(n),
    configuration: n as never,
  }));
  const entry = { v: 1, at: instant(0), events: [{ type: "trialsQueued", trials }] } as const;
  const [problem] = exactnessProblems([{ sequence: 1, entry }], SCENARIO);
  assert.match(problem ?? "", /trial 1 asks for what trial 0 asks for/);
});
