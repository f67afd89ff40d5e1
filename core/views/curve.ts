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

/** A trial's curves at present, to be read. */
export interface Curve {
  /** How many points there are. */
  readonly length: number;
  /** The points in the order of their epochs: made anew each time, so ask once. */
  readonly points: readonly CurvePoint[];
  /** When each point was reported, in the order of the points. */
  readonly times: readonly Instant[];
  /** Epochs that ended without finite numbers, ascending: at most one of an attempt. */
  readonly diverged: readonly DivergedReport[];
  /** The metrics of the last epoch; null before the first report. */
  readonly lastMetrics: Metrics | null;
  /** The names of all metrics that some point has. */
  readonly metricNames: ReadonlySet<string>;
  /** The points that have a metric. */
  readonly samples: (metric: string) => readonly CurveSample[];
}

const NONE: readonly DivergedReport[] = [];

/** The curves of a sweep's trials. */
export class Curves {
  readonly #points = new CurvePoints();
  readonly #diverged = new Map<TrialId, readonly DivergedReport[]>();

  /** The curves of a trial; without points before its first report. */
  of(trial: TrialId): Curve {
    const points = this.#points;
    const diverged = this.#diverged;
    return {
      get length() {
        return points.length(trial);
      },
      get points() {
        return points.points(trial);
      },
      get times() {
        return points.times(trial);
      },
      get diverged() {
        return diverged.get(trial) ?? NONE;
      },
      get lastMetrics() {
        return points.lastMetrics(trial);
      },
      get metricNames() {
        return points.metricNames(trial);
      },
      samples: (metric) => points.samples(trial, metric),
    };
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
