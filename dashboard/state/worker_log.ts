/** The last lines of the workers that trained a trial, as its page shows them. */
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import { isTerminal } from "../../core/domain/trial.ts";
import type { LoggedAttempt, TrialLines } from "../../core/views/trial_log.ts";
import type { WorkerLog } from "../client/trial/trial_model.ts";
import type { TrialHistories } from "./trial_histories.ts";

/** Lines that a page shows. */
const SHOWN_LINES = 100;

/** The attempts at the packs that a trial was in, oldest first. */
export function attemptsOf(
  histories: Pick<TrialHistories, "of">,
  trial: Pick<Trial, "id">,
): readonly LoggedAttempt[] {
  return histories.of(trial.id).flatMap(({ event }) =>
    event.type === "packLeased"
      ? [{ pack: event.pack, attempt: event.attempt, worker: event.worker }]
      : []
  );
}

/** The log. */
export function workerLog(
  { state }: Pick<Trial, "state">,
  { lines, total, silent, unread }: TrialLines,
): WorkerLog {
  const shown = lines.slice(-SHOWN_LINES);
  return {
    lines: shown.map(({ at, level, text, ...of }, i) => {
      const before = shown[i - 1];
      const isSame = before?.pack === of.pack && before.attempt === of.attempt;
      return {
        at,
        level,
        text,
        attempt: isSame ? null : `pack ${of.pack}, attempt ${of.attempt}, ${of.worker}`,
      };
    }),
    total,
    silent,
    unread,
    isOpen: !isTerminal(state.status),
  };
}
