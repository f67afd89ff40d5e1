/** The answer to the end of an attempt: every lane's result is journalled, once. */
import { clip, MAX_MESSAGE_LENGTH } from "../../core/domain/clip.ts";
import { objectiveValue } from "../../core/domain/objective.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { ApiReplies, ApiRequests, LaneOutcome } from "../../core/protocol/messages.ts";
import { modelArtifact, resultArtifact } from "../../core/protocol/subjects.ts";
import { type Decision, endIfSettled } from "./decision.ts";
import { runningLanes } from "./running_lanes.ts";

/** Completes the lanes; a lane without the objective metric has failed. */
export function decideFinished(
  ledger: SweepLedger,
  pack: Pack,
  finished: ApiRequests["finished"],
): Decision<ApiReplies["finished"]> {
  const results = runningLanes(ledger, pack, finished.lanes)
    .map((lane) => resultOf(ledger, finished, lane));
  const completed = results.filter((event) => event.type === "trialCompleted").length;
  const end = endIfSettled(ledger, { completed, failed: results.length - completed });
  return { events: [...results, ...end], reply: { type: "accepted" } };
}

function resultOf(
  ledger: SweepLedger,
  { pack, attempt }: ApiRequests["finished"],
  lane: LaneOutcome,
): SweepEvent {
  const { trial, epoch } = lane;
  if (lane.kind === "diverged") {
    const { metrics } = ledger.trial(trial);
    const objective = { kind: "diverged" } as const;
    const nothing = { result: null, model: null };
    return { type: "trialCompleted", trial, pack, attempt, epoch, objective, metrics, ...nothing };
  }
  // No lane is granted until an epoch before its last one.
  if (lane.kind === "paused") {
    const message = "it was paused, and nobody had asked for that";
    return { type: "trialFailed", trial, reason: { kind: "exception", message } };
  }
  const { metrics } = lane;
  const { name } = ledger.spec.metric;
  const value = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  if (value === undefined) {
    const others = Object.keys(metrics).join(", ");
    const told = `it reported no "${name}", ${
      others === "" ? "nor anything else" : `only ${others}`
    }`;
    const message = clip(told, MAX_MESSAGE_LENGTH);
    return { type: "trialFailed", trial, reason: { kind: "exception", message } };
  }
  const files = filesOf(ledger, lane);
  const objective = objectiveValue(value);
  return { type: "trialCompleted", trial, pack, attempt, epoch, objective, metrics, ...files };
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
