/** The answer to a claim: the next attempt of a pack, if it is free. */
import { clip, MAX_NAME_LENGTH } from "../../core/domain/clip.ts";
import { type Attempt, parseAttempt } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { isTerminal } from "../../core/domain/trial.ts";
import { type Milliseconds, milliseconds } from "../../core/domain/units.ts";
import { judgeClaim } from "../../core/protocol/fencing.ts";
import type { ApiReplies, ApiRequests, GrantedLane } from "../../core/protocol/messages.ts";
import { decideRelease } from "./decide_release.ts";
import { type Decision, replyOnly } from "./decision.ts";

/** How long a worker waits before it offers a pack again that it could not have. */
const BUSY_RETRY: Milliseconds = milliseconds(2_000);

/** Grants the pack, repeats an answer that was lost, or says why not. */
export function decideClaim(
  ledger: SweepLedger,
  claim: ApiRequests["claim"],
  leaseMs: Milliseconds,
): Decision<ApiReplies["claim"]> {
  const pack = ledger.packs[claim.pack];
  if (pack === undefined || isOver(ledger.status)) return replyOnly({ type: "alreadyOver" });
  const verdict = judgeClaim(pack.state, claim);
  switch (verdict.kind) {
    case "over":
      return replyOnly({ type: "alreadyOver" });
    case "busy":
      return replyOnly({ type: "busy", retryMs: BUSY_RETRY });
    case "stale":
      return replyOnly({ type: "fenced" });
    case "repeat":
      return replyOnly(granted(ledger, pack, { attempt: parseAttempt(pack.attempts), leaseMs }));
    case "grant":
    case "takeOver":
      break;
    default:
      return verdict satisfies never;
  }
  if (ledger.status === "paused") return replyOnly({ type: "busy", retryMs: BUSY_RETRY });
  const released = verdict.kind === "takeOver"
    ? decideRelease(ledger, pack, { kind: "leaseExpired" })
    : [];
  // The lost attempt was the last one allowed: nothing is left to grant.
  if (released.some((event) => event.type === "trialFailed")) {
    return { events: released, reply: { type: "alreadyOver" } };
  }
  const attempt = parseAttempt(pack.attempts + 1);
  const leased: SweepEvent = {
    type: "packLeased",
    pack: pack.id,
    attempt,
    worker: claim.worker,
    backend: clip(claim.backend, MAX_NAME_LENGTH),
    delivery: claim.delivery,
  };
  return { events: [...released, leased], reply: granted(ledger, pack, { attempt, leaseMs }) };
}

function granted(
  ledger: SweepLedger,
  pack: Pack,
  { attempt, leaseMs }: { readonly attempt: Attempt; readonly leaseMs: Milliseconds },
): ApiReplies["claim"] {
  const lanes: GrantedLane[] = [];
  for (const id of pack.trials) {
    const trial = ledger.trial(id);
    if (isTerminal(trial.state.status)) continue;
    const { replicate, hyperparameters, checkpoint } = trial;
    lanes.push({ trial: id, replicate, hyperparameters, checkpoint });
  }
  return {
    type: "granted",
    attempt,
    seed: ledger.spec.seed,
    task: ledger.spec.task,
    datasetDigest: ledger.dataset.digest,
    leaseMs,
    lanes,
  };
}
