/** The state of a race: which configurations still get replicates, and which were told to be worse. */
import type { ConfigurationId } from "./ids.ts";

/** `replicates: auto`: replicates go to the configurations that may still be the best. */
export interface RacingPolicy {
  /** Replicates of a configuration at most. */
  readonly max: number;
}

/** What the last complete round decided, and what was decided in all of them. */
export interface RaceState {
  /** Rounds decided so far. */
  readonly round: number;
  /** Told to be worse, in this round or an earlier one: they get no more. */
  readonly dropped: readonly ConfigurationId[];
  /** Those that get more, up to `replicates` each; none where the race is over. */
  readonly raised: readonly ConfigurationId[];
  readonly replicates: number;
}

/** One round's part of the state. */
export interface RoundDecision extends Omit<RaceState, "dropped"> {
  /** Told to be worse in this round. */
  readonly dropped: readonly ConfigurationId[];
}

/** A race before its first round is complete. */
export const BEFORE_RACE: RaceState = { round: 0, dropped: [], raised: [], replicates: 0 };

/**
 * The state after one more round.
 * @throws {RangeError} If it is not the next one.
 */
export function foldRound(state: RaceState, decision: RoundDecision): RaceState {
  const { round, raised, replicates } = decision;
  if (round !== state.round + 1) {
    throw new RangeError(`Cannot decide round ${round} of a race: it is after ${state.round}`);
  }
  return { round, raised, replicates, dropped: [...state.dropped, ...decision.dropped] };
}
