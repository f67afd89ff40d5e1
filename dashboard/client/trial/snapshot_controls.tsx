/** Plays the snapshots of a fit, each for a while, and goes to any of them by a slider. */
/// <reference lib="dom" />
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { SnapshotsProps } from "./snapshots_island.tsx";

/** How long a snapshot is seen. */
const STEP_MS = 600;

/** The snapshot after one; after the last, which is the result, comes the first again. */
export function nextSnapshot(count: number, current: number): number {
  return (current + 1) % count;
}

/** The controls. They play once through; whoever wants no motion gets one snapshot a press. */
export function SnapshotControls(
  { epochs, chosen, hrefs, onGo }: SnapshotsProps & { readonly onGo: (href: string) => void },
): VNode | null {
  const [isPlaying, setPlaying] = useState(false);
  const place = epochs.indexOf(chosen);
  const latest = useRef(place);
  latest.current = place;
  const show = (at: number): void => {
    const href = hrefs[at];
    if (href !== undefined) onGo(href);
  };
  const step = (): void => {
    const next = nextSnapshot(epochs.length, latest.current);
    show(next);
    if (next === epochs.length - 1) setPlaying(false);
  };
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(step, STEP_MS);
    return () => clearInterval(timer);
  }, [isPlaying]);
  if (epochs.length < 2) return null;
  const isStepping = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const press = (): void => {
    if (isPlaying) return setPlaying(false);
    step();
    setPlaying(!isStepping && nextSnapshot(epochs.length, place) !== epochs.length - 1);
  };
  return (
    <>
      <button type="button" class="button" onClick={press}>
        {isStepping ? "Next snapshot" : isPlaying ? "❚❚ Pause" : "▶ Play"}
      </button>
      <input
        type="range"
        min={0}
        max={epochs.length - 1}
        step={1}
        value={place}
        aria-label="Snapshot"
        aria-valuetext={`after epoch ${chosen}`}
        onInput={(event: InputEvent) => {
          const target = event.currentTarget;
          if (target !== null && "value" in target) show(Number(target.value));
        }}
      />
    </>
  );
}
