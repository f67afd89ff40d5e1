/** Packs to be timed: the networks of the lab and of the targets, over made-up data of their shapes. */
import { parseTrialId } from "../core/domain/ids.ts";
import { createRng } from "../core/domain/rng.ts";
import type { TaskKind } from "../core/domain/task_kind.ts";
import { epoch, instant } from "../core/domain/units.ts";
import type { Dataset, Split } from "../worker/datasets/dataset.ts";
import type { Backend } from "../worker/engine/backend.ts";
import type { PackSpec } from "../worker/training/pack.ts";
import { PackTrainer } from "../worker/training/pack_trainer.ts";

/** The shape of a problem. */
export interface Shape {
  readonly kind: TaskKind;
  readonly examples: number;
  readonly features: number;
  readonly classes: number;
  readonly batchSize: number;
  readonly hiddenWidth: number;
}

/** How it is trained. */
export interface Training {
  readonly lanes: number;
  readonly epochs: number;
  readonly gradient: "manual" | "auto";
}

/** Data of a shape: times do not depend on the numbers, only on how many there are. */
export function madeUpDataset({ kind, examples, features, classes }: Shape): Dataset {
  const rng = createRng(1, "bench");
  const splitOf = (count: number): Split => ({
    count,
    features,
    inputs: {
      kind: "floats",
      values: Float32Array.from({ length: count * features }, rng.normal),
    },
    targets: kind === "regression"
      ? { kind: "values", values: Float32Array.from({ length: count }, rng.normal) }
      : { kind: "classes", labels: Uint16Array.from({ length: count }, () => rng.below(classes)) },
  });
  const few = Math.max(1, Math.floor(examples / 10));
  return {
    name: "bench",
    digest: "",
    kind,
    classes: kind === "regression" ? [] : Array.from({ length: classes }, (_, c) => `${c}`),
    outputs: kind === "classification" ? classes : 1,
    features,
    normalisation: null,
    train: splitOf(examples),
    validation: splitOf(few),
    test: splitOf(few),
  };
}

/** Milliseconds of one optimizer step of the whole pack; reports and scores included. */
export async function stepMs(
  shape: Shape,
  training: Training,
  { dataset, backend }: { readonly dataset: Dataset; readonly backend: Backend },
): Promise<number> {
  const { lanes, epochs, gradient } = training;
  const spec: PackSpec = {
    seed: 1,
    batchSize: shape.batchSize,
    depth: 1,
    activation: "relu",
    optimizer: "sgd",
    gradient,
    loss: null,
    // As a worker asks for: a thousand reports of a long trial are enough.
    reportEvery: Math.max(1, Math.ceil(epochs / 10)),
    epochs: epoch(epochs + 1),
    startEpoch: epoch(0),
    lanes: Array.from({ length: lanes }, (_, lane) => ({
      trial: parseTrialId(lane),
      replicate: lane,
      lr: 0.005,
      momentum: 0.9,
      weightDecay: 0,
      hiddenWidth: shape.hiddenWidth,
      resume: null,
    })),
  };
  const clock = () => instant(performance.now());
  using trainer = await PackTrainer.open(spec, { dataset, backend, clock });
  // The first report pays for compiling and for uploads.
  await trainer.trainEpoch();
  const from = trainer.epoch;
  const started = performance.now();
  while (trainer.epoch < spec.epochs && trainer.liveTrials.length > 0) await trainer.trainEpoch();
  const steps = (trainer.epoch - from) * Math.ceil(dataset.train.count / shape.batchSize);
  return (performance.now() - started) / steps;
}
