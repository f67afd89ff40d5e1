/** A sweep's or a worker's state: a word with a mark, never a colour alone. */
import type { VNode } from "preact";
import type { ShownStatus, WorkerRow } from "./model.ts";

const MARKS: Readonly<Record<ShownStatus | WorkerRow["state"], string>> = {
  running: "▶",
  paused: "❚❚",
  interrupted: "◌",
  completed: "✓",
  failed: "✕",
  cancelled: "■",
  training: "▶",
  idle: "○",
  draining: "◐",
  gone: "✕",
};

/** The pill of a state. */
export function StatePill(
  { state }: { readonly state: ShownStatus | WorkerRow["state"] },
): VNode {
  return (
    <span class={`pill pill-${state}`}>
      <span class="mark" aria-hidden="true">{MARKS[state]}</span>
      {state}
    </span>
  );
}
