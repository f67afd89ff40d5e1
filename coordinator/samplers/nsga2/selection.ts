/** Who lives on and who has children (Deb et al., 2002: NSGA-II, §III-B and III-C). */
import { crowdingDistances } from "../../../core/domain/pareto/crowding_distance.ts";
import type { Losses } from "../../../core/domain/pareto/dominance.ts";
import { nonDominatedRanks } from "../../../core/domain/pareto/non_dominated_ranks.ts";
import type { Rng } from "../../../core/domain/rng.ts";

/** Something with losses, and its standing among others. */
export interface Ranked<Item> {
  readonly item: Item;
  readonly rank: number;
  /** Its crowding distance among those of its rank. */
  readonly crowding: number;
}

/** The best `limit` of the items: by rank, then the lonelier first, then in the order given. */
export function survivors<Item extends { readonly losses: Losses }>(
  items: readonly Item[],
  limit: number,
): readonly Ranked<Item>[] {
  const ranks = nonDominatedRanks(items.map(({ losses }) => losses));
  const membersByRank = new Map<number, Item[]>();
  for (const [index, item] of items.entries()) {
    const rank = ranks[index] ?? 0;
    const members = membersByRank.get(rank);
    if (members === undefined) membersByRank.set(rank, [item]);
    else members.push(item);
  }
  const sorted = [...membersByRank.entries()].sort(([a], [b]) => a - b).flatMap(
    ([rank, members]) => {
      const distances = crowdingDistances(members.map(({ losses }) => losses));
      return members.map((item, i) => ({ item, rank, crowding: distances[i] ?? 0 })).sort(compare);
    },
  );
  return sorted.slice(0, limit);
}

/** The better of two that are drawn at random. */
export function tournament<Item>(population: readonly Ranked<Item>[], rng: Rng): Item | null {
  const a = population[rng.below(population.length)];
  const b = population[rng.below(population.length)];
  if (a === undefined || b === undefined) return null;
  return compare(b, a) < 0 ? b.item : a.item;
}

/** The crowded comparison: best first. */
function compare<Item>(a: Ranked<Item>, b: Ranked<Item>): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.crowding === b.crowding) return 0;
  return a.crowding > b.crowding ? -1 : 1;
}
