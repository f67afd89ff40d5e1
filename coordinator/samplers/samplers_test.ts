import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalText, type Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import { createGridSampler } from "./grid_sampler.ts";
import { createRandomSampler } from "./random_sampler.ts";
import type { Sampler } from "./sampler.ts";

const GRID: SearchSpace = [
  { name: "batch_size", domain: { kind: "values", values: [32, 128] } },
  { name: "depth", domain: { kind: "int", scale: "linear", min: 1, max: 3 } },
];
const RANGES: SearchSpace = [
  { name: "lr", domain: { kind: "float", scale: "log", min: 1e-5, max: 1e-1 } },
  { name: "momentum", domain: { kind: "float", scale: "linear", min: 0, max: 1 } },
  { name: "hidden_width", domain: { kind: "int", scale: "log", min: 1, max: 512 } },
  { name: "depth", domain: { kind: "int", scale: "linear", min: 1, max: 4 } },
  { name: "activation", domain: { kind: "values", values: ["relu", "tanh"] } },
];

/** The first n proposals of a sampler that has asked for nothing yet, or for `known`. */
function take(
  sampler: Sampler,
  n: number,
  known: readonly Hyperparameters[] = [],
): readonly Hyperparameters[] {
  const proposals = Iterator.from(sampler.fresh(new Set(known.map(canonicalText))));
  return proposals.take(n).toArray();
}

Deno.test("createGridSampler() proposes every combination once, the last name fastest", () => {
  const sampler = createGridSampler(GRID);
  assert.equal(sampler.size, 6);
  const points = take(sampler, 100);
  assert.deepEqual(points[0], { batch_size: 32, depth: 1 });
  assert.deepEqual(points[1], { batch_size: 32, depth: 2 });
  assert.deepEqual(points[3], { batch_size: 128, depth: 1 });
  assert.equal(new Set(points.map(canonicalText)).size, 6);
  assert.equal(points.length, 6);
});

Deno.test("createGridSampler() has as many different points as the product of its sizes", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(fc.property(sizes, (lengths) => {
    const space = lengths.map((length, i) => ({
      name: `p${i}`,
      domain: { kind: "values" as const, values: Array.from({ length }, (_, value) => value) },
    }));
    const sampler = createGridSampler(space);
    const points = take(sampler, Infinity).map(canonicalText);
    assert.equal(sampler.size, lengths.reduce((a, b) => a * b));
    assert.equal(points.length, sampler.size);
    assert.equal(new Set(points).size, sampler.size);
  }));
});

Deno.test("createGridSampler() refuses a continuous range by name", () => {
  assert.throws(() => createGridSampler(RANGES), /"lr": it must be a list of values/);
});

Deno.test("createRandomSampler() stays inside every domain", () => {
  fc.assert(fc.property(fc.nat(), fc.integer({ min: 1, max: 40 }), (seed, n) => {
    const point = take(createRandomSampler(RANGES, { seed }), n).at(-1);
    assert.ok(point !== undefined);
    assert.ok(Number(point["lr"]) >= 1e-5 && Number(point["lr"]) <= 1e-1);
    assert.ok(Number(point["momentum"]) >= 0 && Number(point["momentum"]) < 1);
    assert.ok(Number.isInteger(point["hidden_width"]));
    assert.ok(Number(point["hidden_width"]) >= 1 && Number(point["hidden_width"]) <= 512);
    assert.ok([1, 2, 3, 4].includes(Number(point["depth"])));
    assert.ok(["relu", "tanh"].includes(String(point["activation"])));
  }));
});

Deno.test("createRandomSampler() draws from more integers than 2^32", () => {
  const domain = { kind: "int", scale: "linear", min: -1, max: 2 ** 40 } as const;
  const values = take(createRandomSampler([{ name: "n", domain }], { seed: 1 }), 50)
    .map(({ n }) => Number(n));
  assert.ok(values.every((n) => Number.isInteger(n) && n >= -1 && n <= 2 ** 40));
  assert.ok(Math.max(...values) > 2 ** 39 && Math.min(...values) < 2 ** 38);
});

Deno.test("createRandomSampler() goes on from what was asked for, wherever it was cut off", () => {
  const FINITE = [...GRID, { name: "momentum", domain: RANGES[3]?.domain ?? assert.fail() }];
  for (const space of [RANGES, FINITE]) {
    const sampler = createRandomSampler(space, { seed: 7 });
    const all = take(sampler, 24);
    for (let cut = 0; cut <= 24; cut++) {
      assert.deepEqual(take(sampler, 24 - cut, all.slice(0, cut)), all.slice(cut));
    }
    assert.notDeepEqual(take(createRandomSampler(space, { seed: 8 }), 24), all);
  }
});

Deno.test("createRandomSampler() proposes every point of a finite space once, and then ends", () => {
  fc.assert(fc.property(fc.nat(), (seed) => {
    const points = take(createRandomSampler(GRID, { seed }), 100).map(canonicalText);
    assert.equal(points.length, 6);
    assert.equal(new Set(points).size, 6);
  }));
});

Deno.test("createRandomSampler() draws a finite space at random, not in the grid's order", () => {
  const space: SearchSpace = [
    { name: "hidden_width", domain: { kind: "int", scale: "linear", min: 1, max: 100 } },
  ];
  const widths = take(createRandomSampler(space, { seed: 3 }), 50).map((point) =>
    Number(point["hidden_width"])
  );
  const ascents = widths.filter((width, i) => i > 0 && width > (widths[i - 1] ?? 0)).length;
  assert.ok(ascents > 12 && ascents < 37, `${widths}`);
});

Deno.test("createRandomSampler() ends where a range has no room for more", () => {
  const domain = { kind: "float", scale: "linear", min: 1, max: 1 + 2 * Number.EPSILON } as const;
  const points = take(createRandomSampler([{ name: "lr", domain }], { seed: 1 }), 10);
  assert.ok(points.length >= 1 && points.length <= 3, `${points.length}`);
});

Deno.test("createRandomSampler() spreads a log range evenly over its decades", () => {
  const sampler = createRandomSampler(RANGES, { seed: 1 });
  const decades = [0, 0, 0, 0];
  for (const point of take(sampler, 4000)) {
    const decade = Math.floor(Math.log10(Number(point["lr"])) + 5);
    decades[decade] = (decades[decade] ?? 0) + 1;
  }
  // Binomial with p = ¼, n = 4000 has a standard deviation of 27.
  for (const count of decades) assert.ok(Math.abs(count - 1000) < 137, `${decades}`);
});

Deno.test("createRandomSampler() draws plain domains as it always has", () => {
  assert.deepEqual(take(createRandomSampler(RANGES, { seed: 7 }), 3), [
    {
      lr: 0.000034244671792240136,
      momentum: 0.1576019021296754,
      hidden_width: 295,
      depth: 2,
      activation: "relu",
    },
    {
      lr: 0.000026201801482758022,
      momentum: 0.19473532466783527,
      hidden_width: 21,
      depth: 2,
      activation: "relu",
    },
    {
      lr: 0.001404164186415426,
      momentum: 0.5542972166244604,
      hidden_width: 1,
      depth: 4,
      activation: "tanh",
    },
  ]);
});
