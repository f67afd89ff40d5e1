/** Trains the lanes of a pack as one network on the same minibatches, up to the next report. */
import type { TrialId } from "../../core/domain/ids.ts";
import { createRng, permutation } from "../../core/domain/rng.ts";
import { lossOf } from "../../core/domain/task_kind.ts";
import { type Clock, type Epoch, epoch, milliseconds } from "../../core/domain/units.ts";
import type { Dataset, Split } from "../datasets/dataset.ts";
import type { Backend } from "../engine/backend.ts";
import { checkSpec } from "./check_spec.ts";
import { isWorthCompacting } from "./compaction.ts";
import {
  type Evaluation,
  Evaluator,
  type EvaluatorOptions,
  type Examination,
} from "./evaluation.ts";
import { FusedNetwork, type LaneState, type LaneTally } from "./fused_network.ts";
import { PictureSnapshots } from "./picture_snapshots.ts";
import { confusionOf, epochMetricsOf, finalMetricsOf } from "./metrics.ts";
import { Minibatches } from "./minibatches.ts";
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
import { startOf } from "./lane_start.ts";

/** What a lane makes of examples. */
export interface ExaminedLane {
  readonly trial: TrialId;
  readonly examination: Examination;
}

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
  readonly #minibatches: Minibatches;
  readonly #validation: Evaluator;
  /** The lanes in the network, stopped ones included; null when none lives. */
  #network: FusedNetwork | null;
  #lanes: readonly LaneSpec[];
  readonly #live: Set<TrialId>;
  readonly #curves: PictureSnapshots;
  #epoch: Epoch;
  #isWhole = true;

  private constructor(spec: PackSpec, options: PackTrainerOptions) {
    const { dataset, clock, signal } = options;
    this.#spec = spec;
    this.#options = options;
    this.#pacer = new Pacer(clock, signal);
    this.#minibatches = new Minibatches(dataset, { batchSize: spec.batchSize });
    this.#validation = this.#evaluatorOf(dataset.validation, {});
    this.#epoch = spec.startEpoch;
    this.#lanes = spec.lanes;
    const { epochs, reportEvery = 1 } = spec;
    this.#curves = new PictureSnapshots(dataset, { epochs, reportEvery });
    for (const { trial, resume } of spec.lanes) this.#curves.add(trial, resume?.curves ?? []);
    this.#live = new Set(spec.lanes.map(({ trial }) => trial));
    const states = spec.lanes.map((lane) => startOf(lane, { spec, dataset }));
    this.#network = this.#networkOf(states);
  }

  /**
   * Puts the lanes on the backend, at their checkpoints or at their beginnings.
   * @throws {RangeError} If the spec contradicts itself, its checkpoints or the dataset.
   */
  static async open(spec: PackSpec, options: PackTrainerOptions): Promise<PackTrainer> {
    checkSpec(spec);
    lossOf(options.dataset.kind, spec.loss);
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
    return this.#lanes.map(({ trial }) => trial).filter((trial) => this.#live.has(trial));
  }

  /** Reports until the last epoch is over or no lane lives; the consumer may leave at any time. */
  async *epochs(): AsyncGenerator<PackEpoch, void, void> {
    while (this.#epoch < this.#spec.epochs && this.#live.size > 0) {
      yield await this.trainEpoch();
    }
  }

  /**
   * Trains every live lane for an epoch, or for as many as `reportEvery` puts between reports, and
   * scores it on the validation split.
   */
  async trainEpoch(): Promise<PackEpoch> {
    const { clock } = this.#options;
    await this.#begin();
    const started = clock();
    this.#isWhole = false;
    await this.#compact();
    const last = this.#nextReport();
    const from = this.#epoch;
    for (let next = from + 1; next <= last; next++) {
      await this.#trainOn(epoch(next), { isCounted: next === last });
    }
    const results = await this.#measure();
    this.#epoch = last;
    this.#isWhole = true;
    await this.#takeCurves();
    const laneSteps = this.#minibatches.count * (last - from) * this.#live.size;
    for (const { trial, outcome } of results) if (outcome.kind === "diverged") this.stopLane(trial);
    const duration = milliseconds(Math.max(0, clock() - started));
    return { epoch: last, lanes: results, laneSteps, duration };
  }

  /**
   * Trains a lane no further; does nothing when it is not live. Its memory is freed with the next
   * epoch, when the network is built anew without it.
   * @throws {Error} If an epoch is under way or was left unfinished.
   */
  stopLane(trial: TrialId): void {
    this.#checkWhole();
    this.#live.delete(trial);
    if (this.#live.size > 0) return;
    this.#network?.[Symbol.dispose]();
    this.#network = null;
    this.#lanes = [];
  }

  /** A copy of every live lane, from which it can go on in any company. */
  async checkpoint(): Promise<readonly LaneCheckpoint[]> {
    await this.#begin();
    const places = this.#livePlaces();
    const states = await this.#network?.snapshot(places) ?? [];
    return states.map((state, i): LaneCheckpoint => {
      const { trial } = this.#specAt(places[i]);
      const curves = this.#curves.of(trial);
      return { trial, epoch: this.#epoch, ...state, ...(curves.length === 0 ? {} : { curves }) };
    });
  }

  /** What every live lane makes of examples, whichever they are. */
  async examine(split: Split): Promise<readonly ExaminedLane[]> {
    await this.#begin();
    const network = this.#network;
    if (network === null) return [];
    const found = await this.#examineIn(network, split);
    return this.#livePlaces().flatMap((place) => {
      const examination = found[place];
      return examination === undefined ? [] : [{ trial: this.#specAt(place).trial, examination }];
    });
  }

  /** Scores every live lane on the test split: to be asked for once, at the end. */
  async finalMetrics(): Promise<readonly LaneFinal[]> {
    await this.#begin();
    if (this.#network === null) return [];
    const { dataset } = this.#options;
    const found = await this.#examineIn(this.#network, dataset.test);
    const atCentres = dataset.centres === undefined
      ? []
      : await this.#examineIn(this.#network, dataset.centres);
    return this.#livePlaces().map((place): LaneFinal => {
      const { trial } = this.#specAt(place);
      const examination = found[place];
      if (examination === undefined || !Number.isFinite(examination.loss)) {
        return { kind: "diverged", trial };
      }
      return {
        kind: "metrics",
        trial,
        metrics: finalMetricsOf(dataset, { test: examination, centres: atCentres[place] }),
        confusion: confusionOf(dataset, dataset.test, examination),
        predictions: examination.predictions,
        confidences: examination.confidences,
        losses: examination.losses,
      };
    });
  }

  /** Frees all tensors. */
  [Symbol.dispose](): void {
    this.#network?.[Symbol.dispose]();
    this.#network = null;
    this.#lanes = [];
    this.#live.clear();
    this.#validation[Symbol.dispose]();
    this.#minibatches[Symbol.dispose]();
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

  #nextReport(): Epoch {
    const { epochs, reportEvery = 1, reportAt = [] } = this.#spec;
    const regular = (Math.floor(this.#epoch / reportEvery) + 1) * reportEvery;
    const extra = reportAt.find((at) => at > this.#epoch) ?? epochs;
    return epoch(Math.min(epochs, regular, extra));
  }

  /** The steps of an epoch, numbered from 1. */
  async #trainOn(next: Epoch, { isCounted }: { readonly isCounted: boolean }): Promise<void> {
    const network = this.#network;
    if (network === null) return;
    if (this.#minibatches.isWhole) {
      network.train(this.#minibatches.whole(), { isCounted });
      return await this.#pacer.breathe();
    }
    const { count } = this.#options.dataset.train;
    // Named by the epoch alone: every lane of every pack sees the same minibatches.
    const order = permutation(createRng(this.#spec.seed, "data", next), count);
    for (const minibatch of this.#minibatches.inOrder(order)) {
      network.train(minibatch, { isCounted });
      await this.#pacer.breathe();
    }
  }

  async #measure(): Promise<readonly LaneEpoch[]> {
    const network = this.#network;
    if (network === null) return [];
    const tallies = await network.takeTally();
    const scores = await this.#validation.evaluate(network);
    return this.#livePlaces().map((place) => ({
      trial: this.#specAt(place).trial,
      outcome: outcomeOf(this.#options.dataset, { tally: tallies[place], score: scores[place] }),
    }));
  }

  /** Builds the network anew without the lanes that are no longer trained, where that pays. */
  async #compact(): Promise<void> {
    const [network, places] = [this.#network, this.#livePlaces()];
    const { epochs } = this.#spec;
    const isWorth = isWorthCompacting({
      lanes: this.#lanes.length,
      live: places.length,
      stepsLeft: (epochs - this.#epoch) * this.#minibatches.count,
    });
    if (network === null || !isWorth) return;
    const states = await network.snapshot(places);
    network[Symbol.dispose]();
    this.#lanes = places.map((place) => this.#specAt(place));
    this.#network = this.#networkOf(states);
  }

  #networkOf(states: readonly LaneState[]): FusedNetwork {
    const { activation, optimizer, gradient, loss, batchSize } = this.#spec;
    const { dataset: { kind, train: { count } } } = this.#options;
    const lanes = states.map((state, place) => ({ rates: this.#specAt(place), state }));
    return new FusedNetwork(lanes, {
      activation,
      optimizer,
      gradient,
      loss: lossOf(kind, loss),
      kind,
      batchSize: Math.min(batchSize, count),
      isSameMinibatch: this.#minibatches.isWhole,
    });
  }

  #livePlaces(): number[] {
    return [...this.#lanes.keys()].filter((place) => this.#live.has(this.#specAt(place).trial));
  }

  #specAt(place: number | undefined): LaneSpec {
    const lane = this.#lanes[place ?? -1];
    if (lane === undefined) throw new RangeError(`Cannot find lane ${place} of a pack`);
    return lane;
  }

  async #examineIn(network: FusedNetwork, split: Split): Promise<readonly Examination[]> {
    if (split === this.#options.dataset.validation) return await this.#validation.examine(network);
    // Looked at once: nothing is gained by keeping it on the device.
    using evaluator = this.#evaluatorOf(split, { residentBytes: 0 });
    return await evaluator.examine(network);
  }

  async #takeCurves(): Promise<void> {
    const { grid } = this.#curves;
    if (grid === null || !this.#curves.isDue(this.#epoch)) return;
    for (const { trial, examination } of await this.examine(grid)) {
      this.#curves.take(trial, this.#epoch, examination);
    }
  }

  #evaluatorOf(split: Split, memory: Pick<EvaluatorOptions, "residentBytes">): Evaluator {
    const { dataset } = this.#options;
    const breathe = (): Promise<void> => this.#pacer.breathe();
    return new Evaluator({ dataset, split, breathe, ...memory });
  }
}

function outcomeOf(dataset: Dataset, { tally, score }: {
  readonly tally: LaneTally | undefined;
  readonly score: Evaluation | undefined;
}): LaneOutcome {
  const { count } = dataset.train;
  const train = {
    loss: (tally?.lossSum ?? NaN) / count,
    accuracy: (tally?.correct ?? NaN) / count,
  };
  if (score === undefined || !Number.isFinite(train.loss) || !Number.isFinite(score.loss)) {
    return { kind: "diverged" };
  }
  return { kind: "metrics", metrics: epochMetricsOf(dataset, { train, validation: score }) };
}
