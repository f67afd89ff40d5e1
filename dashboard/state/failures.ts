/** The trials that have failed, with their reasons. */
import { variedParameters } from "../../core/domain/search_space.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { formatValue } from "../client/parts/format.ts";
import type { FailureRow, Failures } from "../client/model.ts";

/** Failures that are listed; the rest is counted. */
const SHOWN = 20;

/** The first failed trials by their number. */
export function failures({ ledger }: SweepView): Failures {
  const total = ledger.counts.failed;
  const rows: FailureRow[] = [];
  if (total === 0) return { rows, total };
  const varied = variedParameters(ledger.spec.parameters);
  for (const { id, state, hyperparameters, attempts } of ledger.trials) {
    if (state.status !== "failed") continue;
    const label = varied
      .map(({ name }) => `${name} ${formatValue(hyperparameters[name] ?? "–")}`).join(", ");
    rows.push({ trial: id, label, attempts, ...state.reason });
    if (rows.length === SHOWN) break;
  }
  return { rows, total };
}
