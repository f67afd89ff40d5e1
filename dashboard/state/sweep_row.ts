/** A sweep's line in the list. */
import { isOver } from "../../core/domain/sweep.ts";
import { objectivesOf } from "../../core/domain/sweep_spec.ts";
import type { Presence } from "../../core/protocol/presence.ts";
import type { SweepRow } from "../client/model.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { bestLine } from "./best_line.ts";
import { progress } from "./progress.ts";

/** The row of a live sweep. */
export function sweepRow(live: LiveSweep, presences: readonly Presence[]): SweepRow {
  const { view } = live;
  const atWork = presences.filter(({ packs }) => packs.some(({ sweep }) => sweep === view.id));
  return {
    kind: "readable",
    sweep: view.id,
    name: view.ledger.spec.name,
    createdAt: view.createdAt,
    progress: progress(live),
    metric: view.ledger.spec.metric.name,
    objectives: objectivesOf(view.ledger.spec).length,
    best: live.ranking[0]?.estimate ?? null,
    spark: bestLine(live),
    workers: isOver(view.ledger.status) ? view.workers.length : atWork.length,
    dataset: view.ledger.dataset.name,
  };
}
