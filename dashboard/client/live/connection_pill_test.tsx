import assert from "node:assert/strict";
import { renderHtml } from "../../pages/render_html.ts";
import { ConnectionPill, type PillState } from "./connection_pill.tsx";

function drawn(state: PillState, sinceMs: number): string {
  const now = Date.UTC(2026, 0, 1);
  const freshAt = now - sinceMs;
  const props = { state, now, freshAt, isNewer: false, onPause: () => {} };
  return renderHtml(<ConnectionPill {...props} />);
}

Deno.test("ConnectionPill marks a page as lost without a break while the server is asked in vain", () => {
  const retryAt = Date.UTC(2026, 0, 1) + 2_000;
  for (const state of [{ state: "waiting", retryAt }, { state: "connecting" }] as const) {
    assert.match(drawn(state, 60_000), /data-lost/);
    assert.match(drawn(state, 60_000), /stale since 23:59:00 UTC/);
  }
  for (const state of ["live", "paused", "ended"] as const) {
    assert.doesNotMatch(drawn({ state }, 60_000), /data-lost/);
  }
  assert.doesNotMatch(drawn({ state: "connecting" }, 500), /data-lost/, "a page that just came");
});
