/** What a race decides when a round of it is complete: a function of the ledger alone. */
import { toldWorse } from "../../core/domain/comparison/race_round.ts";
import type { Contender } from "../../core/domain/comparison/standings.ts";
import type { ConfigurationId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { contendersOf } from "../../core/views/conclusion.ts";

/** The event of a complete round. */
export type RoundDecided = Extract<SweepEvent, { type: "roundDecided" }>;

/** At most so many times the replicates of before: a round costs what led to it, and no more. */
const GROWTH = 2;

/**
 * The decision on the round that is complete, or null: the sweep is no race, trials are still on
 * their way, or it is being stopped. Those that are told to be worse than the best get no more
 * replicates; nor do those that diverged or have no result. All others get twice as many as the one
 * of them with the fewest, within the race's maximum and the run cap; when that cannot be, or one is
 * left, nobody gets more, and the race is over.
 *
 * How many replicates a round has does not depend on how close the results are: else the tests would
 * not keep their level.
 */
export function nextRound(
  ledger: SweepLedger,
  { spec = ledger.spec }: { readonly spec?: SweepSpec } = {},
): RoundDecided | null {
  if (spec.racing === undefined || !ledger.isSettled || ledger.interventions.isStopBegun) {
    return null;
  }
  const round = ledger.race.round + 1;
  const before = new Set(ledger.race.dropped);
  const contenders = contendersOf(ledger);
  const dropped = toldWorse(contenders, { goal: spec.metric.goal, round, dropped: before });
  const out = before.union(new Set(dropped));
  const left = contenders.filter(({ configuration }) => !out.has(configuration));
  const asked = askedByConfiguration(ledger);
  const replicates = left.map(({ configuration }) => asked.get(configuration) ?? 0);
  const room = (spec.runCap ?? Infinity) - ledger.trials.length;
  const target = left.length < 2 ? 0 : targetOf(replicates, { max: spec.racing.max, room });
  const raised = left.filter((_, index) => (replicates[index] ?? 0) < target)
    .map(({ configuration }) => configuration);
  const message = tell({ left, dropped, raised, target });
  return { type: "roundDecided", round, dropped, raised, replicates: target, message };
}

/** How many replicates those that are left shall have; no more than they have if none can be had. */
function targetOf(
  replicates: readonly number[],
  { max, room }: { readonly max: number; readonly room: number },
): number {
  const least = Math.min(...replicates);
  const cost = (target: number): number =>
    replicates.reduce((sum, has) => sum + Math.max(0, target - has), 0);
  let target = Math.min(max, GROWTH * least);
  while (target > least && cost(target) > room) target--;
  return target;
}

function askedByConfiguration({ trials }: SweepLedger): ReadonlyMap<ConfigurationId, number> {
  const asked = new Map<ConfigurationId, number>();
  for (const { configuration } of trials) {
    asked.set(configuration, (asked.get(configuration) ?? 0) + 1);
  }
  return asked;
}

function tell(
  { left, dropped, raised, target }: Pick<RoundDecided, "dropped" | "raised"> & {
    readonly left: readonly Contender[];
    readonly target: number;
  },
): string {
  const told = `${dropped.length} told to be worse`;
  const [first] = left;
  if (first === undefined) return "no configuration has a result";
  if (left.length === 1) return `${told}; configuration ${first.configuration} is left`;
  const tied = `${told}; ${left.length} cannot be told apart`;
  return raised.length === 0
    ? `${tied}, and there are no more replicates to be had`
    : `${tied}: up to ${target} replicates for ${raised.length}`;
}
