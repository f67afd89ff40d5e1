/**
 * Training in miniature. A lane is one number, and every epoch makes the next one out of it: a metric
 * tells whether each epoch before it was trained exactly once, in order, from the right state.
 */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { Metrics } from "../../core/domain/sweep_event.ts";

/** What a lane's training depends on. */
export interface ToyLane {
  readonly trial: number;
  readonly replicate: number;
  readonly hyperparameters: Hyperparameters;
}

/** A lane after some epochs; null: it diverged at that epoch. */
export type ToyState = number | null;

/** The state before the first epoch. */
export function firstState(seed: number, { trial, replicate, hyperparameters }: ToyLane): number {
  const text = JSON.stringify([seed, trial, replicate, Object.entries(hyperparameters).sort()]);
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = mix(state, text.charCodeAt(i));
  return state;
}

/** The state after one more epoch. */
export function nextState(state: number, epoch: number): ToyState {
  const next = mix(state, epoch);
  // About one trial in ten meets it on its way.
  return next % 400 === 0 ? null : next;
}

/** What is measured in a state. */
export function metricsOf(state: number): Metrics {
  return { train_loss: state / 2 ** 33, val_loss: state / 2 ** 32 };
}

/** The states after epochs 1 to `epochs`, or to the epoch in which the lane diverges. */
export function statesOf(seed: number, lane: ToyLane, epochs: number): readonly ToyState[] {
  const states: ToyState[] = [];
  let state: ToyState = firstState(seed, lane);
  for (let epoch = 1; epoch <= epochs && state !== null; epoch++) {
    state = nextState(state, epoch);
    states.push(state);
  }
  return states;
}

/** How long an epoch takes, in milliseconds. */
export function durationOf(states: readonly number[]): number {
  return 4 + (states[0] ?? 0) % 16;
}

/** The finisher of MurmurHash3 (Appleby) over a state and one more number. */
function mix(state: number, value: number): number {
  let hash = Math.imul(state ^ value, 0x01000193) ^ (state >>> 15);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
