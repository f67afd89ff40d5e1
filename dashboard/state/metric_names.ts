/** Which metrics the trials of a sweep have, counted trial by trial as its journal grows. */
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";

const known = new WeakMap<SweepView, MetricCounts>();

/** The metrics that trials have reported, sorted. */
export function metricNames(view: SweepView): readonly string[] {
  let counts = known.get(view);
  if (counts === undefined) known.set(view, counts = new MetricCounts());
  return counts.namesOf(view);
}

/** Records of trials are replaced, never changed: only what is another object is counted again. */
class MetricCounts {
  #sequence = 0;
  readonly #seen: Trial[] = [];
  readonly #counts = new Map<string, number>();
  #names: readonly string[] = [];

  namesOf({ sequence, ledger: { trials } }: SweepView): readonly string[] {
    if (sequence === this.#sequence) return this.#names;
    this.#sequence = sequence;
    for (const [id, trial] of trials.entries()) {
      const before = this.#seen[id];
      if (before === trial) continue;
      this.#seen[id] = trial;
      if (before?.metrics === trial.metrics) continue;
      this.#count(before, -1);
      this.#count(trial, 1);
    }
    return this.#names = [...this.#counts.keys()].sort();
  }

  #count(trial: Trial | undefined, by: 1 | -1): void {
    for (const name in trial?.metrics) {
      const count = (this.#counts.get(name) ?? 0) + by;
      if (count === 0) this.#counts.delete(name);
      else this.#counts.set(name, count);
    }
  }
}
