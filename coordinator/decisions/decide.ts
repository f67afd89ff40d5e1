/**
 * The coordinator's judgement as one pure function: a ledger and a request in, facts and an answer
 * out. Nothing is sent, stored or timed here, so replaying a journal repeats no deed.
 */
import { clip, MAX_MESSAGE_LENGTH } from "../../core/domain/clip.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isOver } from "../../core/domain/sweep.ts";
import type { Milliseconds } from "../../core/domain/units.ts";
import { isCurrent } from "../../core/protocol/fencing.ts";
import type { ApiReplies, ApiRequests, ApiVerb, AttemptRef } from "../../core/protocol/messages.ts";
import type { Part } from "../packing/split_tail.ts";
import { decideCheckpoint } from "./decide_checkpoint.ts";
import { decideClaim } from "./decide_claim.ts";
import { decideControl } from "./decide_control.ts";
import { decideDetached } from "./decide_detached.ts";
import { decideDrain } from "./decide_drain.ts";
import { decideEnqueue } from "./decide_enqueue.ts";
import { decideExtend } from "./decide_extend.ts";
import { decideFinished } from "./decide_finished.ts";
import { decideRelease } from "./decide_release.ts";
import { decideReport } from "./decide_report.ts";
import { decideRetry } from "./decide_retry.ts";
import { decideSplit } from "./decide_split.ts";
import { decideStopTrials } from "./decide_stop_trials.ts";
import { type Decision, replyOnly } from "./decision.ts";
import { NO_JUDGE, type TrialJudge } from "./trial_judge.ts";

/** A decision function for each verb; every answer has its verb's type. */
export type Deciders = {
  readonly [V in ApiVerb]: (ledger: SweepLedger, body: ApiRequests[V]) => Decision<ApiReplies[V]>;
};

/** What decisions rest on that no journal tells. */
export interface DeciderOptions {
  /** The coordinator's name in the journal. */
  readonly coordinator?: string;
  /** The lanes of a leased pack that idle slots should take over, in parts; none unless given. */
  readonly partsToDetach?: (pack: Pack) => readonly Part[];
  /** What judges trials at rungs, and says where new ones begin; absent: nobody does. */
  readonly judge?: TrialJudge;
}

/** The deciders of a coordinator whose leases last `leaseMs`. */
export function createDeciders(
  leaseMs: Milliseconds,
  { coordinator = "coordinator", partsToDetach = () => [], judge = NO_JUDGE }: DeciderOptions = {},
): Deciders {
  return {
    claim: (ledger, body) => decideClaim(ledger, body, { leaseMs, watched: judge.watched }),
    renew: (ledger, body) =>
      holder(ledger, body) === null && !isStoppedWhole(ledger, body)
        ? late(ledger, body, "renew")
        : { events: [], reply: { type: "accepted", ...drainOf(ledger, body) } },
    report: (ledger, body) => {
      const pack = holder(ledger, body);
      if (pack === null) {
        return isStoppedWhole(ledger, body) ? stopAll(ledger, body) : late(ledger, body, "report");
      }
      const context = { report: body, leaving: partsToDetach(pack), judge };
      const { events, reply } = decideReport(ledger, pack, context);
      return { events, reply: { ...reply, ...drainOf(ledger, body) } };
    },
    checkpointed: (ledger, body) => {
      const held = holder(ledger, body);
      if (held === null) {
        return isStoppedWhole(ledger, body) ? accepted([]) : late(ledger, body, "checkpointed");
      }
      return accepted(decideCheckpoint(ledger, held, body));
    },
    detached: (ledger, body) => {
      const pack = holder(ledger, body);
      if (pack !== null) return accepted(decideDetached(ledger, pack, body));
      return isRepeatedEnd(ledger, body) ? accepted([]) : late(ledger, body, "detached");
    },
    finished: (ledger, body) => {
      const held = holder(ledger, body);
      if (held !== null) return decideFinished(ledger, held, { finished: body, judge });
      return isRepeatedEnd(ledger, body) ? accepted([]) : late(ledger, body, "finished");
    },
    failed: (ledger, body) => {
      const message = clip(body.reason.message, MAX_MESSAGE_LENGTH);
      return decideEnd(ledger, body, { kind: "failed", reason: { ...body.reason, message } });
    },
    returned: (ledger, body) =>
      decideEnd(ledger, body, {
        kind: "returned",
        message: clip(body.message, MAX_MESSAGE_LENGTH),
      }),
    ping: () => replyOnly({ type: "pong", coordinator }),
    control: decideControl,
    stopTrials: decideStopTrials,
    drain: decideDrain,
    retry: decideRetry,
    extend: decideExtend,
    enqueue: (ledger, body) => decideEnqueue(ledger, body, judge),
  };
}

type Ending = Parameters<typeof decideRelease>[2];

function decideEnd(
  ledger: SweepLedger,
  ref: AttemptRef,
  cause: Ending,
): Decision<ApiReplies["failed"]> {
  const pack = holder(ledger, ref);
  if (pack === null) {
    return isReleased(ledger, ref) ? accepted([]) : late(ledger, ref, cause.kind);
  }
  const split = cause.kind === "failed" && cause.reason.kind === "outOfMemory"
    ? decideSplit(ledger, pack, cause.reason.message)
    : null;
  return accepted(split ?? decideRelease(ledger, pack, cause));
}

/** The pack whose current attempt this is, or null. */
function holder(ledger: SweepLedger, ref: AttemptRef): Pack | null {
  const pack = ledger.packs[ref.pack];
  return pack !== undefined && isCurrent(pack.state, ref) ? pack : null;
}

/** The attempt that ended the pack says so again, because the first answer was lost. */
function isRepeatedEnd(ledger: SweepLedger, { pack, attempt }: AttemptRef): boolean {
  const known = ledger.packs[pack];
  return known?.state.status === "over" && known.attempts === attempt;
}

/**
 * Whether the pack may be over because the scheduler, or somebody, stopped all its lanes. Its holder
 * has not heard so yet: nobody has taken the pack from it.
 */
function isStoppedWhole(ledger: SweepLedger, ref: AttemptRef): boolean {
  if (isOver(ledger.status) || !isRepeatedEnd(ledger, ref)) return false;
  return ledger.spec.scheduler !== undefined ||
    ledger.pack(ref.pack).trials.some((id) => ledger.trial(id).state.status === "cancelled");
}

/** What the worker is told besides, if somebody wants it to end. */
function drainOf(ledger: SweepLedger, { worker }: AttemptRef): { readonly drain?: true } {
  return ledger.interventions.draining.has(worker) ? { drain: true } : {};
}

function stopAll(ledger: SweepLedger, { pack }: AttemptRef): Decision<ApiReplies["report"]> {
  const { trials } = ledger.pack(pack);
  const decisions = trials.map((trial) => ({ trial, decision: "stop" }) as const);
  return replyOnly({ type: "decided", decisions });
}

/**
 * The last attempt gives up again what it has given up already: its first answer was lost. It may
 * ack its message, because a released pack is offered under a new one.
 */
function isReleased(ledger: SweepLedger, { pack, attempt }: AttemptRef): boolean {
  const known = ledger.packs[pack];
  return known !== undefined && known.state.status !== "leased" && known.attempts === attempt;
}

function accepted(events: Decision<unknown>["events"]): Decision<{ readonly type: "accepted" }> {
  return { events, reply: { type: "accepted" } };
}

function late(
  ledger: SweepLedger,
  { pack, attempt, worker }: AttemptRef,
  message: string,
): Decision<{ readonly type: "fenced" }> {
  // After the end every holder hears so: that is no news, and the end is the journal's last word.
  const isKnown = ledger.packs[pack] !== undefined && !isOver(ledger.status);
  if (!isKnown) return replyOnly({ type: "fenced" });
  const rejected = { type: "lateMessageRejected", pack, attempt, worker, message } as const;
  return { events: [rejected], reply: { type: "fenced" } };
}
