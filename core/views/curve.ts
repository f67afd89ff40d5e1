/** A trial's learning curves: metric values by epoch, gaps and repeats included. */
import type { Metrics } from "../domain/sweep_event.ts";
import type { Epoch, Instant } from "../domain/units.ts";

/** One point of a trial's curves. */
export interface CurvePoint {
  readonly epoch: Epoch;
  readonly metrics: Metrics;
}

/** A report without numbers: the loss was not finite. */
export interface DivergedReport {
  readonly epoch: Epoch;
  readonly at: Instant;
}

/** A trial's points in the order of their epochs. */
export class Curve {
  readonly #points: CurvePoint[] = [];
  // Beside the points, not in them: two runs have equal points, but never equal times.
  readonly #times: Instant[] = [];
  #diverged: readonly DivergedReport[] = [];

  get points(): readonly CurvePoint[] {
    return this.#points;
  }
  /** When each point was reported, in the order of the points. */
  get times(): readonly Instant[] {
    return this.#times;
  }
  /** Epochs that ended without finite numbers, ascending: at most one of an attempt. */
  get diverged(): readonly DivergedReport[] {
    return this.#diverged;
  }

  /** Adds a point; a later attempt's point replaces an earlier one's of the same epoch. */
  add(point: CurvePoint, at: Instant): void {
    if (this.#diverged.length > 0) this.#forgetDiverged(point.epoch);
    const last = this.#points.at(-1);
    if (last === undefined || last.epoch < point.epoch) {
      this.#points.push(point);
      this.#times.push(at);
      return;
    }
    // A new attempt repeats the epochs since the checkpoint: it is near the end of the list.
    let index = this.#points.length - 1;
    while (index >= 0 && (this.#points[index]?.epoch ?? 0) > point.epoch) index--;
    const isRepeated = this.#points[index]?.epoch === point.epoch;
    const place = isRepeated ? index : index + 1;
    this.#points.splice(place, isRepeated ? 1 : 0, point);
    this.#times.splice(place, isRepeated ? 1 : 0, at);
  }

  /** Adds a report that had no finite numbers. */
  addDiverged(report: DivergedReport): void {
    this.#forgetDiverged(report.epoch);
    this.#diverged = [...this.#diverged, report].sort((a, b) => a.epoch - b.epoch);
  }

  #forgetDiverged(epoch: Epoch): void {
    this.#diverged = this.#diverged.filter((report) => report.epoch !== epoch);
  }
}
