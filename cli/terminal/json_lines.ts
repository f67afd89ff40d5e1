/**
 * The objects of `--json`, one a line: `sweep` first, `trial` for each that ends, `detached` for
 * those that changed their pack, `connection` for each change of the link to NATS, `summary` last.
 */
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import type { DatasetSummary, JournalEntry } from "../../core/domain/sweep_event.ts";
import type { PackId, SweepId, TrialId } from "../../core/domain/ids.ts";
import type { RacingPolicy } from "../../core/domain/race.ts";
import type { SamplerMethod } from "../../core/domain/sweep_spec.ts";
import { isTerminal } from "../../core/domain/trial.ts";
import type { LinkChange } from "../link_monitor.ts";
import { sweepSummary } from "../../core/views/sweep_summary.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { type TrialRecord, trialRecord } from "../../core/views/trial_record.ts";

/** The first line: what is about to run, and where it can be watched. */
export interface SweepLine {
  readonly type: "sweep";
  readonly sweep: SweepId;
  readonly name: string;
  readonly seed: number;
  readonly method: SamplerMethod;
  readonly metric: ObjectiveMetric;
  /** Of each configuration; at first, where there is a race. */
  readonly replicates: number;
  /** Null without a race. */
  readonly racing: RacingPolicy | null;
  readonly dataset: DatasetSummary;
  /** The page's address, where one is served. */
  readonly dashboard: string | null;
}

/** A trial that is over. */
export type TrialLine = { readonly type: "trial" } & TrialRecord;

/** Trials that left their pack for an idle slot. */
export interface DetachedLine {
  readonly type: "detached";
  readonly sweep: SweepId;
  readonly trials: readonly TrialId[];
  /** The pack that they left, and those that they are in. */
  readonly from: PackId;
  readonly into: readonly PackId[];
  /** Where they go on from. */
  readonly epoch: number;
}

/** The first line. */
export function sweepLine(
  view: SweepView,
  { dashboardUrl }: { readonly dashboardUrl: string | null },
): string {
  const { spec, dataset } = view.ledger;
  return jsonLine<SweepLine>({
    type: "sweep",
    sweep: view.id,
    name: spec.name,
    seed: spec.seed,
    method: spec.method,
    metric: spec.metric,
    replicates: spec.replicates,
    racing: spec.racing ?? null,
    dataset,
    dashboard: dashboardUrl,
  });
}

/** A line for each trial that ended, or left its pack, with an entry that was just folded in. */
export function trialLines(view: SweepView, entry: JournalEntry): readonly string[] {
  return entry.events.flatMap((event) => {
    if (event.type === "lanesDetached") {
      const { trials, pack: from, epoch } = event;
      const into = event.into.map(({ pack }) => pack);
      const line = { type: "detached", sweep: view.id, trials, from, into, epoch } as const;
      return [jsonLine<DetachedLine>(line)];
    }
    const isEnd = event.type === "trialCompleted" || event.type === "trialFailed" ||
      event.type === "trialCancelled";
    if (!isEnd) return [];
    const trial = view.ledger.trial(event.trial);
    if (!isTerminal(trial.state.status)) return [];
    return [jsonLine<TrialLine>({ type: "trial", ...trialRecord(view.ledger, trial) })];
  });
}

/** A change of the connection to NATS. */
export interface ConnectionLine extends Pick<LinkChange, "state" | "seconds" | "message"> {
  readonly type: "connection";
}

/** A line for a connection that was lost or has come back, or a server that takes no writes. */
export function connectionLine({ state, seconds, message }: LinkChange): string {
  return jsonLine<ConnectionLine>({ type: "connection", state, seconds, message });
}

/** The last line. */
export function summaryLine(view: SweepView): string {
  return JSON.stringify(sweepSummary(view));
}

function jsonLine<Value>(value: Value): string {
  return JSON.stringify(value);
}
