/** What a pack is asked to train and what it says of it. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { Epoch, Milliseconds } from "../../core/domain/units.ts";
import type { GradientMode, OptimizerKind } from "../../core/domain/mlp_parameters.ts";
import type { Loss } from "../../core/domain/task_kind.ts";
import type { Activation } from "./activation.ts";
import type { PictureSnapshot } from "./picture_snapshots.ts";
import type { LaneState } from "./fused_network.ts";
import type { EpochMetrics, FinalMetrics } from "./metrics.ts";
import type { LaneRates } from "./optimizers/optimizer.ts";

/** A trial's place in a pack: what may differ between the trials of one pack. */
export interface LaneSpec extends LaneRates {
  /** Names the lane in reports and checkpoints. */
  readonly trial: TrialId;
  /** Names the initial weights; trials of equal replicate begin alike. */
  readonly replicate: number;
  /** Units in each hidden layer. */
  readonly hiddenWidth: number;
  /** Where the trial left off; null for one that begins. */
  readonly resume: LaneCheckpoint | null;
}

/** The trials of a pack and what they have in common. */
export interface PackSpec {
  /** The sweep's seed: it names the data order and the initial weights. */
  readonly seed: number;
  /**
   * Examples in a minibatch; the last one of an epoch may have fewer. As many as there are training
   * examples, or more: all of them.
   */
  readonly batchSize: number;
  /** The number of hidden layers, at least 1. */
  readonly depth: number;
  /** What stands between the layers. */
  readonly activation: Activation;
  /** The update rule. */
  readonly optimizer: OptimizerKind;
  /** Where gradients come from. */
  readonly gradient: GradientMode;
  /** What is made small; null: what fits the task. */
  readonly loss: Loss | null;
  /** How many epochs lie between reports; the last epoch is always reported. 1 when absent. */
  readonly reportEvery?: number;
  /** Further epochs after which there is a report, in order; none when absent. */
  readonly reportAt?: readonly Epoch[];
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

/** What is reported of an epoch, of all lanes that were live when it was trained. */
export interface PackEpoch {
  /** How many epochs the lanes have behind them now. */
  readonly epoch: Epoch;
  /** In the order of the spec. */
  readonly lanes: readonly LaneEpoch[];
  /** How many steps were taken since the last report, summed over the lanes. */
  readonly laneSteps: number;
  /** How long training and validation took since the last report. */
  readonly duration: Milliseconds;
}

/** Everything that going on with a lane needs, in any company. */
export interface LaneCheckpoint extends LaneState {
  /** Whose it is. */
  readonly trial: TrialId;
  /** How many epochs the trial has behind it. */
  readonly epoch: Epoch;
  /** What it had learned on the way; absent where nobody looks at curves or surfaces. */
  readonly curves?: readonly PictureSnapshot[];
}

/** How a lane did on the test split. `diverged`: its loss there is not finite. */
export type LaneFinal =
  | {
    readonly kind: "metrics";
    readonly trial: TrialId;
    readonly metrics: FinalMetrics;
    /** `confusion[actual][predicted]` counts test examples; null where there are no classes. */
    readonly confusion: readonly (readonly number[])[] | null;
    /** For each test example the class that was predicted, or the value. */
    readonly predictions: Float32Array;
    /** The probability of each predicted class; empty for regression. */
    readonly confidences: Float32Array;
    /** The cross-entropy of each test example in nats; empty for regression. */
    readonly losses: Float32Array;
  }
  | { readonly kind: "diverged"; readonly trial: TrialId };
