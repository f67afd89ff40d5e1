/** What every page of a sweep is told about the sweep itself. */
import type { SweepSnapshot } from "../client/model.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { asOf } from "./overview_snapshot.ts";
import { progress } from "./progress.ts";
import { sweepFacts } from "./sweep_facts.ts";

/** The sweep at the journal's present end; `now` is the server's clock. */
export function sweepSnapshot(live: LiveSweep, { now }: { readonly now: number }): SweepSnapshot {
  return { asOf: asOf(live), now, facts: sweepFacts(live.view), progress: progress(live) };
}

/** What the script of a page that the server draws needs of its snapshot. */
export function withoutPage({ asOf, now, facts, progress }: SweepSnapshot): SweepSnapshot {
  return { asOf, now, facts, progress };
}
