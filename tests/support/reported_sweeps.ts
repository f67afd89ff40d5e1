/** Finished sweeps for tests of reports: every number in them is told by the test. */
import { parseSweepFile } from "../../cli/sweep_file/parse_sweep_file.ts";
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import {
  parseAttempt,
  parseConfigurationId,
  parsePackId,
  parseSweepId,
  parseTrialId,
  parseWorkerId,
} from "../../core/domain/ids.ts";
import { objectiveValue } from "../../core/domain/objective.ts";
import { valueAt } from "../../core/domain/space_codec.ts";
import type { Metrics, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { TrialResult } from "../../core/domain/trial_result.ts";
import { epoch, instant, milliseconds } from "../../core/domain/units.ts";
import type { ReportedSweep } from "../../core/views/report/report.ts";
import { SweepView } from "../../core/views/sweep_view.ts";

/** What a trial measured: the metrics of each reported epoch, then those of its end. */
export interface Measured {
  readonly epochs: readonly (Metrics & { readonly epoch: number })[];
  /** NaN: it diverged. */
  readonly objective: number;
  readonly final: Metrics;
}

/** A finished sweep. `measure` is asked for each trial; null leaves it queued. */
export function reportedSweep(
  file: string,
  measure: (
    trial: { readonly hyperparameters: Hyperparameters; readonly replicate: number },
  ) => Measured | null,
  { id = "lab-1", classes = ["apple", "forest", "mouse"], description }: {
    readonly id?: string;
    readonly classes?: readonly string[];
    readonly description?: string;
  } = {},
): ReportedSweep {
  const parsed = parseSweepFile(file, { path: "sweep.yaml" });
  const spec = description === undefined ? parsed : { ...parsed, description };
  const versions = { trawl: "0.1.0", deno: "2.9.6" };
  const dataset = {
    name: spec.task.dataset,
    digest: "ab".repeat(32),
    features: 3072,
    classes,
    trainExamples: 1500,
    validationExamples: 300,
    testExamples: 300,
  };
  const created: SweepEvent = {
    type: "sweepCreated",
    sweep: parseSweepId(id),
    spec,
    dataset,
    versions,
  };
  let sequence = 1;
  const at = (): ReturnType<typeof instant> => instant(1_700_000_000_000 + 1000 * sequence);
  const view = new SweepView({ sequence, entry: { v: 1, at: at(), events: [created] } });
  const append = (...events: readonly SweepEvent[]): void =>
    view.apply({ sequence: ++sequence, entry: { v: 1, at: at(), events } });
  for (const events of trialEvents(spec, measure)) append(...events);
  append({ type: "sweepEnded", outcome: "completed", by: "coordinator" });
  return { view, versions: [versions], trial: null };
}

function* trialEvents(
  spec: ReturnType<typeof parseSweepFile>,
  measure: Parameters<typeof reportedSweep>[1],
): Generator<readonly SweepEvent[]> {
  const configurations = [...combinations(spec.parameters)];
  let number = 0;
  for (const [configuration, hyperparameters] of configurations.entries()) {
    for (let replicate = 0; replicate < spec.replicates; replicate++) {
      const measured = measure({ hyperparameters, replicate });
      const [trial, pack] = [parseTrialId(number), parsePackId(number)];
      number++;
      yield [
        {
          type: "trialsQueued",
          trials: [{
            trial,
            configuration: parseConfigurationId(configuration),
            replicate,
            hyperparameters,
          }],
        },
        { type: "packsQueued", packs: [{ pack, trials: [trial] }] },
      ];
      if (measured !== null) yield measuredEvents({ trial, pack, number }, measured);
    }
  }
}

function measuredEvents(
  { trial, pack, number }: {
    readonly trial: ReturnType<typeof parseTrialId>;
    readonly pack: ReturnType<typeof parsePackId>;
    readonly number: number;
  },
  { epochs, objective, final }: Measured,
): readonly SweepEvent[] {
  const id = { pack, attempt: parseAttempt(1) };
  return [
    {
      type: "packLeased",
      ...id,
      worker: parseWorkerId("alder-1"),
      backend: "wasm",
      delivery: { sequence: number, count: 1 },
    },
    ...epochs.map(({ epoch: at, ...metrics }): SweepEvent => ({
      type: "epochReported",
      ...id,
      epoch: epoch(at),
      lanes: [{ trial, kind: "measured", metrics }],
      durationMs: milliseconds(10),
    })),
    {
      type: "trialCompleted",
      ...id,
      trial,
      epoch: epoch(epochs.at(-1)?.epoch ?? 1),
      objective: objectiveValue(objective),
      metrics: final,
      result: `results/${trial}`,
      model: null,
    },
  ];
}

function* combinations(
  [first, ...rest]: ReturnType<typeof parseSweepFile>["parameters"],
): Generator<Hyperparameters> {
  if (first === undefined) return yield {};
  const values = first.domain.kind === "values" ? first.domain.values : [valueAt(first.domain, 0)];
  for (const value of values) {
    for (const others of combinations(rest)) yield { [first.name]: value, ...others };
  }
}

/** The lab's sweep file with the given parameters varied. */
export function labFile(
  parameters: Readonly<Record<string, readonly number[]>>,
  { name = "lab", replicates = 4 }: { readonly name?: string; readonly replicates?: number } = {},
): string {
  const all = {
    batch_size: [128],
    lr: [0.005],
    hidden_width: [10],
    depth: [1],
    epochs: [250],
    ...parameters,
  };
  return [
    `name: ${name}`,
    "task: { dataset: cifar100, classes: [0, 33, 50], validation: test }",
    "method: grid",
    "metric: { name: val_accuracy, goal: maximize }",
    `replicates: ${replicates}`,
    "parameters:",
    ...Object.entries(all).map(([key, values]) => `  ${key}: { values: [${values.join(", ")}] }`),
    "",
  ].join("\n");
}

/** Metrics of a trial of the lab by its test accuracy; `train` is the training accuracy. */
export function labMeasured(test: number, train = 0.99): Measured {
  const points = [1, 10, 50, 125, 250].map((at) => ({
    epoch: at,
    train_loss: 1.1 * Math.exp(-at / 80),
    val_loss: 0.55 + 0.5 * Math.exp(-at / 40) + (1 - test) / 10,
    val_accuracy: test - 0.3 * Math.exp(-at / 60),
  }));
  return {
    epochs: points,
    objective: test,
    final: { train_accuracy: train, val_accuracy: test, test_accuracy: test },
  };
}

/** A result file as a trial on three classes of images leaves it. */
export function sampleResult(
  classes: readonly string[] = ["apple", "forest", "mouse"],
): TrialResult {
  const pixels = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => (i * 37) % 256);
  const confusion = [[90, 4, 6], [3, 84, 13], [12, 9, 79]];
  return {
    v: 1,
    kind: "classification",
    classes,
    confusions: {
      train: [[500, 0, 0], [2, 497, 1], [0, 4, 496]],
      validation: confusion,
      test: confusion,
    },
    mistakes: [0, 1, 2].map((index) => ({
      index: 17 + index,
      actual: 2,
      predicted: index % 2,
      confidence: 0.99 - index / 50,
      loss: 5 + index,
      image: { width: 8, height: 8, channels: 3 as const, data: pixels.toBase64() },
    })),
    samples: [0, 0, 1, 2].map((label, place) => ({
      index: 100 + place,
      label,
      image: { width: 8, height: 8, channels: 3 as const, data: pixels.toBase64() },
    })),
    picture: null,
  };
}
