/** What a sweep's results allow to be said: a winner, or ties, and how much of it is selection. */
import type { ConfigurationId } from "../domain/ids.ts";
import {
  type Contender,
  meanOf,
  type Standing,
  type Standings,
  standingsOf,
} from "../domain/comparison/standings.ts";
import { type SelectionEffect, selectionEffect } from "../domain/comparison/selection_effect.ts";
import type { SweepLedger, Trial } from "../domain/sweep_ledger.ts";
import { isOver } from "../domain/sweep.ts";
import { bestRows } from "./best_rows.ts";
import type { LeaderboardRow } from "./leaderboard_row.ts";
import { raceSentences, raceStandings } from "./race_conclusion.ts";

/** What can be said of the ranking. */
export interface Conclusion extends Standings {
  /** Null with a single configuration, or without two replicates that all of them have. */
  readonly selection: SelectionEffect | null;
  /** For people, a sentence each; empty where there is nothing to compare. */
  readonly sentences: readonly string[];
}

/** Configurations that are compared at most, the best ones: a reader must not wait for thousands. */
export const MOST_COMPARED = 200;

/**
 * Compares the configurations whose completed replicates are finite, the best {@link MOST_COMPARED}
 * of them; the sentences say where there are more. In a race those are tied which are still in it.
 * While a sweep goes on, its sentences speak of what it came to "so far": who looks often enough sees
 * a winner by chance, and the level of the tests is that of a single look.
 *
 * Who has the leaderboard at hand gives it along: then only the best are looked at.
 */
export function conclude(
  ledger: SweepLedger,
  leaderboard: readonly LeaderboardRow[] | null = null,
): Conclusion {
  const { goal } = ledger.spec.metric;
  const found = contendersOf(
    leaderboard === null ? ledger : { trials: trialsOf(leaderboard) },
  );
  const contenders = firstOf(found, ledger);
  const all = leaderboard?.filter(({ estimate }) => estimate !== null) ?? found;
  const selection = selectionEffect(contenders.map(({ values }) => values), goal);
  const standings = ledger.spec.racing === undefined
    ? standingsOf(contenders, goal)
    : raceStandings(contenders, ledger);
  const soFar = isOver(ledger.status) ? "" : " so far";
  const sentences = ledger.spec.racing === undefined ? sentencesOf(standings, selection, soFar) : [
    ...raceSentences(standings, ledger),
    ...selectionSentences(selection, `${firstReplicates(selection)}${soFar}`),
  ];
  const isPart = sentences.length > 0 && contenders.length < all.length;
  const part = `Only the best ${contenders.length} of ${all.length} configurations are compared.`;
  return { ...standings, selection, sentences: isPart ? [...sentences, part] : sentences };
}

/** Who cannot be told from the best, itself included, where anything was compared and nobody won. */
export function tiedWithBest(
  { standings, winner, sentences }: Conclusion,
): ReadonlySet<ConfigurationId> {
  if (winner !== null || sentences.length === 0) return new Set();
  return new Set(standings.filter(({ isTied }) => isTied).map((row) => row.configuration));
}

/** The best of the contenders; of a race, those that are still in it come first. */
function firstOf(contenders: readonly Contender[], ledger: SweepLedger): readonly Contender[] {
  if (contenders.length <= MOST_COMPARED) return contenders;
  const sign = ledger.spec.metric.goal === "maximize" ? -1 : 1;
  const dropped = new Set(ledger.race.dropped);
  return contenders
    .map((contender) => ({
      contender,
      place: dropped.has(contender.configuration) ? 1 : 0,
      mean: sign * meanOf(contender.values),
    }))
    .sort((a, b) => a.place - b.place || a.mean - b.mean)
    .slice(0, MOST_COMPARED)
    .map(({ contender }) => contender);
}

/** In the ledger's order, because that decides between equal ones. */
function trialsOf(leaderboard: readonly LeaderboardRow[]): readonly Trial[] {
  return bestRows(leaderboard, MOST_COMPARED).flatMap(({ trials }) => trials)
    .sort((a, b) => a.id - b.id);
}

/** The objective by replicate of each configuration that has one and diverged nowhere. */
export function contendersOf(ledger: Pick<SweepLedger, "trials">): readonly Contender[] {
  const values = new Map<ConfigurationId, Map<number, number>>();
  const diverged = new Set<ConfigurationId>();
  for (const { configuration, replicate, state } of ledger.trials) {
    if (state.status !== "completed") continue;
    if (state.objective.kind === "diverged") {
      diverged.add(configuration);
      continue;
    }
    const known = values.get(configuration) ?? new Map<number, number>();
    values.set(configuration, known.set(replicate, state.objective.value));
  }
  return [...values]
    .filter(([configuration]) => !diverged.has(configuration))
    .map(([configuration, found]) => ({ configuration, values: found }));
}

/** A race gives unequal numbers of replicates: what all have is less than what the best has. */
function firstReplicates(selection: SelectionEffect | null): string {
  return selection === null ? "" : ` over the ${selection.n} replicates that all have`;
}

function sentencesOf(
  { standings, winner }: Standings,
  selection: SelectionEffect | null,
  /** What makes it known that more is to come; empty when all is in. */
  soFar: string,
): readonly string[] {
  const others = standings.slice(1);
  const compared = others.filter(({ comparison }) => comparison !== null);
  if (compared.length === 0) return [];
  return [
    winner === null ? tieSentence(others, soFar) : winnerSentence(winner, compared, soFar),
    ...selectionSentences(selection, soFar),
  ];
}

function winnerSentence(
  winner: ConfigurationId,
  others: readonly Standing[],
  soFar: string,
): string {
  const largest = Math.max(...others.map(({ adjustedP }) => adjustedP ?? 1));
  const whom = others.length === 1 ? "the other one" : `all ${others.length} others`;
  return `Configuration ${winner} is better than ${whom}${soFar}: ${probability(largest)}, ` +
    `${methodOf(others)}.`;
}

function tieSentence(others: readonly Standing[], soFar: string): string {
  const tied = others.filter(({ isTied }) => isTied);
  const verb = tied.length === 1 ? "configuration cannot" : "configurations cannot";
  const needs = tied.flatMap(({ moreReplicates }) => moreReplicates ?? []);
  const advice = needs.length === 0
    ? ""
    : ` About ${Math.min(...needs)} more ${
      Math.min(...needs) === 1 ? "replicate" : "replicates"
    } ` +
      `of each would tell the clearest of them, if it is as far off as it looks.`;
  return `No winner${soFar}: ${tied.length} other ${verb} be told from the best at the 5 % level ` +
    `(${methodOf(others)}).${advice}`;
}

/** How it was tested, over how many pairs. */
function methodOf(others: readonly Standing[]): string {
  const found = others.flatMap(({ comparison }) => comparison === null ? [] : [comparison]);
  const tests = [...new Set(found.map(({ estimator }) => estimator))].sort();
  const counts = found.map(({ n }) => n);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const n = least === most ? `n = ${least}` : `n = ${least} to ${most}`;
  return `${
    tests.join(" or ")
  } test over common seeds, ${n}, Holm's correction for ${found.length}`;
}

function selectionSentences(
  selection: SelectionEffect | null,
  where = "",
): readonly string[] {
  if (selection === null || selection.flattery <= 0) return [];
  const { reported, unbiased, flattery, configurations, n } = selection;
  return [
    `The best mean${where}, ${significant(reported)}, is that of the best of ${configurations}: ` +
    `${significant(flattery)} of it is owed to the choice; on replicates that did not choose it ` +
    `is ${significant(unbiased)} (leave one replicate out, n = ${n}).`,
  ];
}

/** Smaller ones say no more: they rest on the assumptions, not on the data. */
function probability(p: number): string {
  return p < 1e-4 ? "p < 0.0001" : `p ≤ ${significant(p)}`;
}

function significant(value: number): string {
  if (value === 0) return "0";
  return Math.abs(value) < 1e-4 ? value.toExponential(1) : `${Number(value.toPrecision(4))}`;
}
