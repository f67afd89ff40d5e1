import assert from "node:assert/strict";
import { parseConfigurationId } from "../ids.ts";
import { createRng, type Rng } from "../rng.ts";
import { estimateMean } from "../statistics.ts";
import { type Contender, standingsOf } from "./standings.ts";

const SWEEPS = 2_000;

/** A sweep whose replicates share their seeds' luck, as trials with equal minibatches do. */
function simulate(
  rng: Rng,
  { means, replicates }: { readonly means: readonly number[]; readonly replicates: number },
): readonly Contender[] {
  const luck = Array.from({ length: replicates }, () => rng.normal());
  return means.map((mean, index) => ({
    configuration: parseConfigurationId(index),
    values: new Map(luck.map((shared, replicate) => [replicate, mean + shared + rng.normal()])),
  }));
}

Deno.test("estimateMean()'s 95 % interval covers the truth in 93 to 97 % of 2,000 simulated sweeps", () => {
  for (const replicates of [3, 5, 10, 20]) {
    const rng = createRng(7, "coverage", replicates);
    let covered = 0;
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      const { ci95 } = estimateMean(Array.from({ length: replicates }, () => 0.8 + rng.normal()));
      if (ci95 !== null && ci95[0] <= 0.8 && 0.8 <= ci95[1]) covered++;
    }
    const share = covered / SWEEPS;
    assert.ok(share >= 0.93 && share <= 0.97, `${replicates} replicates: ${share}`);
  }
});

Deno.test("standingsOf() declares a false winner in at most 5 % of 2,000 sweeps without a difference", () => {
  for (const configurations of [2, 3, 8]) {
    for (const replicates of [3, 5, 10]) {
      const rng = createRng(11, "winner", configurations, replicates);
      const means = new Array<number>(configurations).fill(0);
      let winners = 0;
      for (let sweep = 0; sweep < SWEEPS; sweep++) {
        const { winner } = standingsOf(simulate(rng, { means, replicates }), "maximize");
        if (winner !== null) winners++;
      }
      const rate = winners / SWEEPS;
      // Three standard errors of a rate of 5 % over 2,000 sweeps, where it is exactly 5 %.
      const limit = configurations === 2 ? 0.05 + 3 * Math.sqrt(0.05 * 0.95 / SWEEPS) : 0.05;
      assert.ok(rate <= limit, `${configurations} × ${replicates}: ${rate}`);
    }
  }
});

Deno.test("standingsOf() finds a true winner, whichever way is better", () => {
  const rng = createRng(3, "power");
  const contenders = simulate(rng, { means: [0, 5, 1], replicates: 10 });
  assert.equal(standingsOf(contenders, "maximize").winner, 1);
  assert.equal(standingsOf(contenders, "maximize").standings[0]?.configuration, 1);
  const mirrored = contenders.map(({ configuration, values }) => ({
    configuration,
    values: new Map([...values].map(([replicate, value]) => [replicate, -value])),
  }));
  assert.equal(standingsOf(mirrored, "minimize").winner, 1);
});

Deno.test("standingsOf() shows ties as ties, with the replicates that would tell", () => {
  const rng = createRng(5, "ties");
  const contenders = simulate(rng, { means: [0.3, 0, -9], replicates: 8 });
  const { standings, winner } = standingsOf(contenders, "maximize");
  assert.equal(winner, null);
  assert.deepEqual(standings.map(({ isTied }) => isTied), [true, true, false]);
  const [, close, far] = standings;
  assert.ok((close?.moreReplicates ?? 0) >= 1);
  assert.equal(far?.moreReplicates, null);
});

Deno.test("standingsOf() calls nobody worse on a single replicate", () => {
  const rng = createRng(5, "single");
  const contenders = simulate(rng, { means: [0, 100], replicates: 1 });
  const { standings, winner } = standingsOf(contenders, "maximize");
  assert.equal(winner, null);
  assert.ok(standings.every(({ isTied }) => isTied));
  assert.deepEqual(standingsOf([], "minimize"), { standings: [], winner: null });
});

Deno.test("standingsOf() names no winner for few equal differences, and says how many would do", () => {
  const replicates = (count: number, from: number) =>
    new Map(Array.from({ length: count }, (_, replicate) => [replicate, from + replicate]));
  const of = (count: number) =>
    standingsOf([
      { configuration: parseConfigurationId(0), values: replicates(count, 0) },
      { configuration: parseConfigurationId(1), values: replicates(count, 1) },
    ], "maximize");
  // 2/2³ = 1/4; 2/2⁶ = 1/32 is the first below 0.05.
  const { winner, standings: [, second] } = of(3);
  assert.equal(winner, null);
  assert.deepEqual([second?.adjustedP, second?.isTied, second?.moreReplicates], [1 / 4, true, 3]);
  assert.equal(of(5).winner, null);
  assert.equal(of(6).winner, 1);
});
