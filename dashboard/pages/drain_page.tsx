/** Asks whether a worker shall end, and says what was asked once it was. */
import type { VNode } from "preact";
import type { Presence } from "../../core/protocol/presence.ts";
import { ConfirmCard } from "./confirm_page.tsx";

/** What the page knows. */
export interface DrainProps {
  readonly worker: string;
  /** Null: it does not live any more, or never did. */
  readonly presence: Presence | null;
  /** Workers that would be left. */
  readonly others: number;
  /** The sweeps in whose journals it is that somebody asked; null: nobody did yet. */
  readonly asked: readonly string[] | null;
}

/** The page below its header. */
export function DrainCard({ worker, presence, others, asked }: DrainProps): VNode {
  if (asked !== null) return <Asked worker={worker} presence={presence} sweeps={asked} />;
  if (presence === null) {
    return (
      <section class="card ask" aria-labelledby="ask-title">
        <h1 id="ask-title">There is no worker {worker}</h1>
        <p>
          It may have ended by itself. <a href="/fleet">The Fleet page</a> has those that live.
        </p>
      </section>
    );
  }
  const { packs, backend, host } = presence;
  const lanes = packs.reduce((sum, pack) => sum + pack.lanes, 0);
  return (
    <>
      <h1>{worker}</h1>
      <ConfirmCard
        title="Drain this worker?"
        action={`/fleet/${worker}/drain`}
        button="Drain it"
        isFinal={false}
        back="/fleet"
      >
        <ul>
          <li>It is on {host} and computes on {backend}.</li>
          <li>
            {packs.length === 0
              ? "It trains nothing now: it hears of this with its next claim."
              : `It gives back ${packs.length === 1 ? "a pack" : `${packs.length} packs`} with ${
                lanes === 1 ? "1 trial" : `${lanes} trials`
              }, with a checkpoint from which others go on; no trial is lost.`}
          </li>
          <li>Then its process ends. Nothing starts it again.</li>
          {others === 0 && (
            <li>
              <b>No other worker is there:</b> sweeps wait until one joins.
            </li>
          )}
        </ul>
      </ConfirmCard>
    </>
  );
}

function Asked(
  { worker, presence, sweeps }: {
    readonly worker: string;
    readonly presence: Presence | null;
    readonly sweeps: readonly string[];
  },
): VNode {
  return (
    <section class="card ask" aria-labelledby="ask-title">
      <h1 id="ask-title">{worker} was asked to drain</h1>
      <p>{now(presence)}</p>
      <p>
        It is in the journal of {sweeps.map((sweep, index) => (
          <span key={sweep}>
            {index > 0 && ", "}
            <a href={`/s/${sweep}/events`}>{sweep}</a>
          </span>
        ))}.
      </p>
      <p class="controls">
        <a class="button" href="/fleet">Fleet</a>
      </p>
    </section>
  );
}

function now(presence: Presence | null): string {
  if (presence === null) return "It has ended.";
  if (presence.draining) return "It drains: it gives its packs back, and ends.";
  return presence.packs.length === 0
    ? "It is idle, and hears of it with its next claim."
    : "It hears of it with its next report or renewal; the Fleet page shows it as draining then.";
}
