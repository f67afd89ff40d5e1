/** A trial's learning curves: metric values by epoch, gaps and repeats included. */
import type { Metrics } from "../domain/sweep_event.ts";
import type { Epoch } from "../domain/units.ts";

/** One point of a trial's curves. */
export interface CurvePoint {
  readonly epoch: Epoch;
  readonly metrics: Metrics;
}

/** A trial's points in the order of their epochs. */
export class Curve {
  readonly #points: CurvePoint[] = [];

  get points(): readonly CurvePoint[] {
    return this.#points;
  }

  /** Adds a point; a later attempt's point replaces an earlier one's of the same epoch. */
  add(point: CurvePoint): void {
    const last = this.#points.at(-1);
    if (last === undefined || last.epoch < point.epoch) {
      this.#points.push(point);
      return;
    }
    // A new attempt repeats the epochs since the checkpoint: it is near the end of the list.
    let index = this.#points.length - 1;
    while (index >= 0 && (this.#points[index]?.epoch ?? 0) > point.epoch) index--;
    if (this.#points[index]?.epoch === point.epoch) this.#points[index] = point;
    else this.#points.splice(index + 1, 0, point);
  }
}
