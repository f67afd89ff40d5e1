import assert from "node:assert/strict";
import { createRng } from "../../../core/domain/rng.ts";
import golden from "./golden_points.json" with { type: "json" };
import { MAX_DIMENSIONS } from "./joe_kuo.ts";
import { BITS, createSobolSequence } from "./sobol_sequence.ts";

Deno.test("createSobolSequence() gives the first 64 points of scipy in 10 dimensions, bit for bit", () => {
  const { at } = createSobolSequence(golden.first.dimensions);
  assert.equal(golden.first.points.length, 64);
  for (const [index, point] of golden.first.points.entries()) {
    assert.deepEqual([...at(index)], point);
  }
});

Deno.test("createSobolSequence() gives scipy's points in every dimension it has, and far on", () => {
  assert.equal(golden.rows.dimensions, MAX_DIMENSIONS);
  const wide = createSobolSequence(MAX_DIMENSIONS);
  for (const [i, index] of golden.rows.at.entries()) {
    assert.deepEqual([...wide.at(index)].map((x) => x * 2 ** BITS), golden.rows.points[i]);
  }
  const far = createSobolSequence(20);
  for (const [i, point] of golden.far.points.entries()) {
    assert.deepEqual([...far.at(golden.far.at + i)].map((x) => x * 2 ** BITS), point);
  }
});

Deno.test("createSobolSequence() refuses more dimensions than it has numbers for", () => {
  assert.throws(() => createSobolSequence(MAX_DIMENSIONS + 1), RangeError);
});

Deno.test("createSobolSequence() puts one of 2^m scrambled points into each of 2^m equal cells", () => {
  const dimensions = 12;
  for (let seed = 1; seed <= 5; seed++) {
    const { at } = createSobolSequence(dimensions, (d) => createRng(seed, "test", d));
    for (let m = 0; m <= 7; m++) {
      const points = Array.from({ length: 2 ** m }, (_, index) => at(index));
      for (let d = 0; d < dimensions; d++) {
        const cells = new Set(points.map((point) => Math.floor((point[d] ?? -1) * 2 ** m)));
        assert.equal(cells.size, 2 ** m, `seed ${seed}, 2^${m} points, dimension ${d}`);
      }
    }
  }
});

Deno.test("createSobolSequence() keeps the first two dimensions a (0, m, 2)-net when it scrambles", () => {
  const { at } = createSobolSequence(2, (d) => createRng(7, "test", d));
  const m = 6;
  const points = Array.from({ length: 2 ** m }, (_, index) => at(index));
  for (let a = 0; a <= m; a++) {
    // Elementary boxes of 2^-a by 2^-(m - a): each holds one point.
    const boxes = new Set(
      points.map(([x = 0, y = 0]) => `${Math.floor(x * 2 ** a)} ${Math.floor(y * 2 ** (m - a))}`),
    );
    assert.equal(boxes.size, 2 ** m);
  }
});

Deno.test("createSobolSequence() scrambles by its randomness alone", () => {
  const first = (
    seed: number,
  ) => [...createSobolSequence(3, (d) => createRng(seed, "test", d)).at(0)];
  assert.deepEqual(first(1), first(1));
  assert.notDeepEqual(first(1), first(2));
});
