import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTrialId } from "../../core/domain/ids.ts";
import { FrontRanking } from "./front_ranking.ts";
import { rankLosses } from "./rank_losses.ts";
import { SortedRanking } from "./sorted_ranking.ts";
import golden from "./testdata/optuna.json" with { type: "json" };

Deno.test("rankLosses() sorts one objective ascending, equal ones as given, and what is no number last", () => {
  assert.deepEqual(rankLosses([[3], [1], [NaN], [2], [1], [-Infinity]]), [1, 4, 3, 0, 2, 5]);
  assert.deepEqual(rankLosses([]), []);
});

Deno.test("rankLosses() ranks by the fronts and crowding distances that Optuna finds", () => {
  for (const { losses, ranks, crowding } of golden.fronts) {
    const order = rankLosses(losses);
    assert.deepEqual([...order].sort((a, b) => a - b), [...losses.keys()]);
    assert.deepEqual(
      order.map((index) => ranks[index]),
      [...ranks].sort((a, b) => a - b),
    );
    for (const [place, index] of order.slice(1).entries()) {
      const before = order[place]!;
      if (ranks[before] !== ranks[index]) continue;
      const [wide, narrow] = [crowding[before] ?? Infinity, crowding[index] ?? Infinity];
      assert(wide >= narrow - 1e-9, `${before} (${wide}) before ${index} (${narrow})`);
    }
  }
});

Deno.test("rankLosses() peels the fronts that the definition gives, for any number of objectives", () => {
  const dominates = (a: readonly number[], b: readonly number[]): boolean =>
    a.every((loss, i) => loss <= b[i]!) && a.some((loss, i) => loss < b[i]!);
  const vectors = fc.integer({ min: 2, max: 4 }).chain((objectives) =>
    fc.array(
      fc.array(fc.integer({ min: 0, max: 5 }), { minLength: objectives, maxLength: objectives }),
      { maxLength: 40 },
    )
  );
  fc.assert(fc.property(vectors, (losses) => {
    const order = rankLosses(losses);
    const left = new Set(losses.keys());
    let place = 0;
    while (left.size > 0) {
      const front = new Set(
        [...left].filter((i) => ![...left].some((j) => dominates(losses[j]!, losses[i]!))),
      );
      assert.deepEqual(new Set(order.slice(place, place + front.size)), front);
      place += front.size;
      for (const i of front) left.delete(i);
    }
  }));
});

Deno.test("rankLosses() puts vectors with a NaN or an infinity behind dominated ones", () => {
  assert.deepEqual(rankLosses([[0, NaN], [5, 5], [1, 1], [0, Infinity]]), [2, 1, 0, 3]);
});

Deno.test("SortedRanking and FrontRanking agree on one objective, whatever was replaced and waits", () => {
  const changes = fc.array(fc.tuple(
    fc.integer({ min: 0, max: 12 }),
    fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(Infinity)),
    fc.boolean(),
  ));
  fc.assert(fc.property(changes, (changes) => {
    const sorted = new SortedRanking();
    const fronts = new FrontRanking();
    const last = new Map<number, number>();
    for (const [number, loss, isWaiting] of changes) {
      const trial = parseTrialId(number);
      for (const ranking of [sorted, fronts]) {
        ranking.set(trial, [loss]);
        ranking.setWaiting(trial, isWaiting);
      }
      last.set(number, loss);
      assert.equal(sorted.size, last.size);
      const waiting = [...fronts.waiting()].map(({ trial, rank, isFinite }) => ({
        trial,
        rank,
        isFinite,
      }));
      assert.deepEqual([...sorted.waiting()], waiting);
      for (const [other, own] of last) {
        const better = [...last.values()].filter((each) => each < own).length;
        assert.equal(sorted.betterThan(parseTrialId(other)), better);
        assert.equal(fronts.betterThan(parseTrialId(other)), better);
      }
    }
  }));
});

Deno.test("FrontRanking counts nobody as better whose losses are equal, though crowding differs", () => {
  const ranking = new FrontRanking();
  for (const [trial, losses] of [[0, 2], [0, 2], [1, 1], [2, 0], [2, 0]].entries()) {
    ranking.set(parseTrialId(trial), losses);
  }
  assert.equal(ranking.betterThan(parseTrialId(0)), ranking.betterThan(parseTrialId(1)));
  assert.equal(ranking.betterThan(parseTrialId(3)), ranking.betterThan(parseTrialId(4)));
});
