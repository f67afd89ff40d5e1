/** The answer to the end of an attempt: every lane's result is journalled, once. */
import { objectiveValue } from "../../core/domain/objective.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { ApiReplies, ApiRequests, LaneOutcome } from "../../core/protocol/messages.ts";
import { checkpointArtifact, modelArtifact, resultArtifact } from "../../core/protocol/subjects.ts";
import { objectivesIn } from "../scheduling/rung_values.ts";
import { type Decision, endIfSettled } from "./decision.ts";
import { divergedTrial } from "./diverged_trial.ts";
import { failed, withoutObjective } from "./failed_trial.ts";
import { runningLanes } from "./running_lanes.ts";
import { NO_JUDGE, type TrialJudge } from "./trial_judge.ts";

/** Completes the lanes, or lets them wait; a lane without an objective metric has failed. */
export function decideFinished(
  ledger: SweepLedger,
  pack: Pack,
  { finished, judge = NO_JUDGE }: {
    readonly finished: ApiRequests["finished"];
    readonly judge?: Pick<TrialJudge, "watched">;
  },
): Decision<ApiReplies["finished"]> {
  const results = runningLanes(ledger, pack, finished.lanes).flatMap((lane) =>
    lane.kind === "diverged"
      ? divergedTrial(ledger, { ...finished, ...lane }, judge.watched)
      : [resultOf(ledger, finished, lane)]
  );
  const completed = results.filter((event) => event.type === "trialCompleted").length;
  const failed = results.filter((event) => event.type === "trialFailed").length;
  const end = endIfSettled(ledger, { completed, failed });
  return { events: [...results, ...end], reply: { type: "accepted" } };
}

function resultOf(
  ledger: SweepLedger,
  { pack, attempt }: ApiRequests["finished"],
  lane: Exclude<LaneOutcome, { kind: "diverged" }>,
): SweepEvent {
  const { trial, epoch, metrics } = lane;
  const found = objectivesIn(metrics, ledger.spec);
  if (found.kind === "missing") return withoutObjective(trial, found.name, metrics);
  if (lane.kind === "paused") {
    const why = whyNotPaused(ledger, lane, { pack, attempt });
    if (why !== null) return failed(trial, why);
    const { values } = found;
    return {
      type: "trialPaused",
      trial,
      pack,
      attempt,
      epoch,
      values,
      metrics,
      artifact: lane.artifact,
    };
  }
  const files = filesOf(ledger, lane);
  const objective = objectiveValue(found.values[0] ?? NaN);
  return { type: "trialCompleted", trial, pack, attempt, epoch, objective, metrics, ...files };
}

/** Why the lane may not wait, or null: it was asked to, and its weights are where they must be. */
function whyNotPaused(
  ledger: SweepLedger,
  { trial, epoch, artifact }: Extract<LaneOutcome, { kind: "paused" }>,
  at: Pick<ApiRequests["finished"], "pack" | "attempt">,
): string | null {
  const { target, rungs = [] } = ledger.trial(trial);
  if (target === undefined) return "it was paused, and nobody had asked for that";
  if (epoch !== target || (rungs.at(-1)?.epoch ?? 0) >= epoch) {
    return `it was paused at epoch ${epoch}, and had been asked to pause at ${target}`;
  }
  // Whatever else a worker names is nobody's to read or remove.
  const due = checkpointArtifact(ledger.id, { ...at, epoch });
  return artifact === due ? null : "it was paused, and its weights are not its pack's checkpoint";
}

/** Only the trial's own files count: whatever else a worker names is nobody's to read or remove. */
function filesOf(
  { id }: SweepLedger,
  { trial, result, model }: Extract<LaneOutcome, { kind: "trained" }>,
): { readonly result: string | null; readonly model: string | null } {
  return {
    result: result === resultArtifact(id, trial) ? result : null,
    model: model === modelArtifact(id, trial) ? model : null,
  };
}
