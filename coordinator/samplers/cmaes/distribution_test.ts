import assert from "node:assert/strict";
import fc from "fast-check";
import { beginAt, learnFrom, lengthOf, pointOf } from "./distribution.ts";
import { eigenOf } from "./eigen.ts";
import { defaultPopulation, strategyFor } from "./strategy.ts";

interface Case {
  readonly dimension: number;
  readonly population: number;
  readonly generations: readonly {
    readonly points: readonly (readonly number[])[];
    readonly mean?: readonly number[];
    readonly sigma?: number;
    readonly covariance?: readonly (readonly number[])[];
  }[];
}

const GOLDEN: { readonly cases: readonly Case[] } = JSON.parse(
  await Deno.readTextFile(new URL("testdata/generations.json", import.meta.url)),
);

function near(actual: number | undefined, expected: number, relative = 1e-8): void {
  const error = Math.abs((actual ?? NaN) - expected);
  assert.ok(error <= relative * Math.max(1e-3, Math.abs(expected)), `${actual} is not ${expected}`);
}

Deno.test("learnFrom() has the mean, step size and covariance of the cmaes package", () => {
  let compared = 0;
  for (const { dimension, population, generations } of GOLDEN.cases) {
    const strategy = strategyFor(dimension, population);
    let distribution = beginAt(new Array<number>(dimension).fill(0.5), 0.3);
    for (const { points, mean, sigma, covariance } of generations) {
      distribution = learnFrom(distribution, points, strategy);
      if (mean === undefined || sigma === undefined || covariance === undefined) continue;
      near(distribution.size, sigma);
      for (const [i, expected] of mean.entries()) near(distribution.mean[i], expected);
      for (const [i, row] of covariance.entries()) {
        for (const [j, expected] of row.entries()) near(distribution.covariance[i]?.[j], expected);
      }
      compared++;
    }
  }
  assert.equal(compared, 9);
});

Deno.test("strategyFor() has the weights of the paper's table", () => {
  const strategy = strategyFor(5, defaultPopulation(5));
  assert.equal(strategy.population, 8);
  assert.equal(strategy.parents, 4);
  const positive = strategy.weights.filter((weight) => weight > 0);
  near(positive.reduce((sum, weight) => sum + weight, 0), 1);
  assert.ok(strategy.weights.every((weight, i) => i === 0 || weight < strategy.weights[i - 1]!));
  for (const dimension of [1, 2, 10, 60]) {
    const { rankOne, rankMu, weights } = strategyFor(dimension, defaultPopulation(dimension));
    const kept = 1 - rankOne - rankMu * weights.reduce((sum, weight) => sum + weight, 0);
    assert.ok(kept > 0 && kept < 1 + 1e-12, `${dimension}: ${kept}`);
  }
});

Deno.test("pointOf() is as far away as its normal numbers are long", () => {
  const strategy = strategyFor(3, 12);
  const generations = GOLDEN.cases.find(({ dimension }) => dimension === 3)?.generations ?? [];
  const distribution = generations.reduce(
    (before, { points }) => learnFrom(before, points, strategy),
    beginAt([0.5, 0.5, 0.5], 0.3),
  );
  near(lengthOf(distribution, pointOf(distribution, [2, -1, 2])), 3);
});

Deno.test("eigenOf() takes a symmetric matrix apart", () => {
  const size = 5;
  const entries = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
    minLength: size * size,
    maxLength: size * size,
  });
  fc.assert(fc.property(entries, (numbers) => {
    const matrix = Array.from(
      { length: size },
      (_, i) =>
        Array.from({ length: size }, (_, j) => numbers[i * size + j]! + numbers[j * size + i]!),
    );
    const { values, vectors } = eigenOf(matrix);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let sum = 0;
        let product = 0;
        for (let k = 0; k < size; k++) {
          sum += values[k]! * vectors[i]![k]! * vectors[j]![k]!;
          product += vectors[k]![i]! * vectors[k]![j]!;
        }
        assert.ok(Math.abs(sum - matrix[i]![j]!) < 1e-9, `${sum} is not ${matrix[i]![j]}`);
        assert.ok(Math.abs(product - (i === j ? 1 : 0)) < 1e-12);
      }
    }
  }));
});
