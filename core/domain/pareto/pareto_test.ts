import assert from "node:assert/strict";
import fc from "fast-check";
import { crowdingDistances } from "./crowding_distance.ts";
import { dominates, type Losses } from "./dominance.ts";
import {
  exclusiveVolume,
  hypervolume,
  hypervolumeContributions,
  referencePoint,
} from "./hypervolume.ts";
import { hypervolumeHistory } from "./hypervolume_history.ts";
import { nonDominatedRanks } from "./non_dominated_ranks.ts";
import { paretoFront } from "./pareto_front.ts";

interface Case {
  readonly kind: string;
  readonly points: readonly Losses[];
  readonly reference: Losses;
  readonly ranks: readonly number[];
  readonly hypervolume: number;
  readonly crowding?: readonly (number | null)[];
  readonly contributions?: readonly number[];
}

const GOLDEN: { readonly cases: readonly Case[] } = JSON.parse(
  await Deno.readTextFile(new URL("testdata/fronts.json", import.meta.url)),
);

/** Few different numbers, so that ties and repeats are common; also what is not finite. */
const loss = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 5 }) },
  { weight: 1, arbitrary: fc.constantFrom(Infinity, NaN) },
);
const cloud = fc.integer({ min: 1, max: 5 }).chain((objectives) =>
  fc.array(fc.array(loss, { minLength: objectives, maxLength: objectives }), { maxLength: 24 })
);
const finiteCloud = cloud.map((points) =>
  points.filter((losses) => losses.every((value) => Number.isFinite(value)))
);

function near(actual: number, expected: number, what: string): void {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${what}: ${actual} is not ${expected}`);
}

Deno.test("dominates() wants no loss worse and one better", () => {
  assert.equal(dominates([1, 2], [1, 3]), true);
  assert.equal(dominates([1, 2], [1, 2]), false);
  assert.equal(dominates([1, 2], [0, 3]), false);
  assert.equal(dominates([1, 2], [0, 1]), false);
});

Deno.test("dominates() lets no point dominate with a loss that is not finite", () => {
  assert.equal(dominates([0, Infinity], [1, Infinity]), false);
  assert.equal(dominates([0, NaN], [1, 1]), false);
  assert.equal(dominates([1, 1], [0, NaN]), true);
  assert.equal(dominates([1, 1], [0, Infinity]), true);
});

Deno.test("nonDominatedRanks() gives pymoo's ranks", () => {
  for (const { points, ranks } of GOLDEN.cases) assert.deepEqual(nonDominatedRanks(points), ranks);
});

Deno.test("nonDominatedRanks() peels fronts off, whatever the points", () => {
  fc.assert(fc.property(cloud, (points) => {
    const ranks = nonDominatedRanks(points);
    for (const [i, losses] of points.entries()) {
      const above = points.flatMap((other, j) => dominates(other, losses) ? [ranks[j] ?? 0] : []);
      // The longest chain of points that dominate each other, ending here.
      assert.equal(ranks[i], Math.max(-1, ...above) + 1);
    }
  }));
});

Deno.test("paretoFront() holds all copies of the best points and nothing that is not finite", () => {
  const points = [[2, 1], [1, 2], [2, 2], [1, 2], [0, NaN], [-1, Infinity]];
  assert.deepEqual(paretoFront(points), [0, 1, 3]);
  assert.deepEqual(paretoFront([[NaN, 1]]), []);
  assert.deepEqual(paretoFront([]), []);
});

Deno.test("crowdingDistances() gives pymoo's distances", () => {
  for (const { points, crowding } of GOLDEN.cases) {
    if (crowding === undefined) continue;
    const distances = crowdingDistances(points);
    for (const [i, expected] of crowding.entries()) {
      if (expected === null) assert.equal(distances[i], Infinity);
      else near(distances[i] ?? NaN, expected, `point ${i}`);
    }
  }
});

Deno.test("hypervolume() of boxes is what one counts by hand", () => {
  assert.equal(hypervolume([], [1, 1]), 0);
  assert.equal(hypervolume([[3]], [5]), 2);
  assert.equal(hypervolume([[1, 3], [2, 2], [3, 1]], [4, 4]), 6);
  // Beside the staircase of 6: dominated, equal, on the border, outside, not a number.
  const more = [[2, 3], [2, 2], [4, 0], [0, 5], [NaN, 0], [0, Infinity]];
  assert.equal(hypervolume([[1, 3], [2, 2], [3, 1], ...more], [4, 4]), 6);
  // Two cubes of 2³ that share one of 1³; and the same with a fourth side of 1.
  assert.equal(hypervolume([[0, 0, 1], [1, 1, 0]], [2, 2, 3]), 4 * 2 + 1 * 3 - 1 * 2);
  assert.equal(hypervolume([[0, 0, 1, 0], [1, 1, 0, 0]], [2, 2, 3, 1]), 9);
});

Deno.test("hypervolume() gives optuna's volumes, with two to six losses", () => {
  for (const { points, reference, hypervolume: expected, kind } of GOLDEN.cases) {
    near(hypervolume(points, reference), expected, `${kind} with ${reference.length}`);
  }
});

Deno.test("hypervolume() counts the cells of a grid that points dominate", () => {
  fc.assert(
    fc.property(finiteCloud, (points) => {
      const objectives = points[0]?.length ?? 1;
      const reference = new Array<number>(objectives).fill(5);
      let cells = 0;
      for (let cell = 0; cell < 5 ** objectives; cell++) {
        const corner = reference.map((_, i) => Math.floor(cell / 5 ** i) % 5);
        if (points.some((losses) => losses.every((value, i) => value <= (corner[i] ?? 0)))) cells++;
      }
      assert.equal(hypervolume(points, reference), cells);
    }),
    { numRuns: 60 },
  );
});

Deno.test("hypervolumeContributions() are what is lost without a point", () => {
  for (const { points, reference, contributions = [] } of GOLDEN.cases.slice(0, 9)) {
    if (contributions.length === 0) continue;
    const own = hypervolumeContributions(points, reference);
    for (const [i, expected] of contributions.entries()) near(own[i] ?? NaN, expected, `${i}`);
  }
  assert.equal(exclusiveVolume([5, 0], [[1, 1]], { reference: [4, 4] }), 0);
});

Deno.test("hypervolumeHistory() is the hypervolume of each beginning", () => {
  fc.assert(
    fc.property(cloud, (points) => {
      const reference = (points[0] ?? []).map(() => 5);
      const history = hypervolumeHistory(points, reference);
      assert.deepEqual(
        history,
        points.map((_, i) => hypervolume(points.slice(0, i + 1), reference)),
      );
    }),
    { numRuns: 60 },
  );
});

Deno.test("hypervolumeHistory() ends in the golden volumes", () => {
  for (const { points, reference, hypervolume: expected } of GOLDEN.cases) {
    near(hypervolumeHistory(points, reference).at(-1) ?? NaN, expected, "the last");
  }
});

Deno.test("referencePoint() lies a tenth beyond the worst finite losses, whatever their sign", () => {
  assert.deepEqual(referencePoint([[10, -10, -1], [0, -20, 0], [Infinity, 0, 0]]), [11, -9, 1e-12]);
  assert.deepEqual(referencePoint([]), []);
});
