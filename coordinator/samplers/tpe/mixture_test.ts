import assert from "node:assert/strict";
import type { Hyperparameters } from "../../../core/domain/hyperparameters.ts";
import { createRng } from "../../../core/domain/rng.ts";
import type { SearchSpace } from "../../../core/domain/search_space.ts";
import { ageWeight } from "./age_weights.ts";
import { coordinateOf, dimensionsOf } from "./dimension.ts";
import { createMixture, type Mixture } from "./mixture.ts";
import golden from "./testdata/parzen_golden.json" with { type: "json" };

const LEADERS_SPACE: SearchSpace = [
  { name: "lr", domain: { kind: "float", scale: "log", min: 1e-5, max: 1e-1 } },
  { name: "momentum", domain: { kind: "float", scale: "linear", min: 0, max: 1 } },
  { name: "dropout", domain: { kind: "float", scale: "linear", min: 0, max: 0.5, step: 0.1 } },
  { name: "width", domain: { kind: "int", scale: "log", min: 16, max: 512 } },
  { name: "depth", domain: { kind: "int", scale: "linear", min: 1, max: 6 } },
  { name: "units", domain: { kind: "int", scale: "linear", min: 8, max: 64, step: 8 } },
  { name: "batch", domain: { kind: "values", values: [16, 32, 64] } },
];
const TREE: SearchSpace = [
  { name: "optimizer", domain: { kind: "values", values: ["sgd", "adam", "none"] } },
  {
    name: "momentum",
    domain: { kind: "int", scale: "linear", min: 0, max: 3 },
    when: [{ parameter: "optimizer", test: { kind: "in", values: ["sgd"] } }],
  },
  {
    name: "nesterov",
    domain: { kind: "values", values: [true, false], probabilities: [0.25, 0.75] },
    when: [{ parameter: "momentum", test: { kind: "range", min: 1, max: null } }],
  },
  { name: "seed", domain: { kind: "values", values: [7] } },
];

function mixtureOf(space: SearchSpace, observations: readonly Hyperparameters[]): Mixture {
  const dimensions = dimensionsOf(space);
  const columns = dimensions.map((dimension) =>
    Float64Array.from(observations, (o) => coordinateOf(dimension, o[dimension.parameter.name]))
  );
  const weights = Float64Array.from(observations, (_, i) => ageWeight(i, observations.length));
  return createMixture(dimensions, { columns, weights });
}

Deno.test("createMixture() has the densities of Optuna's estimator, for all kinds of parameters", () => {
  for (const { observations, points, logDensities } of golden.cases) {
    const mixture = mixtureOf(LEADERS_SPACE, observations);
    for (const [i, point] of points.entries()) {
      const difference = mixture.logDensity(point) - (logDensities[i] ?? NaN);
      assert.ok(Math.abs(difference) < 1e-6, `${observations.length}: ${difference}`);
    }
  }
});

/** Every point of TREE. */
function allPoints(): readonly Hyperparameters[] {
  const points: Hyperparameters[] = [
    { optimizer: "adam", seed: 7 },
    { optimizer: "none", seed: 7 },
    { optimizer: "sgd", momentum: 0, seed: 7 },
  ];
  for (const momentum of [1, 2, 3]) {
    for (const nesterov of [true, false]) {
      points.push({ optimizer: "sgd", momentum, nesterov, seed: 7 });
    }
  }
  return points;
}

Deno.test("createMixture() is a distribution over all branches of a conditional space", () => {
  const all = allPoints();
  for (const observed of [[], all.slice(0, 2), all.slice(1, 6), all]) {
    const mixture = mixtureOf(TREE, observed);
    const total = all.reduce((sum, point) => sum + Math.exp(mixture.logDensity(point)), 0);
    assert.ok(Math.abs(total - 1) < 1e-6, `${total}`);
  }
});

Deno.test("createMixture() draws what its density says, absent parameters left out", () => {
  const all = allPoints();
  const mixture = mixtureOf(TREE, all.slice(1, 6));
  const rng = createRng(1, "draws");
  const counts = new Map<string, number>();
  const draws = 20_000;
  for (let i = 0; i < draws; i++) {
    const text = JSON.stringify(mixture.draw(rng));
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  let seen = 0;
  for (const point of all) {
    const expected = draws * Math.exp(mixture.logDensity(point));
    const count = counts.get(JSON.stringify(point)) ?? 0;
    // Four standard deviations of a binomial count.
    assert.ok(Math.abs(count - expected) < 4 * Math.sqrt(expected), JSON.stringify(point));
    seen += count;
  }
  assert.equal(seen, draws);
});

Deno.test("createMixture() stays finite far from every observation", () => {
  const observed = Array.from({ length: 200 }, () => ({ x: 0.001 }));
  const space: SearchSpace = [
    { name: "x", domain: { kind: "float", scale: "linear", min: 0, max: 1 } },
  ];
  // Only the prior reaches so far: 1 part in 1 + the weights of 200, its density there 0.92.
  const density = Math.exp(mixtureOf(space, observed).logDensity({ x: 1 }));
  const weights = observed.reduce((sum, _, i) => sum + ageWeight(i, 200), 0);
  assert.ok(Math.abs(density * (weights + 1) - 0.35207 / 0.38292) < 1e-4, `${density}`);
});
