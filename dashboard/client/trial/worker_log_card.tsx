/** The last lines of the workers that trained a trial, a module's own among them. */
import type { VNode } from "preact";
import { formatCount, formatInstant } from "../parts/format.ts";
import type { TrialSnapshot, WorkerLog } from "./trial_model.ts";

/** The card. */
export function WorkerLogCard({ snapshot }: { readonly snapshot: TrialSnapshot }): VNode {
  const { workerLog } = snapshot;
  const { lines, total, unread } = workerLog;
  return (
    <section class="card" id="log" aria-labelledby="worker-log-title">
      <div class="card-head">
        <h2 id="worker-log-title">Log</h2>
        <p class="note">
          {total === 0 ? "no lines" : (
            <>
              the last {lines.length} of {formatCount(total)} lines
              {unread > 0 && `, without those of ${unread} earlier attempts`}
            </>
          )}
        </p>
      </div>
      <p class="note">{noteOf(workerLog)}</p>
      {lines.length > 0 && (
        <div class="scroll log-scroll" role="region" aria-label="Lines of the log" tabIndex={0}>
          <ol class="worker-log">
            {lines.map(({ at, level, text, attempt }, index) => (
              <li key={index} class={`log-${level}`}>
                {attempt !== null && <span class="log-attempt faint">{attempt}</span>}
                <time class="faint" title={formatInstant(at)}>
                  {formatInstant(at).slice(11, 19)}
                </time>
                <span class="log-level">{level === "info" ? "" : level}</span>
                <span class="log-text">{text}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}

function noteOf({ total, silent, isOpen }: WorkerLog): string {
  const missing = silent === 0
    ? ""
    : ` ${silent} ${silent === 1 ? "attempt has" : "attempts have"} left no lines.`;
  if (isOpen) {
    return `While it trains, its worker stores new lines at most every five seconds.${missing}`;
  }
  if (total === 0) return `No worker has left lines about this trial.${missing}`;
  return `What its workers wrote down about it and its pack, and what its code printed.${missing}`;
}
