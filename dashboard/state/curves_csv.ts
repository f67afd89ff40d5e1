/** Curves as CSV: every point of some trials, or the lines of the Curves page. */
import type { TrialId } from "../../core/domain/ids.ts";
import { csvRecord } from "../../core/views/csv.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type { CurvesView } from "../client/curves/curves_model.ts";

/** All points, none left out, header first; a report that was not finite is NaN. */
export function* pointsCsv(
  view: SweepView,
  { metric, trials }: { readonly metric: string; readonly trials: readonly TrialId[] },
): Generator<string> {
  yield csvRecord(["trial", "configuration", "replicate", "epoch", metric]);
  for (const id of trials) {
    const { configuration, replicate } = view.ledger.trial(id);
    const curve = view.curve(id);
    const rows = [
      ...curve.samples(metric),
      ...curve.diverged.map(({ epoch }) => ({ epoch, value: NaN })),
    ].sort((a, b) => a.epoch - b.epoch);
    for (const { epoch, value } of rows) {
      yield csvRecord([id, configuration, replicate, epoch, value]);
    }
  }
}

/**
 * A picture's lines, header first. `n` says how many points (of a group: trials) a row stands for,
 * so that nothing is left out unseen.
 */
export function* linesCsv({ lines, metric, query }: CurvesView): Generator<string> {
  yield csvRecord(["line", "trial", query.x, "n", metric, "low", "high", "not smoothed"]);
  for (const { label, trial, x, n, y, low, high, raw, marks } of lines) {
    for (const [index, at] of x.entries()) {
      if (n[index] === 0) continue;
      const of = (column: readonly number[] | null): number | null => column?.[index] ?? null;
      yield csvRecord([label, trial, at, n[index], y[index], of(low), of(high), of(raw)]);
    }
    for (const mark of marks) yield csvRecord([label, trial, mark.x, mark.n, NaN]);
  }
}
