/** The end of what the journal has about a trial and its pack. */
import type { VNode } from "preact";
import { formatCount, formatInstant } from "../parts/format.ts";
import type { TrialSnapshot } from "./trial_model.ts";

/** The card. */
export function TrialLogCard({ snapshot }: { readonly snapshot: TrialSnapshot }): VNode {
  const { facts, row, log: { lines, total } } = snapshot;
  return (
    <section class="card" aria-labelledby="log-title">
      <div class="card-head">
        <h2 id="log-title">Journal</h2>
        <p class="note">
          the last {lines.length} of {formatCount(total)} entries ·{" "}
          <a href={`/s/${facts.sweep}/events?trial=${row.trial}`}>all of them</a>
        </p>
      </div>
      <p class="note">
        What was decided about this trial and its pack: the record that counts.
      </p>
      <ol class="trial-log">
        {lines.map(({ number, at, kind, text }) => (
          <li key={number}>
            <time class="faint" title={formatInstant(at)}>{formatInstant(at).slice(11, 19)}</time>
            <code>{kind}</code>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
