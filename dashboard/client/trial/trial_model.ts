/** What the server tells a trial's page. */
import type { LogLevel } from "../../../core/domain/attempt_log.ts";
import type { ClassificationReport } from "../../../core/domain/classification_report.ts";
import type { CurveRef, CurveSeries, Setting, SweepSnapshot } from "../model.ts";
import type { ClassPair, TrialQuery } from "./trial_query.ts";
import type { TrialRow } from "../trials/trials_model.ts";

/** A setting as it is shown, and with all its digits. */
export interface ExactSetting extends Setting {
  readonly exact: string;
}

/** One thing that happened to the trial. */
export interface TimelineStep {
  readonly at: number;
  /** How it is marked. */
  readonly kind: "neutral" | "work" | "good" | "bad";
  readonly title: string;
  readonly detail: string | null;
}

/** The end of what was written down about a trial. */
export interface TrialLog {
  readonly lines: readonly {
    readonly number: number;
    readonly at: number;
    readonly kind: string;
    readonly text: string;
  }[];
  readonly total: number;
}

/** The end of what workers wrote down about a trial. */
export interface WorkerLog {
  /** Oldest first. */
  readonly lines: readonly {
    readonly at: number;
    readonly level: LogLevel;
    readonly text: string;
    /** The attempt that this line and those after it are of; null: that of the line before. */
    readonly attempt: string | null;
  }[];
  /** How many lines there were. */
  readonly total: number;
  /** Attempts that have left no lines. */
  readonly silent: number;
  /** Earlier attempts whose lines are not shown. */
  readonly unread: number;
  /** Whether more may come. */
  readonly isOpen: boolean;
}

/** The curves of the trial and of its configuration's other trials. */
export interface TrialCurves {
  readonly metric: string;
  readonly metrics: readonly string[];
  /** The trial itself first. */
  readonly curves: readonly CurveRef[];
  readonly series: readonly CurveSeries[];
  /** Other replicates, drawn or not. */
  readonly others: number;
}

/** The score of one split. */
export interface SplitView {
  readonly split: string;
  readonly splits: readonly string[];
  readonly report: ClassificationReport;
}

/** A mistake as it is shown. */
export interface MistakeView {
  readonly index: number;
  readonly actual: string;
  readonly predicted: string;
  /** The same by their numbers. */
  readonly pair: ClassPair;
  readonly confidence: number;
  /** Its cross-entropy in nats; null: the result is of a version that did not keep it. */
  readonly loss: number | null;
  /** Its cross-entropy in nats is no less; null: it was taken for certain. */
  readonly leastLoss: number | null;
  /** Where its picture is; null: it has none. */
  readonly image: { readonly path: string; readonly width: number; readonly height: number } | null;
}

/** A place on an axis and what is written there. */
export interface AxisTick {
  readonly at: number;
  readonly text: string;
}

/** A drawing's frame, in its own units. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: readonly AxisTick[];
  readonly y: readonly AxisTick[];
}

/** What a network of one or two inputs has learned, laid out. */
export type PictureView =
  | {
    readonly kind: "surface";
    readonly frame: Frame;
    /** The regions above 10 %, 20 %, … as SVG paths. */
    readonly bands: readonly string[];
    /** Where both classes are equally likely. */
    readonly boundary: string;
    readonly points: readonly {
      readonly x: number;
      readonly y: number;
      readonly label: 0 | 1;
    }[];
    readonly classes: readonly [string, string];
    /** The epochs of which there is a surface, the result's last; empty where nobody kept them. */
    readonly epochs: readonly number[];
    /** The epoch of this one; null: the result, and nobody kept after which epoch. */
    readonly epoch: number | null;
  }
  | {
    readonly kind: "fit";
    readonly frame: Frame;
    /** Points of SVG polylines. */
    readonly truth: string | null;
    readonly snapshots: readonly { readonly epoch: number; readonly points: string }[];
    readonly dots: readonly { readonly x: number; readonly y: number }[];
  };

/** What the trial has left in the artifact store. */
export type ResultView =
  | { readonly kind: "none"; readonly message: string }
  | {
    readonly kind: "stored";
    /** Null for regression. */
    readonly split: SplitView | null;
    /** Those that are kept: the most confident ones of the test examples. */
    readonly mistakes: readonly MistakeView[];
    /** All mistakes among the test examples, `confusion[actual][predicted]`; null for regression. */
    readonly mistaken: readonly (readonly number[])[] | null;
    readonly picture: PictureView | null;
  };

/** A trial's page at one place of the journal. */
export interface TrialSnapshot extends SweepSnapshot {
  readonly query: TrialQuery;
  readonly row: TrialRow;
  readonly backend: string | null;
  readonly settings: readonly ExactSetting[];
  readonly metrics: readonly Setting[];
  readonly timeline: readonly TimelineStep[];
  /** Why it was proposed and how the scheduler judged it, a line each. */
  readonly why: readonly Setting[];
  readonly failure: { readonly kind: string; readonly message: string } | null;
  /** What the journal has about it and its pack: the last lines, oldest first, and how many in all. */
  readonly log: TrialLog;
  readonly workerLog: WorkerLog;
  /** The other trials of its pack, the first of them, and how many there are. */
  readonly packMates: readonly number[];
  /** The other replicates. */
  readonly replicates: readonly number[];
  readonly previous: number | null;
  readonly next: number | null;
  readonly curves: TrialCurves;
  readonly result: ResultView;
  /** Whether its model can be had. */
  readonly hasModel: boolean;
}
