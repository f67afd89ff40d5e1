/** A trial's history in words. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { formatCount, formatNumber } from "../client/parts/format.ts";
import type { TimelineStep } from "../client/trial/trial_model.ts";
import { describeProposal } from "./proposal_words.ts";
import type { Happening, PackEvent, TrialEvent } from "./trial_histories.ts";

type Words = Omit<TimelineStep, "at">;

/** One step for each thing that happened. */
export function trialTimeline(
  history: readonly Happening<TrialEvent | PackEvent>[],
  { trial, spec }: { readonly trial: TrialId; readonly spec: SweepSpec },
): readonly TimelineStep[] {
  return history.flatMap(({ at, event }) => {
    const words = isPackEvent(event) ? packWords(event, trial) : trialWords(event, { trial, spec });
    return words === null ? [] : [{ at, ...words }];
  });
}

function isPackEvent(event: TrialEvent | PackEvent): event is PackEvent {
  switch (event.type) {
    case "packLeased":
    case "packReleased":
    case "packSplit":
    case "lanesDetached":
    case "lateMessageRejected":
      return true;
    default:
      return false;
  }
}

function packWords(event: PackEvent, trial: TrialId): Words | null {
  switch (event.type) {
    case "packLeased": {
      const { count } = event.delivery;
      const again = count > 1 ? ` · delivered for the ${count}. time` : "";
      return {
        kind: "work",
        title: `leased to ${event.worker}`,
        detail: `attempt ${event.attempt} of pack ${event.pack} · ${event.backend}${again}`,
      };
    }
    case "packReleased":
      return releaseWords(event);
    case "packSplit":
      return { kind: "bad", title: "did not fit: the pack was split", detail: event.message };
    case "lanesDetached":
      return event.trials.includes(trial)
        ? {
          kind: "neutral",
          title: "left its pack for an idle slot",
          detail: `with a checkpoint of epoch ${formatCount(event.epoch)}`,
        }
        : null;
    case "lateMessageRejected":
      return {
        kind: "bad",
        title: `late message of ${event.worker} refused`,
        detail: event.message,
      };
    default:
      return event satisfies never;
  }
}

function releaseWords({ cause, attempt }: Extract<PackEvent, { type: "packReleased" }>): Words {
  switch (cause.kind) {
    case "leaseExpired":
      return {
        kind: "bad",
        title: `attempt ${attempt} lost: the lease expired`,
        detail: "its worker was not heard of for a whole lease; the pack is queued again",
      };
    case "returned":
      return { kind: "neutral", title: `attempt ${attempt} given back`, detail: cause.message };
    case "failed":
      return {
        kind: "bad",
        title: `attempt ${attempt} failed`,
        detail: `${cause.reason.kind}: ${cause.reason.message}`,
      };
    default:
      return cause satisfies never;
  }
}

function trialWords(
  event: TrialEvent,
  { trial, spec }: { readonly trial: TrialId; readonly spec: SweepSpec },
): Words {
  const { name } = spec.metric;
  switch (event.type) {
    case "trialsQueued": {
      const note = event.trials.find((one) => one.trial === trial)?.proposal;
      const detail = note === undefined ? null : describeProposal(note);
      return { kind: "neutral", title: "asked for", detail };
    }
    case "packed": {
      const others = event.lanes - 1;
      const company = others === 0 ? "alone" : `with ${others} other trial${others > 1 ? "s" : ""}`;
      return { kind: "neutral", title: `queued in pack ${event.pack}`, detail: company };
    }
    case "trialCompleted": {
      const { objective, epoch } = event;
      return objective.kind === "diverged"
        ? { kind: "bad", title: "diverged", detail: `at epoch ${epoch}: the loss is not finite` }
        : {
          kind: "good",
          title: `completed after epoch ${formatCount(epoch)}`,
          detail: `${name} ${formatNumber(objective.value)}`,
        };
    }
    case "trialFailed":
      return {
        kind: "bad",
        title: "failed",
        detail: `${event.reason.kind}: ${event.reason.message}`,
      };
    case "trialCancelled":
      return {
        kind: "neutral",
        title: event.by === undefined ? "cancelled" : "stopped",
        detail: event.by === undefined ? null : `asked for by ${event.by}`,
      };
    case "trialRetried":
      return { kind: "neutral", title: "queued again", detail: `asked for by ${event.by}` };
    default:
      return rungWords(event, name);
  }
}

type RungEvent = Extract<
  TrialEvent,
  { type: "rungReached" | "trialPaused" | "trialPromoted" | "trialPruned" | "trialExploited" }
>;

function rungWords(event: RungEvent, metric: string): Words {
  switch (event.type) {
    case "rungReached":
    case "trialPaused": {
      const [value] = event.values;
      const reached = value === null || value === undefined ? "not finite" : formatNumber(value);
      const verb = event.type === "trialPaused" ? "waits at" : "passed";
      return {
        kind: "neutral",
        title: `${verb} the rung at epoch ${formatCount(event.epoch)}`,
        detail: `${metric} ${reached}`,
      };
    }
    case "trialPromoted":
      return {
        kind: "good",
        title: "promoted",
        detail: event.target === null ? "to its end" : `to epoch ${event.target}`,
      };
    case "trialPruned":
      return {
        kind: "bad",
        title: `pruned after epoch ${formatCount(event.epoch)}`,
        detail: event.message,
      };
    case "trialExploited":
      return {
        kind: "neutral",
        title: `took over the weights of trial ${event.donor}`,
        detail: event.message,
      };
    default:
      return event satisfies never;
  }
}
