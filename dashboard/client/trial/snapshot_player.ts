/** Plays the snapshots of a fit: each for a while, from the first one again after the last. */
/// <reference lib="dom" />
import { type Signal, signal } from "@preact/signals";
import type { TrialSnapshot } from "./trial_model.ts";
import type { Player } from "./trial_page_props.ts";

/** How long a snapshot is seen. */
const STEP_MS = 600;

/** What is played, and how it is shown. */
export interface Playable {
  readonly epochs: () => readonly number[];
  /** The epoch that stands out; null: the last. */
  readonly current: () => number | null;
  readonly show: (epoch: number | null) => void;
}

/** The epochs of a fit's snapshots; none where there is no fit. */
export function epochsOf({ result }: Pick<TrialSnapshot, "result">): readonly number[] {
  if (result.kind === "none" || result.picture?.kind !== "fit") return [];
  return result.picture.snapshots.map(({ epoch }) => epoch);
}

/** The epoch after one; null: the last, which is the result. After it comes the first again. */
export function nextEpoch(epochs: readonly number[], current: number | null): number | null {
  const at = current === null ? epochs.length - 1 : epochs.indexOf(current);
  const next = (at + 1) % epochs.length;
  return next === epochs.length - 1 ? null : epochs[next] ?? null;
}

/** The player. It plays once through; whoever wants no motion gets one snapshot a press. */
export class SnapshotPlayer {
  readonly #playable: Playable;
  readonly #timer: Signal<ReturnType<typeof setInterval> | null> = signal(null);
  readonly #quiet: MediaQueryList = matchMedia("(prefers-reduced-motion: reduce)");

  constructor(playable: Playable) {
    this.#playable = playable;
  }

  /** As the button shows it; undefined where there is nothing to play. */
  get state(): Player | undefined {
    if (this.#playable.epochs().length < 2) return undefined;
    return {
      isPlaying: this.#timer.value !== null,
      isStepping: this.#quiet.matches,
      onPress: () => this.#press(),
    };
  }

  #press(): void {
    if (this.#timer.value !== null) return this.#stop();
    this.#step();
    if (this.#quiet.matches || this.#playable.current() === null) return;
    this.#timer.value = setInterval(() => {
      this.#step();
      if (this.#playable.current() === null) this.#stop();
    }, STEP_MS);
  }

  #step(): void {
    const { epochs, current, show } = this.#playable;
    show(nextEpoch(epochs(), current()));
  }

  #stop(): void {
    if (this.#timer.value !== null) clearInterval(this.#timer.value);
    this.#timer.value = null;
  }
}
