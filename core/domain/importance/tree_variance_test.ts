import assert from "node:assert/strict";
import fc from "fast-check";
import { growTree, orderByPosition, type TreeAxis } from "./regression_tree.ts";
import { treeVariance } from "./tree_variance.ts";

/** An axis of a full grid. */
interface GridAxis {
  readonly size: number;
  /** Of choices; null: an integer. */
  readonly weights: readonly number[] | null;
}

/** All points of a grid, the last axis fastest. */
function gridPoints(axes: readonly GridAxis[]): readonly (readonly number[])[] {
  return axes.reduce<readonly (readonly number[])[]>(
    (points, { size }) =>
      points.flatMap((point) => Array.from({ length: size }, (_, place) => [...point, place])),
    [[]],
  );
}

/** The variance parts of a tree that was grown on a full grid. */
function grown(axes: readonly GridAxis[], values: readonly number[]) {
  const points = gridPoints(axes);
  const treeAxes = axes.map(({ size, weights }, axis): TreeAxis => {
    const positions = Float64Array.from(points, (point) => {
      const place = point[axis] ?? NaN;
      return weights === null ? (place + 0.5) / size : place;
    });
    const choices = weights === null ? null : size;
    return { choices, positions, order: orderByPosition(positions) };
  });
  const tree = growTree({ axes: treeAxes, values: Float64Array.from(values) }, {
    counts: new Uint16Array(values.length).fill(1),
    precedence: [...axes.keys()],
    maxDepth: 64,
  });
  return treeVariance(tree, axes);
}

/** The same by enumeration: the variance of the mean over all other axes. */
function enumerated(axes: readonly GridAxis[], values: readonly number[], kept: readonly number[]) {
  const points = gridPoints(axes);
  const weightOf = (point: readonly number[], over: readonly number[]) =>
    over.reduce((product, axis) => {
      const { size, weights } = axes[axis]!;
      return product * (weights === null ? 1 / size : weights[point[axis]!]!);
    }, 1);
  const others = [...axes.keys()].filter((axis) => !kept.includes(axis));
  const marginal = new Map<string, { weight: number; mean: number }>();
  points.forEach((point, place) => {
    const key = kept.map((axis) => point[axis]).join();
    const cell = marginal.get(key) ?? { weight: weightOf(point, kept), mean: 0 };
    cell.mean += weightOf(point, others) * values[place]!;
    marginal.set(key, cell);
  });
  const cells = [...marginal.values()];
  const mean = cells.reduce((sum, cell) => sum + cell.weight * cell.mean, 0);
  return cells.reduce((sum, cell) => sum + cell.weight * (cell.mean - mean) ** 2, 0);
}

function assertNear(actual: number, expected: number, what: string): void {
  assert.ok(Math.abs(actual - expected) < 1e-9 * (1 + expected), `${what}: ${actual}, ${expected}`);
}

Deno.test("treeVariance() takes a sum apart as its terms", () => {
  const axes = [{ size: 5, weights: null }, { size: 8, weights: null }, { size: 2, weights: null }];
  const values = gridPoints(axes).map(([x = 0, y = 0]) => 3 * x - 2 * y);
  const { total, mains, ofPair } = grown(axes, values);
  // The variance of 0 … k - 1 is (k² - 1) / 12.
  const parts = [9 * (25 - 1) / 12, 4 * (64 - 1) / 12, 0];
  parts.forEach((part, axis) => assertNear(mains[axis]!, part, `axis ${axis}`));
  assertNear(total, parts[0]! + parts[1]!, "total");
  assertNear(ofPair(0, 1), 0, "interaction");
});

Deno.test("treeVariance() finds that a product is nothing but interaction", () => {
  const axes = [{ size: 2, weights: null }, { size: 2, weights: [0.5, 0.5] }];
  const { total, mains, ofPair } = grown(axes, [1, -1, -1, 1]);
  assertNear(total, 1, "total");
  assert.deepEqual(mains, [0, 0]);
  assertNear(ofPair(0, 1), 1, "interaction");
});

Deno.test("treeVariance() equals enumeration for any function on any grid", () => {
  const choices = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 4 })
    .map((parts): GridAxis => {
      const whole = parts.reduce((sum, part) => sum + part, 0);
      return { size: parts.length, weights: parts.map((part) => part / whole) };
    });
  const integers = fc.integer({ min: 2, max: 4 }).map((size): GridAxis => ({
    size,
    weights: null,
  }));
  const axesAndValues = fc.array(fc.oneof(choices, integers), { minLength: 1, maxLength: 3 })
    .chain((axes) => {
      const size = axes.reduce((product, axis) => product * axis.size, 1);
      const value = fc.integer({ min: -50, max: 50 });
      return fc.tuple(fc.constant(axes), fc.array(value, { minLength: size, maxLength: size }));
    });
  fc.assert(fc.property(axesAndValues, ([axes, values]) => {
    const { total, mains, ofPair } = grown(axes, values);
    const all = [...axes.keys()];
    assertNear(total, enumerated(axes, values, all), "total");
    for (const a of all) {
      assertNear(mains[a]!, enumerated(axes, values, [a]), `axis ${a}`);
      for (const b of all.slice(a + 1)) {
        const joint = enumerated(axes, values, [a, b]);
        const expected = joint - enumerated(axes, values, [a]) - enumerated(axes, values, [b]);
        assertNear(ofPair(a, b), Math.max(0, expected), `axes ${a} and ${b}`);
      }
    }
  }));
});
