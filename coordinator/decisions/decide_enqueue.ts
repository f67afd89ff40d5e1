/** The answer to somebody who wants a configuration of their own to be tried. */
import { clip, MAX_MESSAGE_LENGTH, MAX_NAME_LENGTH } from "../../core/domain/clip.ts";
import { canonicalText } from "../../core/domain/hyperparameters.ts";
import { parseConfigurationId, parseTrialId } from "../../core/domain/ids.ts";
import { proposedOf } from "../../core/domain/ledger_trial.ts";
import type { NewTrial } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { MAX_TRIALS } from "../../core/domain/sweep_spec.ts";
import type { ApiReplies, ApiRequests } from "../../core/protocol/messages.ts";
import { completePoint } from "../asking/complete_point.ts";
import { type Decision, replyOnly } from "./decision.ts";
import type { TrialJudge } from "./trial_judge.ts";

/** Names in a request at most; nobody has so many parameters. */
const MOST_NAMES = 1_000;

/**
 * Asks for the configuration with all its replicates, next in number; what is not given is filled in.
 * It counts within the run cap while there is room. Where there is none, as in a sweep that was planned
 * whole, the cap is raised by as much: an extension made first would be used up by the method itself.
 * A request that is repeated is answered, and changes nothing.
 */
export function decideEnqueue(
  ledger: SweepLedger,
  { hyperparameters: given, by }: ApiRequests["enqueue"],
  { place }: Pick<TrialJudge, "place">,
): Decision<ApiReplies["enqueue"]> {
  const { spec, trials, status } = ledger;
  if (isOver(status)) {
    const advice = status === "cancelled" ? ", and that is final" : "; an extension opens it again";
    return refused(ledger, `it is ${status}${advice}`);
  }
  if (Object.keys(given).length > MOST_NAMES) return refused(ledger, "it has too many parameters");
  const point = completePoint(spec, given);
  if (point.kind === "impossible") return refused(ledger, point.message);
  const { hyperparameters } = point;
  const text = canonicalText(hyperparameters);
  const same = trials.find((trial) => canonicalText(proposedOf(trial)) === text);
  if (same?.proposal?.sampler === "manual") return replyOnly({ type: "accepted" });
  if (same !== undefined) {
    return refused(ledger, `it was asked for already, as configuration ${same.configuration}`);
  }
  const asked = trials.length + spec.replicates;
  if (asked > MAX_TRIALS) {
    return refused(ledger, `it would have ${asked} trials; it must have at most ${MAX_TRIALS}`);
  }
  const asker = clip(by, MAX_NAME_LENGTH);
  const proposal = { sampler: "manual", facts: { by: asker } };
  const configuration = parseConfigurationId(trials.reduce(
    (next, trial) => Math.max(next, trial.configuration + 1),
    0,
  ));
  const fresh = Array.from({ length: spec.replicates }, (_, replicate): NewTrial => {
    const trial = parseTrialId(trials.length + replicate);
    return { trial, configuration, replicate, hyperparameters, proposal, ...place(trial) };
  });
  const queued = { type: "trialsQueued", trials: fresh } as const;
  // After these trials there is no room again: nothing but them is asked for.
  const raised = asked <= (spec.runCap ?? Infinity)
    ? []
    : [{ type: "sweepExtended", spec: { ...spec, runCap: asked }, by: asker } as const];
  return { events: [queued, ...raised], reply: { type: "accepted" } };
}

function refused({ id }: SweepLedger, why: string): Decision<ApiReplies["enqueue"]> {
  const message = clip(
    `Cannot enqueue a configuration of sweep "${id}": ${why}`,
    MAX_MESSAGE_LENGTH,
  );
  return replyOnly({ type: "refused", message });
}
