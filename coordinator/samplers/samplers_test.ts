import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalText } from "../../core/domain/hyperparameters.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import { createGridSampler } from "./grid_sampler.ts";
import { createRandomSampler } from "./random_sampler.ts";

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

Deno.test("createGridSampler() proposes every combination once, the last name fastest", () => {
  const sampler = createGridSampler(GRID);
  assert.equal(sampler.size, 6);
  const points = Array.from({ length: 6 }, (_, n) => sampler.propose(n));
  assert.deepEqual(points[0], { batch_size: 32, depth: 1 });
  assert.deepEqual(points[1], { batch_size: 32, depth: 2 });
  assert.deepEqual(points[3], { batch_size: 128, depth: 1 });
  assert.equal(new Set(points.map(canonicalText)).size, 6);
  assert.throws(() => sampler.propose(6), RangeError);
});

Deno.test("createGridSampler() has as many different points as the product of its sizes", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(fc.property(sizes, (lengths) => {
    const space = lengths.map((length, i) => ({
      name: `p${i}`,
      domain: { kind: "values" as const, values: Array.from({ length }, (_, value) => value) },
    }));
    const sampler = createGridSampler(space);
    const points = Array.from(
      { length: sampler.size },
      (_, n) => canonicalText(sampler.propose(n)),
    );
    assert.equal(sampler.size, lengths.reduce((a, b) => a * b));
    assert.equal(new Set(points).size, sampler.size);
  }));
});

Deno.test("createGridSampler() refuses a continuous range by name", () => {
  assert.throws(() => createGridSampler(RANGES), /"lr": it must be a list of values/);
});

Deno.test("createRandomSampler() stays inside every domain", () => {
  fc.assert(fc.property(fc.nat(), fc.nat(100_000), (seed, n) => {
    const point = createRandomSampler(RANGES, seed).propose(n);
    assert.ok(Number(point["lr"]) >= 1e-5 && Number(point["lr"]) <= 1e-1);
    assert.ok(Number(point["momentum"]) >= 0 && Number(point["momentum"]) < 1);
    assert.ok(Number.isInteger(point["hidden_width"]));
    assert.ok(Number(point["hidden_width"]) >= 1 && Number(point["hidden_width"]) <= 512);
    assert.ok([1, 2, 3, 4].includes(Number(point["depth"])));
    assert.ok(["relu", "tanh"].includes(String(point["activation"])));
  }));
});

Deno.test("createRandomSampler() proposes by number: order and repetition change nothing", () => {
  const forwards = createRandomSampler(RANGES, 7);
  const point = forwards.propose(41);
  forwards.propose(3);
  assert.deepEqual(createRandomSampler(RANGES, 7).propose(41), point);
  assert.notDeepEqual(createRandomSampler(RANGES, 8).propose(41), point);
});

Deno.test("createRandomSampler() spreads a log range evenly over its decades", () => {
  const sampler = createRandomSampler(RANGES, 1);
  const decades = [0, 0, 0, 0];
  for (let n = 0; n < 4000; n++) {
    const decade = Math.floor(Math.log10(Number(sampler.propose(n)["lr"])) + 5);
    decades[decade] = (decades[decade] ?? 0) + 1;
  }
  // Binomial with p = ¼, n = 4000 has a standard deviation of 27.
  for (const count of decades) assert.ok(Math.abs(count - 1000) < 137, `${decades}`);
});
