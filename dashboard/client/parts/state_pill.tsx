/** A sweep's, a trial's or a worker's state: a word with a mark, never a colour alone. */
import type { VNode } from "preact";
import type { FleetRow } from "../fleet/fleet_model.ts";
import type { ShownStatus, WorkerRow } from "../model.ts";
import type { ShownTrialStatus } from "../trials/trials_model.ts";

type ShownState = ShownStatus | ShownTrialStatus | WorkerRow["state"] | FleetRow["state"];

const MARKS: Readonly<Record<ShownState, string>> = {
  queued: "○",
  running: "▶",
  paused: "❚❚",
  interrupted: "◌",
  completed: "✓",
  pruned: "✂\ufe0e",
  diverged: "∞",
  failed: "✕",
  cancelled: "■",
  training: "▶",
  idle: "○",
  draining: "◐",
  quarantined: "⊘",
  stale: "◌",
  gone: "✕",
};

/** The pill of a state. */
export function StatePill(
  { state }: { readonly state: ShownState },
): VNode {
  return (
    <span class={`pill pill-${state}`}>
      <span class="mark" aria-hidden="true">{MARKS[state]}</span>
      {state}
    </span>
  );
}
