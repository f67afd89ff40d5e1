/** A sweep's line in the list. */
import { isOver } from "../../core/domain/sweep.ts";
import { objectivesOf } from "../../core/domain/sweep_spec.ts";
import type { Presence } from "../../core/protocol/presence.ts";
import type { SweepRow } from "../client/model.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { bestLine } from "./best_line.ts";
import { progress } from "./progress.ts";

/** The last row of each sweep, and all that it was made of. */
const made = new WeakMap<LiveSweep, { readonly key: string; readonly row: SweepRow }>();

/** The row of a live sweep: made once for each of its versions, whoever asks. */
export function sweepRow(live: LiveSweep, presences: readonly Presence[]): SweepRow {
  const { id } = live.view;
  const atWork = presences.filter(({ packs }) => packs.some(({ sweep }) => sweep === id)).length;
  const key = JSON.stringify([live.version, live.trouble, atWork]);
  const known = made.get(live);
  if (known?.key === key) return known.row;
  const row = rowOf(live, atWork);
  made.set(live, { key, row });
  return row;
}

function rowOf(live: LiveSweep, atWork: number): SweepRow {
  const { view } = live;
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
    workers: isOver(view.ledger.status) ? view.workers.length : atWork,
    dataset: view.ledger.dataset.name,
  };
}
