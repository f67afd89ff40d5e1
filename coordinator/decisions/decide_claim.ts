/** The answer to a claim: the next attempt of a pack, if it is free. */
import { clip, MAX_NAME_LENGTH } from "../../core/domain/clip.ts";
import { type Attempt, parseAttempt, type TrialId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { epoch as toEpoch, type Milliseconds, milliseconds } from "../../core/domain/units.ts";
import { judgeClaim } from "../../core/protocol/fencing.ts";
import type { ApiReplies, ApiRequests, GrantedLane } from "../../core/protocol/messages.ts";
import { decideRelease } from "./decide_release.ts";
import { type Decision, replyOnly } from "./decision.ts";

/** How long a worker waits before it offers a pack again that it could not have. */
const BUSY_RETRY: Milliseconds = milliseconds(2_000);

/** What a grant says besides what the ledger has. */
export interface GrantTerms {
  readonly leaseMs: Milliseconds;
  /** Epochs at which trials that train on are judged. */
  readonly watched?: readonly number[];
}

/** Grants the pack, repeats an answer that was lost, or says why not. */
export function decideClaim(
  ledger: SweepLedger,
  claim: ApiRequests["claim"],
  { leaseMs, watched = [] }: GrantTerms,
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
      return replyOnly(granted(ledger, ledger.liveTrials(pack.id), {
        attempt: parseAttempt(pack.attempts),
        leaseMs,
        watched,
      }));
    case "grant":
    case "takeOver":
      break;
    default:
      return verdict satisfies never;
  }
  if (ledger.interventions.draining.has(claim.worker)) return replyOnly({ type: "draining" });
  if (ledger.status === "paused") return replyOnly({ type: "busy", retryMs: BUSY_RETRY });
  const reason = ledger.quarantine.reasonOf(claim.worker);
  if (reason !== null) return replyOnly({ type: "quarantined", message: reason });
  const released = verdict.kind === "takeOver"
    ? decideRelease(ledger, pack, { kind: "leaseExpired" })
    : [];
  const refusal = refusalAfter(released, claim.worker);
  if (refusal !== null) return { events: released, reply: refusal };
  const over = new Set(
    released.map((event) =>
      event.type === "trialFailed" || event.type === "trialCompleted" ? event.trial : null
    ),
  );
  const lanes = ledger.liveTrials(pack.id).filter((trial) => !over.has(trial));
  // The lost attempt was the last one allowed: nothing is left to grant.
  if (lanes.length === 0) return { events: released, reply: { type: "alreadyOver" } };
  const attempt = parseAttempt(pack.attempts + 1);
  return {
    events: [...released, leasedBy(claim, attempt)],
    reply: granted(ledger, lanes, { attempt, leaseMs, watched }),
  };
}

function leasedBy(
  { pack, worker, backend, delivery }: ApiRequests["claim"],
  attempt: Attempt,
): SweepEvent {
  const name = clip(backend, MAX_NAME_LENGTH);
  return { type: "packLeased", pack, attempt, worker, backend: name, delivery };
}

/** Who takes over its own lost lease may have lost one too many by that. */
function refusalAfter(
  released: readonly SweepEvent[],
  worker: ApiRequests["claim"]["worker"],
): ApiReplies["claim"] | null {
  for (const event of released) {
    if (event.type === "workerQuarantined" && event.worker === worker) {
      return { type: "quarantined", message: event.message };
    }
  }
  return null;
}

function granted(
  ledger: SweepLedger,
  trials: readonly TrialId[],
  { attempt, leaseMs, watched = [] }: GrantTerms & { readonly attempt: Attempt },
): ApiReplies["claim"] {
  const lanes: GrantedLane[] = [];
  for (const id of trials) {
    const { replicate, hyperparameters, checkpoint, isExploited } = ledger.trial(id);
    const lane = { trial: id, replicate, hyperparameters, checkpoint };
    lanes.push(isExploited ? { ...lane, isExploited } : lane);
  }
  const first = trials[0] === undefined ? null : ledger.trial(trials[0]);
  // Packs are formed of trials with one target.
  const until = first?.target;
  const start = Math.min(...lanes.map(({ checkpoint }) => checkpoint?.epoch ?? 0));
  const waitAfter = watched.filter((at) => at > start && at < (until ?? Infinity)).map(toEpoch);
  return {
    type: "granted",
    attempt,
    seed: ledger.spec.seed,
    task: ledger.spec.task,
    ...(ledger.spec.task.dataset === "module" ? objectiveNames(ledger.spec) : {}),
    datasetDigest: ledger.dataset.digest,
    leaseMs,
    lanes,
    ...(until === undefined ? {} : { until }),
    ...(waitAfter.length === 0 ? {} : { waitAfter }),
  };
}

/** What a module reports its results as: those that must be finite. */
function objectiveNames(
  { metric, objectives }: SweepLedger["spec"],
): { readonly metric: string; readonly objectives?: readonly string[] } {
  const names = objectives?.map(({ name }) => name);
  return { metric: metric.name, ...(names === undefined ? {} : { objectives: names }) };
}
