/** A sweep in the middle of its life, for tests: its journal is made by hand, entry by entry. */
import {
  parseAttempt,
  parseConfigurationId,
  parsePackId,
  parseSweepId,
  parseTrialId,
  parseWorkerId,
} from "../../core/domain/ids.ts";
import { objectiveValue } from "../../core/domain/objective.ts";
import type { JournalEntry, NewTrial, SweepEvent } from "../../core/domain/sweep_event.ts";
import { epoch, type Instant, instant, milliseconds } from "../../core/domain/units.ts";
import type { Presence } from "../../core/protocol/presence.ts";
import { SweepView } from "../../core/views/sweep_view.ts";
import { parseSweepFile } from "../../cli/sweep_file/parse_sweep_file.ts";

/** When the sample sweep was created. */
export const BEGUN_AT: Instant = instant(1_700_000_000_000);

const SWEEP = parseSweepId("digits-2f9k");
const BATCH_SIZES = [32, 128];
const LEARNING_RATES = [0.05, 0.2];
const WIDTHS = [32, 64, 128];

/** The sample's journal: it can be folded up to any entry. */
export interface SampleSweep {
  readonly view: SweepView;
  /** Appends an entry at so many milliseconds after the start, and gives it back. */
  readonly append: (atMs: number, ...events: readonly SweepEvent[]) => JournalEntry;
  readonly lease: (pack: number, atMs: number, worker: string, attempt?: number) => JournalEntry;
  readonly complete: (trial: number, atMs: number, accuracy: number) => JournalEntry;
}

/** A sweep of 12 configurations, each in a pack of its own, all queued. */
export function sampleSweep(
  options: { readonly name?: string; readonly replicates?: number } = {},
): SampleSweep {
  const { name = "digits", replicates = 1 } = options;
  const spec = parseSweepFile(
    `name: ${name}\ntask: { dataset: mnist }\nmethod: grid\nreplicates: ${replicates}\nparameters:\n` +
      `  batch_size: { values: [${BATCH_SIZES.join(", ")}] }\n  lr: { values: [${
        LEARNING_RATES.join(", ")
      }] }\n` +
      `  hidden_width: { values: [${WIDTHS.join(", ")}] }\n  epochs: { value: 2 }\n`,
    { path: "digits.yaml" },
  );
  const created: SweepEvent = {
    type: "sweepCreated",
    sweep: SWEEP,
    spec,
    dataset: {
      name: "mnist",
      digest: "00",
      features: 784,
      classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
      trainExamples: 10_800,
      validationExamples: 1_200,
      testExamples: 10_000,
    },
    versions: { trawl: "0.1.0", deno: "2.9.6" },
  };
  const trials = sampleTrials(replicates);
  const packs = trials.map(({ trial }) => ({ pack: parsePackId(trial), trials: [trial] }));
  let sequence = 1;
  const view = new SweepView({ sequence, entry: { v: 1, at: BEGUN_AT, events: [created] } });
  const append = (atMs: number, ...events: readonly SweepEvent[]): JournalEntry => {
    const entry: JournalEntry = { v: 1, at: instant(BEGUN_AT + atMs), events };
    view.apply({ sequence: ++sequence, entry });
    return entry;
  };
  append(0, { type: "trialsQueued", trials }, { type: "packsQueued", packs });
  return {
    view,
    append,
    lease: (pack, atMs, worker, attempt = 1) =>
      append(atMs, {
        type: "packLeased",
        pack: parsePackId(pack),
        attempt: parseAttempt(attempt),
        worker: parseWorkerId(worker),
        backend: "wasm",
        delivery: { sequence: pack + 1, count: attempt },
      }),
    complete: (trial, atMs, accuracy) => {
      const metrics = { train_loss: 0.2, val_loss: 0.3, val_accuracy: accuracy };
      const id = {
        pack: parsePackId(trial),
        attempt: parseAttempt(view.ledger.pack(parsePackId(trial)).attempts),
      };
      return append(
        atMs,
        {
          type: "epochReported",
          ...id,
          epoch: epoch(2),
          lanes: [
            Number.isFinite(accuracy)
              ? { trial: parseTrialId(trial), kind: "measured", metrics }
              : { trial: parseTrialId(trial), kind: "diverged" },
          ],
          durationMs: milliseconds(1000),
        },
        {
          type: "trialCompleted",
          result: null,
          model: null,
          ...id,
          trial: parseTrialId(trial),
          epoch: epoch(2),
          objective: objectiveValue(accuracy),
          metrics: Number.isFinite(accuracy) ? { ...metrics, test_accuracy: accuracy - 0.005 } : {},
        },
      );
    },
  };
}

/** The only lane of pack 0 leaves it after one epoch, for a new pack. */
export function laneDetached(into: number): SweepEvent {
  const trials = [parseTrialId(0)];
  return {
    type: "lanesDetached",
    pack: parsePackId(0),
    attempt: parseAttempt(1),
    epoch: epoch(1),
    artifact: "sweeps/sample/packs/0/attempt-1/epoch-1-from-0.safetensors",
    trials,
    into: [{ pack: parsePackId(into), trials }],
  };
}

function sampleTrials(replicates: number): readonly NewTrial[] {
  const configurations = BATCH_SIZES.flatMap((batch_size) =>
    LEARNING_RATES.flatMap((lr) =>
      WIDTHS.map((hidden_width) => ({ batch_size, lr, hidden_width, epochs: 2 }))
    )
  );
  return configurations.flatMap((hyperparameters, configuration) =>
    Array.from({ length: replicates }, (_, replicate) => ({
      trial: parseTrialId(configuration * replicates + replicate),
      configuration: parseConfigurationId(configuration),
      replicate,
      hyperparameters,
    }))
  );
}

/** A worker's record, holding these packs of the sample. */
export function samplePresence(worker: string, packs: readonly number[]): Presence {
  return {
    v: 1,
    worker: parseWorkerId(worker),
    host: "node-1.example",
    pid: 4711,
    version: "0.1.0",
    backend: "wasm",
    reason: "first that passed its self-test",
    refused: [],
    slots: 1,
    draining: false,
    packs: packs.map((pack) => ({
      sweep: SWEEP,
      pack: parsePackId(pack),
      lanes: 1,
      since: BEGUN_AT,
    })),
    laneStepsPerSecond: packs.length * 1_234.5,
    trialsFinished: 3,
    startedAt: BEGUN_AT,
    at: BEGUN_AT,
  };
}

/** The sample half way: results, a failure, two workers that train, one that went silent. */
export function halfwaySweep(
  options: { readonly name?: string; readonly replicates?: number } = {},
): SampleSweep {
  const sample = sampleSweep(options);
  const accuracies = [0.9312, 0.9475, 0.9558, 0.9401, NaN];
  for (const [trial, accuracy] of accuracies.entries()) {
    sample.lease(trial, 4000 * trial + 100, trial % 2 === 0 ? "w-ada-1" : "w-bob-2");
    sample.complete(trial, 4000 * trial + 4000, accuracy);
  }
  sample.lease(5, 20_100, "w-cyd-3");
  sample.append(21_000, {
    type: "trialFailed",
    trial: parseTrialId(5),
    reason: { kind: "outOfMemory", message: "16 lanes of 128 units need 2.1 GB of 2.0 GB" },
  });
  sample.lease(6, 21_100, "w-ada-1");
  sample.lease(7, 21_200, "w-bob-2");
  return sample;
}
