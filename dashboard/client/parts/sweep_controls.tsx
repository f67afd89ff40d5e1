/** What can be asked of a sweep from its pages: plain forms and links, and what was asked last. */
import type { VNode } from "preact";
import type { Progress, SweepFacts } from "../model.ts";
import { serverOption } from "./empty_state.tsx";
import { formatInstant } from "./format.ts";

interface ControlsProps {
  readonly facts: SweepFacts;
  readonly progress: Progress;
}

/** The buttons that make sense in the sweep's state, and why others do not. */
export function SweepControls(
  { facts: { sweep }, progress }: ControlsProps,
  context?: unknown,
): VNode {
  const { status } = progress;
  const isLive = status === "running" || status === "paused";
  return (
    <div class="controls" role="group" aria-label="Control of this sweep">
      {status === "running" && <Ask sweep={sweep} action="pause">Pause</Ask>}
      {status === "paused" && <Ask sweep={sweep} action="resume">Resume</Ask>}
      {isLive && <a class="button" href={`/s/${sweep}/enqueue`}>Enqueue…</a>}
      {status !== "cancelled" && <a class="button" href={`/s/${sweep}/extend`}>Extend…</a>}
      {isLive && <a class="button final" href={`/s/${sweep}/stop`}>Stop…</a>}
      {status === "interrupted" && (
        <span class="note">
          Nobody coordinates it: <code>deno task trawl resume {sweep}{serverOption(context)}</code>
          {" "}
          goes on with it.
        </span>
      )}
      <LastDeed progress={progress} />
    </div>
  );
}

function Ask(
  { sweep, action, children }: {
    readonly sweep: string;
    readonly action: string;
    readonly children: string;
  },
): VNode {
  return (
    <form method="post" action={`/s/${sweep}/${action}`}>
      <button type="submit" class="button">{children}</button>
    </form>
  );
}

function LastDeed({ progress: { deed } }: Pick<ControlsProps, "progress">): VNode | null {
  if (deed === null) return null;
  const { text, at } = deed;
  return (
    <span class="note deed" title={formatInstant(at)}>{formatInstant(at).slice(11)}: {text}</span>
  );
}
