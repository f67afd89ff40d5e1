import assert from "node:assert/strict";
import fc from "fast-check";
import { createRng } from "../../../core/domain/rng.ts";
import type { SearchSpace } from "../../../core/domain/search_space.ts";
import { survivors, tournament } from "./selection.ts";
import { blended, childOf, mutated } from "./variation.ts";

const unit = fc.double({ min: 0, max: 1, noNaN: true });

Deno.test("blended() and mutated() stay in [0, 1], on the side of their parent", () => {
  fc.assert(fc.property(unit, unit, unit, (a, b, draw) => {
    const child = blended([a, b], draw);
    assert.ok(child >= 0 && child <= 1);
    assert.ok(Math.abs(child - a) <= Math.abs(child - b) + 1e-12);
    const moved = mutated(a, draw);
    assert.ok(moved >= 0 && moved <= 1);
  }));
});

Deno.test("blended() has the spread of SBX: half of the children lie between their parents", () => {
  // Far from the ends, where nothing is cut off, β ≤ 1 has the probability ½; β(¼) = ½^(1/21).
  assert.ok(Math.abs(blended([0.49, 0.51], 0.5) - 0.49) < 1e-12);
  assert.ok(Math.abs(blended([0.49, 0.51], 0.25) - (0.5 - 0.01 * 0.5 ** (1 / 21))) < 1e-12);
});

Deno.test("mutated() moves as polynomial mutation does", () => {
  assert.equal(mutated(0.4, 0.5), 0.4);
  assert.equal(mutated(0.4, 0), 0);
  assert.equal(mutated(0.4, 1), 1);
  // Deb and Goyal's formula at u = ½, draw ¼: (½ + ½ · ½²¹)^(1/21) − 1.
  assert.ok(Math.abs(mutated(0.5, 0.25) - 0.5 - ((0.5 + 0.5 * 0.5 ** 21) ** (1 / 21) - 1)) < 1e-12);
});

Deno.test("childOf() takes what a parent has, and draws what neither has", () => {
  const space: SearchSpace = [
    { name: "a", domain: { kind: "values", values: ["p", "q", "r", "s"] } },
    { name: "b", domain: { kind: "float", scale: "linear", min: 0, max: 1 } },
  ];
  const children = Array.from(
    { length: 2_000 },
    (_, n) => childOf(space, [[0.125, null], [0.875, null]], createRng(n)),
  );
  const shareOf = (u: number): number => children.filter(([a]) => a === u).length / children.length;
  // Half are mutated; of the others 0.9 · ½ have the father's. Binomial: the sd is 0.011.
  assert.ok(Math.abs(shareOf(0.875) - 0.5 * 0.45) < 0.05, `${shareOf(0.875)}`);
  assert.ok(Math.abs(shareOf(0.125) - 0.5 * 0.55) < 0.05, `${shareOf(0.125)}`);
  assert.equal(new Set(children.map(([, b]) => b)).size, 2_000);
});

Deno.test("survivors() go by rank, then by how lonely they are", () => {
  const points = [[0, 4], [1, 3], [1.5, 2.5], [4, 0], [5, 5], [0, NaN]];
  const items = points.map((losses, name) => ({ name, losses }));
  const names = survivors(items, 5).map(({ item }) => item.name);
  assert.deepEqual(names, [0, 3, 2, 1, 4]);
  const population = survivors(items, 6);
  const winners = Array.from({ length: 600 }, (_, n) => tournament(population, createRng(n))?.name);
  // The worst wins against itself alone, the best against all.
  const countOf = (name: number): number => winners.filter((winner) => winner === name).length;
  assert.ok(countOf(5) < 40 && countOf(0) > 130, `${countOf(5)}, ${countOf(0)}`);
});
