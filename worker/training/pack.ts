/** What a pack is asked to train and what it says of it. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { Epoch, Milliseconds } from "../../core/domain/units.ts";
import type { Activation } from "./activation.ts";
import type { HostLayer } from "./layer.ts";
import type { EpochMetrics, FinalMetrics } from "./metrics.ts";

/** A trial's place in a pack: what may differ between the trials of one pack. */
export interface LaneSpec {
  /** Names the lane in reports and checkpoints. */
  readonly trial: TrialId;
  /** Names the initial weights; trials of equal replicate begin alike. */
  readonly replicate: number;
  /** The learning rate. */
  readonly lr: number;
  /** Units in each hidden layer. */
  readonly hiddenWidth: number;
  /** Where the trial left off; null for one that begins. */
  readonly resume: LaneCheckpoint | null;
}

/** The trials of a pack and what they have in common. */
export interface PackSpec {
  /** The sweep's seed: it names the data order and the initial weights. */
  readonly seed: number;
  /** Examples in a minibatch; the last one of an epoch may have fewer. */
  readonly batchSize: number;
  /** The number of hidden layers, at least 1. */
  readonly depth: number;
  /** What stands between the layers. */
  readonly activation: Activation;
  /** How many epochs a whole trial has. */
  readonly epochs: Epoch;
  /** How many epochs all lanes have behind them: 0, or that of their checkpoints. */
  readonly startEpoch: Epoch;
  /** At least one, no trial twice. */
  readonly lanes: readonly LaneSpec[];
}

/** How an epoch went for a lane. After `diverged` the lane is trained no more. */
export type LaneOutcome =
  | { readonly kind: "metrics"; readonly metrics: EpochMetrics }
  | { readonly kind: "diverged" };

/** One lane's part of an epoch. */
export interface LaneEpoch {
  /** Whose it is. */
  readonly trial: TrialId;
  /** How it went. */
  readonly outcome: LaneOutcome;
}

/** An epoch of all lanes that were live when it began, in the order of the spec. */
export interface PackEpoch {
  /** How many epochs the lanes have behind them now. */
  readonly epoch: Epoch;
  /** In the order of the spec. */
  readonly lanes: readonly LaneEpoch[];
  /** How many steps were taken, summed over the lanes. */
  readonly laneSteps: number;
  /** How long training and validation took. */
  readonly duration: Milliseconds;
}

/** Everything that going on with a lane needs, in any company; SGD has no other state. */
export interface LaneCheckpoint {
  /** Whose it is. */
  readonly trial: TrialId;
  /** How many epochs the trial has behind it. */
  readonly epoch: Epoch;
  /** Optimizer steps since the trial began. */
  readonly step: number;
  /** The network, input side first. */
  readonly layers: readonly HostLayer[];
}

/** How a lane did on the test split. `diverged`: its loss there is not finite. */
export type LaneFinal =
  | {
    readonly kind: "metrics";
    readonly trial: TrialId;
    readonly metrics: FinalMetrics;
    /** `confusion[actual][predicted]` counts test examples. */
    readonly confusion: readonly (readonly number[])[];
  }
  | { readonly kind: "diverged"; readonly trial: TrialId };
