/**
 * The coordinator's judgement as one pure function: a ledger and a request in, facts and an answer
 * out. Nothing is sent, stored or timed here, so replaying a journal repeats no deed.
 */
import { clip, MAX_MESSAGE_LENGTH } from "../../core/domain/clip.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { Milliseconds } from "../../core/domain/units.ts";
import { isCurrent } from "../../core/protocol/fencing.ts";
import type { ApiReplies, ApiRequests, ApiVerb, AttemptRef } from "../../core/protocol/messages.ts";
import { decideClaim } from "./decide_claim.ts";
import { decideControl } from "./decide_control.ts";
import { decideFinished } from "./decide_finished.ts";
import { decideRelease } from "./decide_release.ts";
import { decideReport } from "./decide_report.ts";
import { decideSplit } from "./decide_split.ts";
import { type Decision, replyOnly } from "./decision.ts";
import { runningLanes } from "./running_lanes.ts";

/** A decision function for each verb; every answer has its verb's type. */
export type Deciders = {
  readonly [V in ApiVerb]: (ledger: SweepLedger, body: ApiRequests[V]) => Decision<ApiReplies[V]>;
};

/** The deciders of a coordinator, by its name in the journal, whose leases last `leaseMs`. */
export function createDeciders(
  leaseMs: Milliseconds,
  coordinator: string = "coordinator",
): Deciders {
  return {
    claim: (ledger, body) => decideClaim(ledger, body, leaseMs),
    renew: (ledger, body) =>
      holder(ledger, body) === null ? late(ledger, body, "renew") : accepted([]),
    report: (ledger, body) => {
      const pack = holder(ledger, body);
      return pack === null ? late(ledger, body, "report") : decideReport(ledger, pack, body);
    },
    checkpointed: (ledger, body) => {
      const held = holder(ledger, body);
      if (held === null) return late(ledger, body, "checkpointed");
      const { pack, attempt, epoch, artifact } = body;
      const lanes = body.trials.map((trial) => ({ trial }));
      const trials = runningLanes(ledger, held, lanes).map(({ trial }) => trial);
      return accepted([{ type: "checkpointStored", pack, attempt, epoch, artifact, trials }]);
    },
    finished: (ledger, body) => {
      const held = holder(ledger, body);
      if (held !== null) return decideFinished(ledger, held, body);
      return isRepeatedFinish(ledger, body) ? accepted([]) : late(ledger, body, "finished");
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
function isRepeatedFinish(ledger: SweepLedger, { pack, attempt }: AttemptRef): boolean {
  const known = ledger.packs[pack];
  return known?.state.status === "over" && known.attempts === attempt;
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
  if (ledger.packs[pack] === undefined) return replyOnly({ type: "fenced" });
  const rejected = { type: "lateMessageRejected", pack, attempt, worker, message } as const;
  return { events: [rejected], reply: { type: "fenced" } };
}
