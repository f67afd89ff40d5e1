/** A leaderboard that follows its ledger: only what has changed is ranked anew. */
import type { ConfigurationId } from "../domain/ids.ts";
import { compareObjectives } from "../domain/objective.ts";
import type { RaceState } from "../domain/race.ts";
import type { SweepLedger, Trial } from "../domain/sweep_ledger.ts";
import type { SweepSpec } from "../domain/sweep_spec.ts";
import { type LeaderboardRow, rowOf } from "./leaderboard_row.ts";

/** What every row is made of beside its trials. */
interface Basis {
  readonly spec: SweepSpec;
  readonly race: RaceState;
}

/** The leaderboard of one ledger. */
export class GrowingLeaderboard {
  readonly #ledger: SweepLedger;
  /** The trials that the rows were made of, by their ids. */
  #seen: Trial[] = [];
  #trials = new Map<ConfigurationId, readonly Trial[]>();
  #rows: readonly LeaderboardRow[] = [];
  #basis: Basis | null = null;

  constructor(ledger: SweepLedger) {
    this.#ledger = ledger;
  }

  /** All configurations with a completed trial at present, best first. */
  rows(): readonly LeaderboardRow[] {
    const { spec, race } = this.#ledger;
    if (this.#basis?.spec !== spec || this.#basis.race !== race) {
      this.#seen = [];
      this.#trials = new Map();
      this.#rows = [];
      this.#basis = { spec, race };
    }
    const changed = this.#changed();
    if (changed.size > 0) this.#rows = this.#ranked(changed);
    return this.#rows;
  }

  /** Records of trials are replaced, never changed: what is the same object says the same. */
  #changed(): ReadonlySet<ConfigurationId> {
    const changed = new Set<ConfigurationId>();
    for (const [id, trial] of this.#ledger.trials.entries()) {
      if (this.#seen[id] === trial) continue;
      this.#seen[id] = trial;
      const { configuration } = trial;
      changed.add(configuration);
      // A row that was given away keeps its trials: the list is another one from now on. One that
      // grows by pushing has room for sixteen more, for each of 100,000 configurations.
      const known = this.#trials.get(configuration) ?? [];
      const place = known.findIndex((one) => one.id === id);
      this.#trials.set(configuration, place < 0 ? known.concat(trial) : known.with(place, trial));
    }
    return changed;
  }

  #ranked(changed: ReadonlySet<ConfigurationId>): readonly LeaderboardRow[] {
    const dropped = new Set(this.#ledger.race.dropped);
    const fresh = [...changed].flatMap((configuration): LeaderboardRow[] => {
      const trials = this.#trials.get(configuration) ?? [];
      const row = rowOf(this.#ledger, { trials, dropped });
      return row === null ? [] : [{ rank: 0, ...row }];
    });
    fresh.sort((a, b) => this.#compare(a, b));
    const kept = this.#rows.filter(({ configuration }) => !changed.has(configuration));
    return this.#withRanks(this.#merged(kept, fresh));
  }

  #merged(
    kept: readonly LeaderboardRow[],
    fresh: readonly LeaderboardRow[],
  ): readonly LeaderboardRow[] {
    const merged: LeaderboardRow[] = [];
    let from = 0;
    for (const row of fresh) {
      const to = this.#placeOf(row, kept, from);
      for (let place = from; place < to; place++) merged.push(kept[place] ?? row);
      merged.push(row);
      from = to;
    }
    return merged.concat(from === 0 ? kept : kept.slice(from));
  }

  /** How many of the rows stand above one, of which at least `from` do. */
  #placeOf(row: LeaderboardRow, rows: readonly LeaderboardRow[], from: number): number {
    let [low, high] = [from, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = rows[middle];
      if (other !== undefined && this.#compare(other, row) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #withRanks(rows: readonly LeaderboardRow[]): readonly LeaderboardRow[] {
    let above: LeaderboardRow | null = null;
    let rank = 0;
    const ranked: LeaderboardRow[] = [];
    for (const row of rows) {
      if (above === null || !this.#isTie(above, row)) rank = ranked.length + 1;
      above = row;
      ranked.push(row.rank === rank ? row : { ...row, rank });
    }
    return ranked;
  }

  /** What was dropped from a race comes last; equal ones in the order in which they were asked for. */
  #compare(a: LeaderboardRow, b: LeaderboardRow): number {
    return Number(a.isDropped) - Number(b.isDropped) || this.#compareResults(a, b) ||
      (a.trials[0]?.id ?? 0) - (b.trials[0]?.id ?? 0);
  }

  /** Of rows as they were: two that had places already are told apart by these. */
  #isTie(a: LeaderboardRow, b: LeaderboardRow): boolean {
    if (a.rank > 0 && b.rank > 0) return a.rank === b.rank;
    return a.isDropped === b.isDropped && this.#compareResults(a, b) === 0;
  }

  #compareResults(a: LeaderboardRow, b: LeaderboardRow): number {
    return compareObjectives(a.objective, b.objective, this.#ledger.spec.metric.goal);
  }
}
