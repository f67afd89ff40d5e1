/** A sweep's line in the list. */
import type { SweepRow } from "../client/model.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { progress } from "./progress.ts";

/** The row of a live sweep. */
export function sweepRow(live: LiveSweep): SweepRow {
  const { view } = live;
  return {
    kind: "readable",
    sweep: view.id,
    name: view.ledger.spec.name,
    createdAt: view.createdAt,
    progress: progress(live),
    metric: view.ledger.spec.metric.name,
    best: live.ranking[0]?.estimate ?? null,
    dataset: view.ledger.dataset.name,
  };
}
