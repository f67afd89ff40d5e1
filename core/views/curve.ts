/** A trial's learning curves: metric values by epoch, gaps and repeats included. */
import type { TrialId } from "../domain/ids.ts";
import type { Metrics } from "../domain/sweep_event.ts";
import type { Epoch, Instant } from "../domain/units.ts";
import {
  type CurvePoint,
  CurvePoints,
  type CurveSample,
  type ReportedPoint,
} from "./curve_points.ts";

export type { CurvePoint, CurveSample, ReportedPoint };

/** A report without numbers: the loss was not finite. */
export interface DivergedReport {
  readonly epoch: Epoch;
  readonly at: Instant;
}

const NONE: readonly DivergedReport[] = [];

/** A trial's curves at present, to be read. */
export class Curve {
  readonly #trial: TrialId;
  readonly #points: CurvePoints;
  readonly #diverged: ReadonlyMap<TrialId, readonly DivergedReport[]>;

  /** @param options What is known of all trials. */
  constructor(trial: TrialId, { points, diverged }: {
    readonly points: CurvePoints;
    readonly diverged: ReadonlyMap<TrialId, readonly DivergedReport[]>;
  }) {
    this.#trial = trial;
    this.#points = points;
    this.#diverged = diverged;
  }

  /** How many points there are. */
  get length(): number {
    return this.#points.length(this.#trial);
  }
  /** The points in the order of their epochs: made anew each time, so ask once. */
  get points(): readonly CurvePoint[] {
    return this.#points.points(this.#trial);
  }
  /** When each point was reported, in the order of the points. */
  get times(): readonly Instant[] {
    return this.#points.times(this.#trial);
  }
  /** Epochs that ended without finite numbers, ascending: at most one of an attempt. */
  get diverged(): readonly DivergedReport[] {
    return this.#diverged.get(this.#trial) ?? NONE;
  }
  /** The metrics of the last epoch; null before the first report. */
  get lastMetrics(): Metrics | null {
    return this.#points.lastMetrics(this.#trial);
  }
  /** The names of all metrics that some point has. */
  get metricNames(): ReadonlySet<string> {
    return this.#points.metricNames(this.#trial);
  }
  /** The points that have a metric. */
  samples(metric: string): readonly CurveSample[] {
    return this.#points.samples(this.#trial, metric);
  }
}

/** The curves of a sweep's trials. */
export class Curves {
  readonly #points = new CurvePoints();
  readonly #diverged = new Map<TrialId, readonly DivergedReport[]>();

  /** The curves of a trial; without points before its first report. */
  of(trial: TrialId): Curve {
    return new Curve(trial, { points: this.#points, diverged: this.#diverged });
  }

  /** Adds a point; a later attempt's point replaces an earlier one's of the same epoch. */
  add(trial: TrialId, point: ReportedPoint): void {
    if (this.#diverged.size > 0) this.#forgetDiverged(trial, point.epoch);
    this.#points.add(trial, point);
  }

  /** Adds a report that had no finite numbers. */
  addDiverged(trial: TrialId, report: DivergedReport): void {
    this.#forgetDiverged(trial, report.epoch);
    const reports = [...this.#diverged.get(trial) ?? NONE, report];
    this.#diverged.set(trial, reports.sort((a, b) => a.epoch - b.epoch));
  }

  #forgetDiverged(trial: TrialId, epoch: Epoch): void {
    const known = this.#diverged.get(trial);
    if (known === undefined) return;
    const kept = known.filter((report) => report.epoch !== epoch);
    if (kept.length === 0) this.#diverged.delete(trial);
    else this.#diverged.set(trial, kept);
  }
}
