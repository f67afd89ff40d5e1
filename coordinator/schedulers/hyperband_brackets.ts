/** How many trials Hyperband's brackets have, where they pause, and which number belongs to which. */
import { requireInteger, rungEpochs, type RungOptions } from "./rungs.ts";

/** One run of successive halving within Hyperband. */
export interface Bracket {
  /** s: how often it halves. */
  readonly bracket: number;
  /** n: how many trials begin in it. */
  readonly trials: number;
  /** r_0 … r_{s−1}: where its trials pause; r_s = R is their end. */
  readonly rungs: readonly number[];
}

/**
 * The brackets s = s_max … 0 of one round (Li et al., 2018, Algorithm 1, lines 1–4), with
 * s_max = ⌊log_η(R/r)⌋, n = ⌈(s_max + 1)·η^s / (s + 1)⌉ and r_i = ⌊R·η^(i − s)⌋. All in integers, so
 * exact powers have all their brackets: R/r = 243, η = 3 has 6.
 *
 * The code that the paper's authors published rounds (s_max + 1) / (s + 1) down first, which gives
 * n = 81, 27, 9, 6, 5 for R = 81, η = 3; the algorithm as printed, which is what we follow, gives 81,
 * 34, 15, 8, 5.
 * @throws {RangeError} As `rungEpochs`.
 */
export function hyperbandBrackets(options: RungOptions): readonly Bracket[] {
  const { maxEpochs, eta } = options;
  // Where r is beyond R there is one bracket all the same: trials that train to their end.
  const count = Math.max(1, rungEpochs(options).length);
  return Array.from({ length: count }, (_, index) => {
    const bracket = count - 1 - index;
    const weight = count * eta ** bracket;
    return {
      bracket,
      trials: Math.ceil(weight / (bracket + 1)),
      rungs: Array.from(
        { length: bracket },
        (_, i) => Math.floor(maxEpochs / eta ** (bracket - i)),
      ),
    };
  });
}

/**
 * The brackets of a round that has no more than `trials` trials: in proportion, by largest
 * remainders, each with one at least; where there are fewer trials than brackets, the first have them.
 * @throws {RangeError} If `trials` is no integer ≥ 1.
 */
export function shrinkBrackets(
  brackets: readonly Bracket[],
  trials: number,
): readonly Bracket[] {
  requireInteger(trials, "the number of trials", 1);
  const whole = brackets.reduce((sum, bracket) => sum + bracket.trials, 0);
  if (trials >= whole) return brackets;
  const kept = brackets.slice(0, trials);
  const sizes = apportion(kept.map((bracket) => bracket.trials), trials);
  return kept.map((bracket, index) => ({ ...bracket, trials: sizes[index] ?? 1 }));
}

/** `total` ≥ the number of weights in whole parts ≥ 1, by Hamilton's method of largest remainders. */
function apportion(weights: readonly number[], total: number): readonly number[] {
  const sum = weights.reduce((before, weight) => before + weight, 0);
  const parts = weights.map((weight) => Math.floor(total * weight / sum));
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: total * weight % sum }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const missing = total - parts.reduce((before, part) => before + part, 0);
  for (const { index } of byRemainder.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1;
  for (let empty = parts.indexOf(0); empty >= 0; empty = parts.indexOf(0)) {
    const largest = parts.indexOf(Math.max(...parts));
    parts[largest] = (parts[largest] ?? 0) - 1;
    parts[empty] = 1;
  }
  return parts;
}

/** A trial's place in Hyperband. */
export interface BracketPlace {
  /** From 0: how often all brackets have been filled before. */
  readonly round: number;
  readonly bracket: Bracket;
}

/**
 * Which trial begins in which bracket: by number, round after round, each round's brackets from the
 * one that halves most often. Where the number of trials is known, the last round has those that are
 * left, in proportion.
 */
export class BracketPlan {
  readonly #brackets: readonly Bracket[];
  readonly #round: number;
  readonly #lastRound: number;
  readonly #lastBrackets: readonly Bracket[];

  /** @throws {RangeError} As `rungEpochs`, or if `trials` is neither null nor an integer ≥ 1. */
  constructor(options: RungOptions, { trials }: { readonly trials: number | null }) {
    this.#brackets = hyperbandBrackets(options);
    this.#round = this.#brackets.reduce((sum, bracket) => sum + bracket.trials, 0);
    if (trials === null) {
      this.#lastRound = Infinity;
      this.#lastBrackets = this.#brackets;
    } else {
      requireInteger(trials, "the number of trials", 1);
      this.#lastRound = Math.ceil(trials / this.#round) - 1;
      this.#lastBrackets = shrinkBrackets(this.#brackets, trials - this.#lastRound * this.#round);
    }
  }

  /** Where the trial with this number is; one beyond the known number trains to its end. */
  place(trial: number): BracketPlace {
    const round = this.roundOf(trial);
    let rest = trial - round * this.#round;
    for (const bracket of this.bracketsOf(round)) {
      if (rest < bracket.trials) return { round, bracket };
      rest -= bracket.trials;
    }
    return { round, bracket: { bracket: 0, trials: 1, rungs: [] } };
  }

  /** The round that the number lies in. */
  roundOf(trial: number): number {
    return Math.floor(trial / this.#round);
  }

  /** The brackets of a round. */
  bracketsOf(round: number): readonly Bracket[] {
    return round === this.#lastRound ? this.#lastBrackets : this.#brackets;
  }

  /** Where the trials of a bracket pause; nowhere, if there is no such bracket. */
  rungsOf(bracket: number): readonly number[] {
    return this.#brackets.find((each) => each.bracket === bracket)?.rungs ?? [];
  }
}
