import assert from "node:assert/strict";
import { leaderboard } from "../../core/views/leaderboard.ts";
import { paretoView } from "../../core/views/pareto_view.ts";
import { objectivesOf } from "../../core/domain/sweep_spec.ts";
import { frontSweep } from "../../tests/support/front_sweep.ts";
import { planeSentence } from "../client/overview/plane_figure.tsx";
import { createRng } from "../../core/domain/rng.ts";
import { measuredConfigurations, MOST_POINTS, objectivePlane } from "./objective_plane.ts";

const BOTH = [{ name: "score", goal: "maximize" }, { name: "cost", goal: "minimize" }] as const;
const USUAL = { x: null, y: null };

function measured(...values: readonly (readonly number[])[]) {
  return values.map((each, index) => ({
    configuration: index,
    trial: index,
    runs: 1,
    values: each,
  }));
}

Deno.test("objectivePlane() finds the front, its volume and what is left out", () => {
  // Losses (-3, 3), (-2, 1), (-1, 2): the third is dominated. Reference (-0.9, 3.3).
  const plane = objectivePlane(measured([3, 3], [2, 1], [1, 2], [NaN, 1]), BOTH, USUAL);
  assert.deepEqual(plane?.points.map(({ isFront }) => isFront), [true, true, false]);
  assert.deepEqual(plane?.steps, [[2, 1], [3, 3]]);
  assert.deepEqual([plane?.front, plane?.measured, plane?.excluded], [2, 3, 1]);
  assert.ok(Math.abs((plane?.reference[0] ?? 0) - 0.9) < 1e-12);
  assert.ok(Math.abs((plane?.reference[1] ?? 0) - 3.3) < 1e-12);
  // (3 - 0.9) * (3.3 - 3) + (2 - 0.9) * (3 - 1)
  assert.ok(Math.abs((plane?.hypervolume ?? 0) - 2.83) < 1e-9, `${plane?.hypervolume}`);
});

Deno.test("objectivePlane() says the same of a sweep as the Pareto view", () => {
  const view = frontSweep();
  const objectives = objectivesOf(view.ledger.spec);
  const all = measuredConfigurations(leaderboard(view.ledger), objectives);
  const plane = objectivePlane(all, objectives, USUAL);
  const known = paretoView(view);
  assert.deepEqual(
    plane?.points.filter(({ isFront }) => isFront).map((point) => point.configuration).sort(),
    known.front.map((row) => row.configuration).sort(),
  );
  assert.ok(Math.abs((plane?.hypervolume ?? 0) - (known.hypervolume ?? NaN)) < 1e-12);
  assert.deepEqual(plane?.reference, known.reference);
  assert.equal(plane?.excluded, known.excluded);
});

Deno.test("objectivePlane() draws the chosen objectives, and refuses unknown ones", () => {
  const three = [...BOTH, { name: "time", goal: "minimize" } as const];
  const all = measured([3, 3, 1], [2, 1, 5]);
  const named = (x: string | null, y: string | null) => {
    const plane = objectivePlane(all, three, { x, y });
    return [plane?.x.name, plane?.y.name];
  };
  assert.deepEqual(named(null, null), ["score", "cost"]);
  assert.deepEqual(named("time", null), ["time", "score"]);
  assert.deepEqual(named(null, "score"), ["cost", "score"]);
  assert.deepEqual(named("cost", "cost"), ["cost", "score"]);
  assert.throws(() => named("nothing", null), /Cannot draw objective "nothing": it must be one of/);
  assert.equal(objectivePlane(all, [BOTH[0]], USUAL), null);
});

Deno.test("objectivePlane() draws all of the front and what can be told apart of 100,000", () => {
  const many = Array.from({ length: 100_000 }, (_, i) => [(i % 997) / 997, 1 + (i % 1009) / 1009]);
  const plane = objectivePlane(measured([2, 0.5], ...many), BOTH, USUAL);
  assert.equal(plane?.front, 1);
  assert.equal(plane?.measured, 100_001);
  const drawn = plane?.points.length ?? 0;
  assert.ok(drawn > MOST_POINTS / 4 && drawn <= 40 * 30 + 1, `${drawn}`);
});

Deno.test("objectivePlane() measures fronts that it can in time, and says which it cannot", () => {
  const told = (objectives: number, points: number): string => {
    const rng = createRng(7, `${objectives}`);
    const goals = Array.from({ length: objectives }, (_, i) => ({
      name: `cost_${i}`,
      goal: "minimize" as const,
    }));
    // On a sphere none dominates another.
    const sphere = Array.from({ length: points }, () => {
      const losses = goals.map(() => -Math.log(1 - rng.uniform()));
      return losses.map((loss) => 1 - loss / Math.hypot(...losses));
    });
    const plane = objectivePlane(measured(...sphere), goals, USUAL);
    assert.ok(plane);
    assert.equal(JSON.parse(JSON.stringify(plane)).hypervolume, plane.hypervolume);
    return planeSentence(plane);
  };
  assert.match(told(4, 500), /Hypervolume \d/);
  assert.match(
    told(10, 400),
    /Hypervolume not computed: 400 points in 10 objectives would take too long\./,
  );
});
