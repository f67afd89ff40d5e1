/** How fresh the page is, in the header: it says so when it does not know. */
import type { VNode } from "preact";
import { formatInstant } from "../parts/format.ts";
import type { Connection } from "./live_stream.ts";

/** What the pill needs; times are the browser's clock. */
export interface ConnectionPillProps {
  readonly connection: Connection;
  readonly now: number;
  /** When the last byte of truth came. */
  readonly freshAt: number;
}

/** The pill. */
export function ConnectionPill({ connection, now, freshAt }: ConnectionPillProps): VNode {
  const stale = `stale since ${formatInstant(freshAt).slice(11, 19)} UTC`;
  switch (connection.state) {
    case "live":
      return pill("live", "live");
    case "ended":
      return pill("ended", "final");
    case "connecting":
      return pill("connecting", now - freshAt > 3_000 ? `connecting · ${stale}` : "connecting");
    case "waiting": {
      const seconds = Math.max(0, Math.ceil((connection.retryAt - now) / 1000));
      return pill("waiting", `reconnecting in ${seconds} s · ${stale}`);
    }
    default:
      return connection satisfies never;
  }
}

function pill(state: Connection["state"], text: string): VNode {
  return (
    <span class={`connection connection-${state}`} data-connection={state}>
      <span class="lamp" aria-hidden="true" />
      {text}
    </span>
  );
}
