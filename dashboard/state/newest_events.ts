/** The newest events of several sweeps together. */
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { AllEventsQuery, SweepEventRow } from "../client/events/all_events_model.ts";
import type { EventLog } from "./event_log.ts";
import { rowOf } from "./event_page.ts";

/** Events that are listed at most. */
export const MOST_EVENTS = 100;

/** A sweep whose events are looked through. */
export interface LoggedSweep {
  readonly id: string;
  readonly name: string;
  readonly ledger: SweepLedger;
  readonly log: Pick<EventLog, "events">;
}

/** At most {@link MOST_EVENTS} that the query is for, the newest first. */
export function newestEvents(
  sweeps: readonly LoggedSweep[],
  { kind, worker }: Pick<AllEventsQuery, "kind" | "worker">,
): readonly SweepEventRow[] {
  // The newest of all are among the newest of each: nobody has to look further back.
  const found = sweeps.flatMap((sweep) => {
    const { events } = sweep.log;
    const own: { readonly sweep: LoggedSweep; readonly number: number; readonly at: number }[] = [];
    for (let number = events.length - 1; number >= 0 && own.length < MOST_EVENTS; number--) {
      const logged = events[number];
      if (logged === undefined) break;
      if (kind !== null && logged.event.type !== kind) continue;
      if (worker !== null && logged.worker !== worker) continue;
      own.push({ sweep, number, at: logged.at });
    }
    return own;
  });
  return found.sort((a, b) => b.at - a.at || compare(a.sweep.id, b.sweep.id) || b.number - a.number)
    .slice(0, MOST_EVENTS)
    .flatMap(({ sweep: { id, name, ledger, log }, number }) => {
      const logged = log.events[number];
      return logged === undefined
        ? []
        : [{ ...rowOf(ledger, logged, number), sweep: id, sweepName: name }];
    });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
