/** The answer to somebody who wants a configuration of their own to be tried. */
import { clip, MAX_MESSAGE_LENGTH, MAX_NAME_LENGTH } from "../../core/domain/clip.ts";
import { canonicalText } from "../../core/domain/hyperparameters.ts";
import { parseConfigurationId, parseTrialId } from "../../core/domain/ids.ts";
import { proposedOf } from "../../core/domain/ledger_trial.ts";
import type { NewTrial } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { isAdaptive, MAX_TRIALS } from "../../core/domain/sweep_spec.ts";
import type { ApiReplies, ApiRequests } from "../../core/protocol/messages.ts";
import { completePoint } from "../asking/complete_point.ts";
import { type Decision, replyOnly } from "./decision.ts";
import type { TrialJudge } from "./trial_judge.ts";

/** Names in a request at most; nobody has so many parameters. */
const MOST_NAMES = 1_000;

/**
 * Asks for the configuration with all its replicates, next in number; what is not given is filled in.
 * It counts within the run cap. A request that is repeated is answered, and changes nothing.
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
  const most = Math.min(spec.runCap ?? MAX_TRIALS, MAX_TRIALS);
  if (asked > most) {
    const advice = most < MAX_TRIALS ? `; ${adviceFor(ledger, asked)}` : "";
    return refused(ledger, `there would be ${asked} trials, and its run_cap is ${most}${advice}`);
  }
  const proposal = { sampler: "manual", facts: { by: clip(by, MAX_NAME_LENGTH) } };
  const configuration = parseConfigurationId(trials.reduce(
    (next, trial) => Math.max(next, trial.configuration + 1),
    0,
  ));
  const fresh = Array.from({ length: spec.replicates }, (_, replicate): NewTrial => {
    const trial = parseTrialId(trials.length + replicate);
    return { trial, configuration, replicate, hyperparameters, proposal, ...place(trial) };
  });
  return { events: [{ type: "trialsQueued", trials: fresh }], reply: { type: "accepted" } };
}

/** How the configuration could be tried all the same. */
function adviceFor({ id, spec }: SweepLedger, asked: number): string {
  if (spec.method === "grid") {
    return `deno task trawl extend ${id} --run-cap none makes room, beside the whole grid`;
  }
  if (!isAdaptive(spec.method)) {
    return `${spec.method} has planned them all, and would plan those of an extension as well: try ` +
      "it in a sweep of its own";
  }
  // The method itself takes of the new room at once what it wants to have on its way.
  const most = Math.min(MAX_TRIALS, asked + (spec.batch ?? 0) * spec.replicates);
  return `deno task trawl extend ${id} --run-cap ${most} makes room`;
}

function refused({ id }: SweepLedger, why: string): Decision<ApiReplies["enqueue"]> {
  const message = clip(
    `Cannot enqueue a configuration of sweep "${id}": ${why}`,
    MAX_MESSAGE_LENGTH,
  );
  return replyOnly({ type: "refused", message });
}
