/** How fresh the page is, in the header: it says so when it does not know. */
import type { VNode } from "preact";
import { formatInstant } from "../parts/format.ts";
import type { Connection } from "./live_stream.ts";

/** How the page stands to the truth. */
export type PillState =
  | Connection
  /** The reader wants no news. */
  | { readonly state: "paused" }
  /** The connection is there, but the journal is out of reach. */
  | { readonly state: "stale"; readonly since: number }
  /** The sweep is over. */
  | { readonly state: "ended" };

/** What the pill needs; times are the browser's clock. */
export interface ConnectionPillProps {
  readonly state: PillState;
  readonly now: number;
  /** When the last byte of truth came. */
  readonly freshAt: number;
  /** Whether the server has another version of this page by now. */
  readonly isNewer: boolean;
  /** Pauses, or goes on. */
  readonly onPause: () => void;
}

/** The pill: a button that pauses. */
export function ConnectionPill(props: ConnectionPillProps): VNode {
  const { state, isNewer, onPause } = props;
  const isPaused = state.state === "paused";
  return (
    <>
      <button
        type="button"
        class={`connection connection-${state.state}`}
        data-connection={state.state}
        data-lost={isLost(props)}
        aria-pressed={isPaused}
        title={isPaused ? "Go on with live updates" : "Pause live updates"}
        onClick={onPause}
      >
        <span class="lamp" aria-hidden="true" />
        {textOf(props)}
      </button>
      {isNewer && (
        <a class="connection connection-newer" href="" data-newer>
          <span>a new version is served:</span> reload
        </a>
      )}
    </>
  );
}

/** Whether what the page shows grows old: it stays so while the server is asked again in vain. */
function isLost({ state, now, freshAt }: ConnectionPillProps): boolean | undefined {
  return state.state === "waiting" || state.state === "connecting" && now - freshAt > 3_000 ||
    undefined;
}

function textOf(props: ConnectionPillProps): string {
  const { state, now, freshAt } = props;
  switch (state.state) {
    case "live":
    case "paused":
      return state.state;
    case "ended":
      return "finished";
    case "stale":
      return since(state.since);
    case "connecting":
      return isLost(props) ? `connecting · ${since(freshAt)}` : "connecting";
    case "waiting": {
      const seconds = Math.max(0, Math.ceil((state.retryAt - now) / 1000));
      return `reconnecting in ${seconds} s · ${since(freshAt)}`;
    }
    default:
      return state satisfies never;
  }
}

function since(at: number): string {
  return `stale since ${formatInstant(at).slice(11, 19)} UTC`;
}
