/** What the server tells the page: plain JSON, the same in HTML, in the API and in live events. */
import type { SweepStatus } from "../../core/domain/sweep.ts";
import type { TrialStatus } from "../../core/domain/trial.ts";

/** Two ends, lower first. */
export type Range = readonly [lower: number, upper: number];

/** One value of a trial's configuration, as text. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** What a sweep is asked to do: only an extension changes it. */
export interface SweepFacts {
  readonly sweep: string;
  readonly name: string;
  readonly description: string | null;
  readonly metric: string;
  /** What the test set is scored by. */
  /** Null: there is none. */
  readonly testMetric: string | null;
  readonly goal: "maximize" | "minimize";
  /** What else is optimised, by name. */
  readonly otherObjectives: readonly string[];
  readonly createdAt: number;
  /** Names of the parameters that differ between configurations. */
  readonly varied: readonly string[];
  /** The search space, in words. */
  readonly parameters: readonly Setting[];
  /** Data, method, seed and the like, in words. */
  readonly details: readonly Setting[];
}

/** A sweep's status; a running one that nobody coordinates is interrupted. */
export type ShownStatus = SweepStatus | "interrupted";

/** How far a sweep is. */
export interface Progress {
  readonly status: ShownStatus;
  readonly counts: Readonly<Record<TrialStatus, number>> & { readonly asked: number };
  /** The time of the last journal entry. */
  readonly updatedAt: number;
  readonly endedAt: number | null;
  /** The time in which nobody worked on it, as far as it is over. */
  readonly idleMs: number;
  /** From the epochs of the last minute; null where nothing can be said. */
  readonly etaMs: number | null;
  readonly epochsTrained: number;
  /** Null also where nobody knows what a step is. */
  readonly laneStepsPerSecond: number | null;
  readonly epochsPerMinute: number | null;
  /** Why the journal cannot be followed at present; null: it can. */
  readonly trouble: string | null;
  /** The last that somebody asked for, with who; null: nothing since the start. */
  readonly deed: { readonly text: string; readonly at: number } | null;
}

/** A mean over replicates with its uncertainty. */
export interface Score {
  readonly mean: number;
  readonly sd: number | null;
  readonly n: number;
  readonly ci95: Range | null;
  readonly estimator: "t" | "wilson" | "none";
}

/** One configuration's place. */
export interface LeaderRow {
  readonly rank: number;
  /** Cannot be told from the best, where anything was compared and nobody has won. */
  readonly isTied: boolean;
  readonly configuration: number;
  readonly trial: number;
  /** Values of the varied parameters, in the order of `SweepFacts.varied`. */
  readonly values: readonly string[];
  /** Null: diverged. */
  readonly score: Score | null;
  readonly completed: number;
  readonly asked: number;
  readonly test: number | null;
  /** Means of `SweepFacts.otherObjectives`; null: diverged, or never reported. */
  readonly others: readonly (number | null)[];
  readonly epochs: number;
}

/** The first rows of the ranking. */
export interface Leaderboard {
  readonly rows: readonly LeaderRow[];
  readonly total: number;
  /** How many besides the first cannot be told from it. */
  readonly tied: number;
  /** What the ranking allows to be said, a sentence each. */
  readonly conclusion: readonly string[];
}

/** The best configuration in full. */
export interface BestConfiguration {
  readonly row: LeaderRow;
  readonly settings: readonly Setting[];
  readonly test: Score | null;
  /** Runs this one configuration again; `FILE` stands for the sweep file. */
  readonly command: string;
  /** The hyperparameters as JSON. */
  readonly json: string;
  /** Predicts with the best trial's model; null: none is kept, or it is a module's. */
  readonly predict: string | null;
  /** Where the model is fetched from. */
  readonly model: string | null;
}

/** A trial that has failed. */
export interface FailureRow {
  readonly trial: number;
  /** The values of the varied parameters. */
  readonly label: string;
  readonly attempts: number;
  readonly kind: string;
  readonly message: string;
}

/** The first failed trials, out of all. */
export interface Failures {
  readonly rows: readonly FailureRow[];
  readonly total: number;
}

/** A worker, as it presents itself or as the journal remembers it. */
export interface WorkerRow {
  readonly worker: string;
  readonly state: "training" | "idle" | "draining" | "quarantined" | "gone";
  readonly host: string | null;
  readonly backend: string;
  /** Why this backend. */
  readonly reason: string | null;
  readonly refused: readonly Setting[];
  /** Sweeps that give it no more packs, this one first, and why. */
  readonly quarantined: readonly Setting[];
  /** Packs of this sweep that it holds, and the lanes in them. */
  readonly packs: number;
  readonly lanes: number;
  /** Packs of this sweep that it ever leased. */
  readonly packsLeased: number;
  readonly laneStepsPerSecond: number | null;
  readonly lastSeenAt: number;
}

/** A trial whose curve is drawn. */
export interface CurveRef {
  readonly trial: number;
  /** Its place in the ranking; null: it has none yet. */
  readonly rank: number | null;
  /** Whether it waits at a rung for the next; absent: no. */
  readonly isPaused?: true;
  readonly label: string;
}

/** Which curves are drawn, and out of how many. */
export interface CurveSelection {
  readonly curves: readonly CurveRef[];
  /** Ranked configurations and running trials that the filter lets through. */
  readonly ranked: number;
  readonly running: number;
  /** Trials that wait at a rung, of those that the filter lets through. */
  readonly paused: number;
  /** Ranked configurations and running trials in all; null: nothing is filtered. */
  readonly unfiltered: { readonly ranked: number; readonly running: number } | null;
  readonly metrics: readonly string[];
}

/** All that changes while a sweep runs. */
export interface LiveState {
  readonly progress: Progress;
  readonly best: BestConfiguration | null;
  readonly leaderboard: Leaderboard;
  readonly failures: Failures;
  readonly workers: readonly WorkerRow[];
  readonly selection: CurveSelection;
}

/** A sweep at one place of its journal. */
export interface OverviewSnapshot {
  /** The id of the last live event that this includes. */
  readonly asOf: string;
  /** The server's clock. */
  readonly now: number;
  readonly facts: SweepFacts;
  readonly live: LiveState;
}

/** Two objectives that are drawn against each other; null: the first ones. */
export interface PlaneFields {
  readonly x: string | null;
  readonly y: string | null;
}

/** What every page of a sweep is told about the sweep itself. */
export interface SweepSnapshot {
  /** The id of the last live event that this includes. */
  readonly asOf: string;
  /** The server's clock. */
  readonly now: number;
  readonly facts: SweepFacts;
  readonly progress: Progress;
}

/** One curve of one metric: epochs ascend. */
export interface CurveSeries {
  readonly trial: number;
  /** Points that were reported; where these are more, the lowest, highest and last are here. */
  readonly reported: number;
  readonly points: readonly (readonly [epoch: number, value: number])[];
}

/** The answer to a question for curves. */
export interface CurvesAnswer {
  readonly asOf: string;
  readonly metric: string;
  readonly series: readonly CurveSeries[];
}

/** A new point of a trial. */
export interface CurveUpdate {
  readonly trial: number;
  readonly epoch: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** The body of a `state` event: the sections that changed, all of them in a connection's first. */
export type StateUpdate =
  & Partial<LiveState & Pick<OverviewSnapshot, "facts">>
  & { readonly asOf: string; readonly now: number };

/** The body of a `metrics` event. */
export interface MetricsUpdate {
  readonly asOf: string;
  readonly points: readonly CurveUpdate[];
}

/** How the best so far got on, drawn by the server: from the first result to the last. */
export interface Spark {
  readonly path: string;
  readonly first: number;
  readonly improvements: number;
}

/** One line of the sweep list. */
export type SweepRow =
  | {
    readonly kind: "readable";
    readonly sweep: string;
    readonly name: string;
    readonly createdAt: number;
    readonly progress: Progress;
    readonly metric: string;
    /** How many there are: the metric is the first. */
    readonly objectives: number;
    readonly best: Score | null;
    readonly spark: Spark | null;
    /** At work on it now; of a sweep that is over, those that took part. */
    readonly workers: number;
    readonly dataset: string;
  }
  | { readonly kind: "unreadable"; readonly sweep: string; readonly message: string };

/** The sweep list. */
export interface SweepsSnapshot {
  readonly now: number;
  readonly sweeps: readonly SweepRow[];
  /** Which of all sweeps the first row is, from 1; 0: there is none. */
  readonly first: number;
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** Where workers join; null: nobody told. */
  readonly address: string | null;
}
