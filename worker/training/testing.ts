/** What tests of training share: backends, small random datasets, specs and running to the end. */
import { parseTrialId, type TrialId } from "../../core/domain/ids.ts";
import { createRng } from "../../core/domain/rng.ts";
import { type Clock, epoch, type Instant, instant } from "../../core/domain/units.ts";
import type { Dataset, Split } from "../datasets/dataset.ts";
import { createNormalisation } from "../datasets/normalisation.ts";
import { cpuBackend } from "../engine/cpu_backend.ts";
import { wasmBackend } from "../engine/wasm_backend.ts";
import type { BackendLoader } from "../engine/backend.ts";
import type { LaneSpec, PackEpoch, PackSpec } from "./pack.ts";
import { PackTrainer, type PackTrainerOptions } from "./pack_trainer.ts";

/** The backends that every machine has. */
export const TESTED_BACKENDS: readonly BackendLoader[] = [cpuBackend, wasmBackend];

let reads = 0;

/** A clock that goes on by a millisecond whenever it is read: the same in every run. */
export const testClock: Clock = (): Instant => instant(reads++);

/** How many classes `smallDataset` has. */
export const CLASSES = 3;
/** How many features `smallDataset` has: two planes of 11. */
export const FEATURES = 22;

/** Random bytes whose mean brightness in places depends on the class: learnable, not trivial. */
export function smallDataset({ count = 50 }: { readonly count?: number } = {}): Dataset {
  const splitOf = (name: string, size: number): Split => {
    const rng = createRng(7, name);
    const labels = Uint16Array.from({ length: size }, () => rng.below(CLASSES));
    const bytes = Uint8Array.from({ length: size * FEATURES }, (_, i) => {
      const label = labels[Math.floor(i / FEATURES)] ?? 0;
      return (i % FEATURES) % CLASSES === label ? 90 + rng.below(166) : rng.below(200);
    });
    return {
      count: size,
      features: FEATURES,
      inputs: { kind: "bytes", bytes },
      targets: { kind: "classes", labels },
    };
  };
  return {
    name: "small",
    digest: "0".repeat(64),
    kind: "classification",
    classes: ["a", "b", "c"],
    outputs: CLASSES,
    features: FEATURES,
    normalisation: createNormalisation([{ mean: 0.4, std: 0.3 }, { mean: 0.5, std: 0.25 }]),
    train: splitOf("train", count),
    validation: splitOf("validation", 31),
    test: splitOf("test", 17),
  };
}

/** Random floats to classify in two classes or to fit, few and learnable. */
export function floatDataset(kind: "binary" | "regression", features: number = 3): Dataset {
  const splitOf = (name: string, size: number): Split => {
    const rng = createRng(5, kind, name);
    const values = Float32Array.from({ length: size * features }, rng.normal);
    const due = Float32Array.from({ length: size }, (_, i) => {
      const [a = 0, b = 0, c = 0] = values.subarray(i * features, (i + 1) * features);
      return Math.sin(a) + 0.5 * b - 0.2 * c + 0.1 * rng.normal();
    });
    return {
      count: size,
      features,
      inputs: { kind: "floats", values },
      targets: kind === "regression"
        ? { kind: "values", values: due }
        : { kind: "classes", labels: Uint16Array.from(due, (value) => value > 0 ? 1 : 0) },
    };
  };
  return {
    name: kind,
    digest: "1".repeat(64),
    kind,
    classes: kind === "binary" ? ["no", "yes"] : [],
    outputs: 1,
    features,
    normalisation: null,
    train: splitOf("train", 40),
    validation: splitOf("validation", 23),
    test: splitOf("test", 19),
  };
}

/** A lane that begins. */
export function laneOf(trial: number, lane: Partial<LaneSpec> = {}): LaneSpec {
  return {
    trial: parseTrialId(trial),
    replicate: 0,
    lr: 0.1,
    momentum: 0.9,
    weightDecay: 0,
    hiddenWidth: 6,
    resume: null,
    ...lane,
  };
}

/** A pack of these lanes: 6 epochs of minibatches of 16, so that the last one of 50 is smaller. */
export function packOf(lanes: readonly LaneSpec[], spec: Partial<PackSpec> = {}): PackSpec {
  return {
    seed: 11,
    batchSize: 16,
    depth: 2,
    activation: "relu",
    optimizer: "sgd",
    gradient: "manual",
    loss: null,
    epochs: epoch(6),
    startEpoch: epoch(0),
    lanes,
    ...spec,
  };
}

/** Trains until the end of `spec.epochs` and closes. */
export async function runPack(spec: PackSpec, options: PackTrainerOptions): Promise<PackRun> {
  using trainer = await PackTrainer.open(spec, options);
  const epochs = await Array.fromAsync(trainer.epochs());
  const checkpoints = await trainer.checkpoint();
  return { epochs, checkpoints, finals: await trainer.finalMetrics() };
}

/** All that a pack's run says. */
export interface PackRun {
  /** What `epochs()` yielded. */
  readonly epochs: readonly PackEpoch[];
  /** What `checkpoint()` gave at the end. */
  readonly checkpoints: Awaited<ReturnType<PackTrainer["checkpoint"]>>;
  /** What `finalMetrics()` gave. */
  readonly finals: Awaited<ReturnType<PackTrainer["finalMetrics"]>>;
}

/** One trial's part of a run, without what depends on time and company. */
export function trialOf(run: PackRun, trial: TrialId): unknown {
  return {
    outcomes: run.epochs.map(({ epoch, lanes }) => ({
      epoch,
      outcome: lanes.find((lane) => lane.trial === trial)?.outcome,
    })),
    checkpoint: run.checkpoints.find((lane) => lane.trial === trial),
    final: run.finals.find((lane) => lane.trial === trial),
  };
}
