/** A sweep's or a worker's state: a word with a mark, never a colour alone. */
import type { VNode } from "preact";
import type { SweepStatus } from "../../core/domain/sweep.ts";
import type { WorkerRow } from "./model.ts";

const MARKS: Readonly<Record<SweepStatus | WorkerRow["state"], string>> = {
  running: "▶",
  paused: "❚❚",
  completed: "✓",
  failed: "✕",
  cancelled: "■",
  training: "▶",
  idle: "○",
  draining: "◐",
  quarantined: "⊘",
  gone: "✕",
};

/** The pill of a state. */
export function StatePill(
  { state }: { readonly state: SweepStatus | WorkerRow["state"] },
): VNode {
  return (
    <span class={`pill pill-${state}`}>
      <span class="mark" aria-hidden="true">{MARKS[state]}</span>
      {state}
    </span>
  );
}
