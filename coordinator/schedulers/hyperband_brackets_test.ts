import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Bracket,
  BracketPlan,
  hyperbandBrackets,
  shrinkBrackets,
} from "./hyperband_brackets.ts";

const PAPER = { minEpochs: 1, maxEpochs: 81, eta: 3 };

/** n_i of a bracket, rung by rung, its end included. */
function sizes({ trials, rungs }: Bracket, eta: number): readonly number[] {
  const all = [trials];
  for (let i = 0; i < rungs.length; i++) all.push(Math.max(1, Math.floor((all[i] ?? 0) / eta)));
  return all;
}

Deno.test("hyperbandBrackets() gives the r_i and n_i of the paper's Algorithm 1 for R = 81, η = 3", () => {
  const brackets = hyperbandBrackets(PAPER);
  assert.deepEqual(brackets.map(({ bracket }) => bracket), [4, 3, 2, 1, 0]);
  assert.deepEqual(brackets.map(({ rungs }) => [...rungs, 81]), [
    [1, 3, 9, 27, 81],
    [3, 9, 27, 81],
    [9, 27, 81],
    [27, 81],
    [81],
  ]);
  assert.deepEqual(brackets.map((bracket) => sizes(bracket, 3)), [
    [81, 27, 9, 3, 1],
    // ⌈5 · 27 / 4⌉ = ⌈33.75⌉, ⌈5 · 9 / 3⌉, ⌈5 · 3 / 2⌉ = ⌈7.5⌉.
    [34, 11, 3, 1],
    [15, 5, 1],
    [8, 2],
    [5],
  ]);
});

Deno.test("hyperbandBrackets() gives the brackets that mlr3hyperband documents for R = 8, η = 2", () => {
  const brackets = hyperbandBrackets({ minEpochs: 1, maxEpochs: 8, eta: 2 });
  assert.deepEqual(brackets.map((bracket) => [sizes(bracket, 2), [...bracket.rungs, 8]]), [
    [[8, 4, 2, 1], [1, 2, 4, 8]],
    [[6, 3, 1], [2, 4, 8]],
    [[4, 2], [4, 8]],
    [[4], [8]],
  ]);
});

Deno.test("hyperbandBrackets() has a bracket for each rung at exact powers, and whole epochs elsewhere", () => {
  assert.equal(hyperbandBrackets({ minEpochs: 1, maxEpochs: 243, eta: 3 }).length, 6);
  assert.equal(hyperbandBrackets({ minEpochs: 1, maxEpochs: 1000, eta: 10 }).length, 4);
  assert.deepEqual(
    hyperbandBrackets({ minEpochs: 1, maxEpochs: 100, eta: 3 }).map((b) => b.rungs),
    [
      [1, 3, 11, 33],
      [3, 11, 33],
      [11, 33],
      [33],
      [],
    ],
  );
  assert.deepEqual(hyperbandBrackets({ minEpochs: 10, maxEpochs: 5, eta: 3 }), [
    { bracket: 0, trials: 1, rungs: [] },
  ]);
});

Deno.test("shrinkBrackets() keeps proportions by largest remainders, and one trial each while they last", () => {
  const trials = (count: number): readonly number[] =>
    shrinkBrackets(hyperbandBrackets(PAPER), count).map((bracket) => bracket.trials);
  assert.deepEqual(trials(143), [81, 34, 15, 8, 5]);
  assert.deepEqual(trials(1000), [81, 34, 15, 8, 5]);
  // 30/143 of each: 16.99, 7.13, 3.15, 1.68, 1.05.
  assert.deepEqual(trials(30), [17, 7, 3, 2, 1]);
  // 10/143 of each: 5.66, 2.38, 1.05, 0.56, 0.35; the last bracket's one comes from the first.
  assert.deepEqual(trials(10), [5, 2, 1, 1, 1]);
  assert.deepEqual(trials(5), [1, 1, 1, 1, 1]);
  assert.deepEqual(trials(3), [1, 1, 1]);
});

Deno.test("BracketPlan puts each number in one bracket, and every bracket gets as many as planned", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 100 }),
    fc.integer({ min: 2, max: 4 }),
    fc.option(fc.integer({ min: 1, max: 400 })),
    (minEpochs, maxEpochs, eta, trials) => {
      const plan = new BracketPlan({ minEpochs, maxEpochs, eta }, { trials });
      const counts = new Map<string, number>();
      for (let trial = 0; trial < (trials ?? 400); trial++) {
        const { round, bracket } = plan.place(trial);
        assert.equal(round, plan.roundOf(trial));
        const key = `${round}/${bracket.bracket}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      const rounds = plan.roundOf((trials ?? 400) - 1) + 1;
      for (let round = 0; round < rounds - (trials === null ? 1 : 0); round++) {
        for (const { bracket, trials } of plan.bracketsOf(round)) {
          assert.equal(counts.get(`${round}/${bracket}`), trials);
        }
      }
    },
  ));
});
