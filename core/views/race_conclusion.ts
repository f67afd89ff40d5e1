/** What a race allows to be said of its configurations, while it runs and when it is over. */
import { comparePaired } from "../domain/comparison/paired_comparison.ts";
import {
  type Contender,
  meanOf,
  type Standing,
  type Standings,
} from "../domain/comparison/standings.ts";
import type { SweepLedger } from "../domain/sweep_ledger.ts";
import { isOver } from "../domain/sweep.ts";

/**
 * The contenders, those that are still in the race first, best mean first. Who is in it is tied: its
 * tests keep their level only at complete rounds, so what lies between them decides nothing. The
 * comparisons are as of now; an adjusted p belongs to a round, and is not repeated.
 */
export function raceStandings(
  contenders: readonly Contender[],
  { race, spec }: Pick<SweepLedger, "race" | "spec">,
): Standings {
  const sign = spec.metric.goal === "maximize" ? 1 : -1;
  const dropped = new Set(race.dropped);
  const ordered = contenders
    .map((contender) => ({
      ...contender,
      isTied: !dropped.has(contender.configuration),
      mean: meanOf(contender.values),
    }))
    .sort((a, b) =>
      Number(b.isTied) - Number(a.isTied) || sign * (b.mean - a.mean) ||
      a.configuration - b.configuration
    );
  const [best, second] = ordered;
  const standings = ordered.map(({ configuration, values, mean, isTied }): Standing => ({
    configuration,
    mean,
    comparison: best === undefined || best.configuration === configuration
      ? null
      : comparePaired(best.values, values),
    adjustedP: null,
    isTied,
    moreReplicates: null,
  }));
  const isAlone = best !== undefined && second !== undefined && best.isTied && !second.isTied;
  return { standings, winner: isAlone ? best.configuration : null };
}

/** For people, a sentence each; none where there is nothing to race against. */
export function raceSentences(
  { standings, winner }: Standings,
  ledger: SweepLedger,
): readonly string[] {
  const { race, status } = ledger;
  const others = standings.length - 1;
  if (others < 1 || standings.every(({ comparison }) => comparison === null)) return [];
  const how = `paired t or exact sign-flip test over common seeds at each round's end, 5 % error ` +
    `shared out over rounds and comparisons`;
  const rounds = `${race.round} ${race.round === 1 ? "round" : "rounds"}`;
  if (winner !== null) {
    const whom = others === 1 ? "the other one" : `all ${others} others`;
    const soFar = isOver(status) ? "" : " so far";
    return [
      `Configuration ${winner} is better than ${whom}${soFar}: a race of ${rounds} (${how}).`,
    ];
  }
  const tied = standings.filter(({ isTied }) => isTied).length - 1;
  if (!isOver(status)) {
    return [
      `The race goes on: after ${rounds} ${tied} of ${others} ` +
      `others cannot be told from the best so far.`,
    ];
  }
  const verb = tied === 1 ? "configuration cannot" : "configurations cannot";
  return [
    `No winner: ${tied} other ${verb} be told from the best in a race of ${rounds} (${how}). ` +
    `${whyOver(standings, ledger)}`,
  ];
}

/** Why it did not go on. */
function whyOver(
  standings: Standings["standings"],
  { spec, trials, status }: SweepLedger,
): string {
  if (status === "cancelled") return "It was stopped.";
  if (spec.runCap !== null && trials.length >= spec.runCap) {
    return `Its ${spec.runCap} trials (run_cap) are used up.`;
  }
  const [best] = standings;
  const asked = trials.filter(({ configuration }) => configuration === best?.configuration).length;
  return `It ended at ${asked} replicates of each, at most ${spec.racing?.max ?? asked}.`;
}
