/** The answer to finished epochs: each is journalled once, and every lane gets a decision. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { LaneReport, RungValue, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { type Epoch, epoch as toEpoch } from "../../core/domain/units.ts";
import type { ApiReplies, ApiRequests, LaneDecision } from "../../core/protocol/messages.ts";
import type { Part } from "../packing/split_tail.ts";
import { objectivesAt } from "../scheduling/rung_values.ts";
import type { Decision } from "./decision.ts";
import { withoutObjective } from "./failed_trial.ts";
import { isRunningIn, runningLanes } from "./running_lanes.ts";
import { NO_JUDGE, type TrialJudge } from "./trial_judge.ts";

/** What a report is judged by. */
export interface ReportContext {
  readonly report: ApiRequests["report"];
  /** The lanes that an idle slot should take over, in parts. */
  readonly leaving: readonly Part[];
  /** What judges lanes at rungs; absent: nobody does. */
  readonly judge?: TrialJudge;
}

/**
 * Journals the epochs that are new. An epoch that a lane has told already (a repeated request) is
 * passed over, so a report counts once however often it arrives. Lanes that reach a rung are judged
 * there.
 */
export function decideReport(
  ledger: SweepLedger,
  pack: Pack,
  { report, leaving, judge = NO_JUDGE }: ReportContext,
): Decision<ApiReplies["report"]> {
  const partOf = new Map(leaving.flatMap((part, i) => part.map((trial) => [trial, i] as const)));
  const { events, ended } = freshEpochs(ledger, pack, { report, judge });
  return {
    events,
    reply: {
      type: "decided",
      decisions: pack.trials.map((trial): LaneDecision => {
        if (ended.has(trial) || !isRunningIn(ledger, pack, trial)) {
          return { trial, decision: "stop" };
        }
        const part = partOf.get(trial);
        return part === undefined
          ? { trial, decision: "continue" }
          : { trial, decision: "detach", part };
      }),
    },
  };
}

interface FreshEpochs {
  readonly events: readonly SweepEvent[];
  /** Lanes that end by what is in there. */
  readonly ended: ReadonlySet<TrialId>;
}

function freshEpochs(
  ledger: SweepLedger,
  pack: Pack,
  { report: { attempt, epochs }, judge }: {
    readonly report: ApiRequests["report"];
    readonly judge: TrialJudge;
  },
): FreshEpochs {
  const events: SweepEvent[] = [];
  // The ledger stands still while one request is judged: what it has told so far is kept here.
  const told = new Map<TrialId, Epoch>();
  const rungs = new Map<TrialId, Epoch>();
  const ended = new Set<TrialId>();
  for (const { epoch, durationMs, lanes } of epochs) {
    const fresh = runningLanes(ledger, pack, lanes).filter(({ trial }) =>
      !ended.has(trial) && (told.get(trial) ?? lastEpoch(ledger, trial)) < epoch
    );
    if (fresh.length === 0) continue;
    for (const { trial } of fresh) told.set(trial, epoch);
    events.push({
      type: "epochReported",
      pack: pack.id,
      attempt,
      epoch,
      lanes: fresh,
      durationMs,
    });
    if (judge.watched.length === 0) continue;
    const passed = fresh.map((lane) => ({
      lane,
      rung: passedRung(ledger, lane, { epoch, judge, rungs }),
    }))
      .filter((one) => one.rung !== null);
    for (const event of judgeLanes(ledger, passed, judge)) {
      events.push(event);
      if (event.type === "rungReached") rungs.set(event.trial, event.epoch);
      else if (event.type === "trialPruned" || event.type === "trialFailed") ended.add(event.trial);
    }
  }
  return { events, ended };
}

/** A lane with the rung that it has passed, if any. */
interface PassedLane {
  readonly lane: LaneReport;
  readonly rung: Epoch | null;
}

/** The last watched epoch that the lane has passed since its last rung; what diverged passes no more. */
function passedRung(
  ledger: SweepLedger,
  { trial, kind }: LaneReport,
  { epoch, judge: { watched }, rungs }: {
    readonly epoch: Epoch;
    readonly judge: TrialJudge;
    readonly rungs: ReadonlyMap<TrialId, Epoch>;
  },
): Epoch | null {
  const before = rungs.get(trial) ?? ledger.trial(trial).rungs?.at(-1)?.epoch ?? 0;
  const passed = kind === "diverged"
    ? watched.find((at) => at >= epoch)
    : watched.findLast((at) => at <= epoch);
  return passed === undefined || passed <= before ? null : toEpoch(passed);
}

/** What lanes have reached, and then what follows for each of them. */
function judgeLanes(
  ledger: SweepLedger,
  passed: readonly PassedLane[],
  judge: TrialJudge,
): readonly SweepEvent[] {
  const reached = new Map<TrialId, RungValue>();
  const events: SweepEvent[] = [];
  const diverged = new Set<TrialId>();
  for (const { lane, rung } of passed) {
    if (rung === null) continue;
    const { trial } = lane;
    const found = objectivesAt(lane, ledger.spec);
    if (found.kind === "missing") {
      const metrics = lane.kind === "measured" ? lane.metrics : {};
      events.push(withoutObjective(trial, found.name, metrics));
      continue;
    }
    const { values } = found;
    events.push({ type: "rungReached", trial, epoch: rung, values });
    reached.set(trial, { epoch: rung, values });
    if (lane.kind === "diverged") diverged.add(trial);
  }
  if (reached.size === 0) return events;
  for (const [trial, { rung, message }] of judge.judge(reached)) {
    // It ends by itself, as diverged: that is its result.
    if (diverged.has(trial)) continue;
    const epoch = reached.get(trial)?.epoch ?? toEpoch(0);
    events.push({ type: "trialPruned", trial, epoch, rung, message });
  }
  return events;
}

function lastEpoch(ledger: SweepLedger, trial: TrialId): number {
  const { state } = ledger.trial(trial);
  return state.status === "running" ? state.epoch : Infinity;
}
