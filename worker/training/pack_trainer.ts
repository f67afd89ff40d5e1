/** Trains the lanes of a pack side by side on the same minibatches, one epoch when asked. */
import type { TrialId } from "../../core/domain/ids.ts";
import { createRng, permutation } from "../../core/domain/rng.ts";
import { type Clock, type Epoch, epoch, milliseconds } from "../../core/domain/units.ts";
import type { Dataset } from "../datasets/dataset.ts";
import type { Backend } from "../engine/backend.ts";
import { type Evaluation, Evaluator } from "./evaluation.ts";
import { initialLayers } from "./initial_layers.ts";
import { Lane, type TrainTally } from "./lane.ts";
import type { HostLayer } from "./layer.ts";
import { finalMetricsOf } from "./metrics.ts";
import { MinibatchBuilder } from "./minibatch_builder.ts";
import type {
  LaneCheckpoint,
  LaneEpoch,
  LaneFinal,
  LaneOutcome,
  LaneSpec,
  PackEpoch,
  PackSpec,
} from "./pack.ts";
import { Pacer } from "./pacer.ts";

/** What a pack is trained with. */
export interface PackTrainerOptions {
  /** What to train and score on. */
  readonly dataset: Dataset;
  /** Computes the tensors; no other backend of this thread may be active meanwhile. */
  readonly backend: Backend;
  /** Measures durations and decides when to let the event loop run; nothing else. */
  readonly clock: Clock;
  /** Ends an epoch under way with its reason; the trainer can then only be disposed of. */
  readonly signal?: AbortSignal;
}

/**
 * A pack in training. Nothing happens between calls: who does not ask for the next epoch has
 * paused the pack. A lane's numbers do not depend on its company.
 *
 * @example
 * ```ts ignore
 * using trainer = await PackTrainer.open(spec, { dataset, backend, clock });
 * for await (const { epoch, lanes } of trainer.epochs()) report(epoch, lanes);
 * const results = await trainer.finalMetrics();
 * ```
 */
export class PackTrainer implements Disposable {
  readonly #spec: PackSpec;
  readonly #options: PackTrainerOptions;
  readonly #pacer: Pacer;
  readonly #builder: MinibatchBuilder;
  readonly #validation: Evaluator;
  #lanes: readonly Lane[];
  #epoch: Epoch;
  #isWhole = true;

  private constructor(spec: PackSpec, options: PackTrainerOptions) {
    const { dataset, clock, signal } = options;
    this.#spec = spec;
    this.#options = options;
    this.#pacer = new Pacer(clock, signal);
    const batchSize = Math.min(spec.batchSize, dataset.train.count);
    this.#builder = new MinibatchBuilder(dataset, { batchSize });
    this.#validation = this.#evaluatorOf(dataset.validation);
    this.#epoch = spec.startEpoch;
    this.#lanes = spec.lanes.map((lane) => new Lane(lane, layersOf(lane, { spec, dataset })));
  }

  /**
   * Puts the lanes on the backend, at their checkpoints or at their beginnings.
   * @throws {RangeError} If the spec contradicts itself, its checkpoints or the dataset.
   */
  static async open(spec: PackSpec, options: PackTrainerOptions): Promise<PackTrainer> {
    checkSpec(spec);
    options.signal?.throwIfAborted();
    await options.backend.activate();
    return new PackTrainer(spec, options);
  }

  /** How many epochs the lanes have behind them. */
  get epoch(): Epoch {
    return this.#epoch;
  }

  /** The trials that are still trained: neither stopped nor diverged. */
  get liveTrials(): readonly TrialId[] {
    return this.#lanes.map((lane) => lane.spec.trial);
  }

  /** Epochs until the last one is over or no lane lives; the consumer may leave at any time. */
  async *epochs(): AsyncGenerator<PackEpoch, void, void> {
    while (this.#epoch < this.#spec.epochs && this.#lanes.length > 0) {
      yield await this.trainEpoch();
    }
  }

  /** Trains every live lane for an epoch and scores it on the validation split. */
  async trainEpoch(): Promise<PackEpoch> {
    const { clock, dataset } = this.#options;
    await this.#begin();
    const started = clock();
    this.#isWhole = false;
    const next = epoch(this.#epoch + 1);
    const minibatches = await this.#trainOn(next);
    const lanes = this.#lanes;
    const tallies = await Promise.all(lanes.map((lane) => lane.takeTally()));
    const scores = await this.#validation.evaluate(lanes.map((lane) => lane.layers));
    const count = dataset.train.count;
    const results = lanes.map((lane, i): LaneEpoch => ({
      trial: lane.spec.trial,
      outcome: outcomeOf({ tally: tallies[i], score: scores[i], count }),
    }));
    this.#epoch = next;
    this.#isWhole = true;
    for (const { trial, outcome } of results) if (outcome.kind === "diverged") this.stopLane(trial);
    return {
      epoch: next,
      lanes: results,
      laneSteps: minibatches * lanes.length,
      duration: milliseconds(Math.max(0, clock() - started)),
    };
  }

  /**
   * Trains a lane no further and frees its tensors; does nothing when it is not live.
   * @throws {Error} If an epoch is under way or was left unfinished.
   */
  stopLane(trial: TrialId): void {
    this.#checkWhole();
    const isStopped = (lane: Lane): boolean => lane.spec.trial === trial;
    for (const lane of this.#lanes.filter(isStopped)) lane[Symbol.dispose]();
    this.#lanes = this.#lanes.filter((lane) => !isStopped(lane));
  }

  /** A copy of every live lane, from which it can go on in any company. */
  async checkpoint(): Promise<readonly LaneCheckpoint[]> {
    await this.#begin();
    return await Promise.all(this.#lanes.map((lane) => lane.checkpoint(this.#epoch)));
  }

  /** Scores every live lane on the test split: to be asked for once, at the end. */
  async finalMetrics(): Promise<readonly LaneFinal[]> {
    await this.#begin();
    using evaluator = this.#evaluatorOf(this.#options.dataset.test);
    const scores = await evaluator.evaluate(this.#lanes.map((lane) => lane.layers));
    return scores.map((score, i) => finalOf(this.#lanes[i]?.spec, score)).filter((f) => f !== null);
  }

  /** Frees all tensors. */
  [Symbol.dispose](): void {
    for (const lane of this.#lanes) lane[Symbol.dispose]();
    this.#lanes = [];
    this.#validation[Symbol.dispose]();
  }

  async #begin(): Promise<void> {
    this.#options.signal?.throwIfAborted();
    this.#checkWhole();
    await this.#options.backend.activate();
  }

  #checkWhole(): void {
    if (this.#isWhole) return;
    throw new Error("Cannot go on with a pack: an epoch of it is under way or was left unfinished");
  }

  /** The steps of an epoch, numbered from 1; returns how many minibatches there were. */
  async #trainOn(next: Epoch): Promise<number> {
    const { seed, batchSize, activation } = this.#spec;
    const { count } = this.#options.dataset.train;
    // Named by the epoch alone: every lane of every pack sees the same minibatches.
    const order = permutation(createRng(seed, "data", next), count);
    let minibatches = 0;
    for (let start = 0; start < count; start += batchSize, minibatches++) {
      const minibatch = this.#builder.build(order.subarray(start, start + batchSize));
      for (const lane of this.#lanes) lane.train(minibatch, activation);
      for (const tensor of [minibatch.x, minibatch.xT, minibatch.y]) tensor.dispose();
      await this.#pacer.breathe();
    }
    return minibatches;
  }

  #evaluatorOf(split: Dataset["test"]): Evaluator {
    const { dataset } = this.#options;
    const breathe = (): Promise<void> => this.#pacer.breathe();
    return new Evaluator({ dataset, split, activation: this.#spec.activation, breathe });
  }
}

function outcomeOf({ tally, score, count }: {
  readonly tally: TrainTally | undefined;
  readonly score: Evaluation | undefined;
  readonly count: number;
}): LaneOutcome {
  const trainLoss = (tally?.lossSum ?? NaN) / count;
  const valLoss = score?.loss ?? NaN;
  if (!Number.isFinite(trainLoss) || !Number.isFinite(valLoss)) return { kind: "diverged" };
  return {
    kind: "metrics",
    metrics: {
      "train_loss": trainLoss,
      "train_accuracy": (tally?.correct ?? 0) / count,
      "val_loss": valLoss,
      "val_accuracy": score?.accuracy ?? 0,
    },
  };
}

function finalOf(spec: LaneSpec | undefined, score: Evaluation): LaneFinal | null {
  if (spec === undefined) return null;
  const { trial } = spec;
  if (!Number.isFinite(score.loss)) return { kind: "diverged", trial };
  return { kind: "metrics", trial, metrics: finalMetricsOf(score), confusion: score.confusion };
}

/** Where a lane begins. */
function layersOf(
  lane: LaneSpec,
  { spec, dataset }: { readonly spec: PackSpec; readonly dataset: Dataset },
): readonly HostLayer[] {
  const { seed, depth } = spec;
  const { replicate, hiddenWidth, resume, trial } = lane;
  const { features: inputs, classes: { length: classes } } = dataset;
  const fresh = initialLayers({ seed, replicate, inputs, hiddenWidth, depth, classes });
  if (resume === null) return fresh;
  const shapeOf = (layers: readonly HostLayer[]): string =>
    layers.map((layer) => `${layer.inputs}×${layer.outputs}`).join(", ");
  if (shapeOf(resume.layers) !== shapeOf(fresh)) {
    throw new RangeError(
      `Cannot resume trial ${trial}: its checkpoint has layers ${shapeOf(resume.layers)}; ` +
        `it must have ${shapeOf(fresh)}`,
    );
  }
  return resume.layers;
}

/** @throws {RangeError} If the spec contradicts itself. */
function checkSpec({ batchSize, startEpoch, epochs, lanes }: PackSpec): void {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`Cannot train with batches of ${batchSize}: it must be an integer >= 1`);
  }
  if (startEpoch > epochs) {
    throw new RangeError(`Cannot start after epoch ${startEpoch}: the trials have ${epochs}`);
  }
  for (const [position, { trial, lr, resume }] of lanes.entries()) {
    if (lanes.findIndex((lane) => lane.trial === trial) !== position) {
      throw new RangeError(`Cannot train trial ${trial}: it is in the pack twice`);
    }
    if (!(lr > 0 && Number.isFinite(lr))) {
      throw new RangeError(`Cannot train trial ${trial} with lr ${lr}: it must be finite and > 0`);
    }
    const behind = resume?.epoch ?? 0;
    if (behind !== startEpoch || (resume !== null && resume.trial !== trial)) {
      throw new RangeError(
        `Cannot train trial ${trial}: it is at epoch ${behind} of trial ${
          resume?.trial ?? trial
        }; ` +
          `it must be at epoch ${startEpoch} of its own`,
      );
    }
  }
}
