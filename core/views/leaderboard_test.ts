import assert from "node:assert/strict";
import fc from "fast-check";
import { parseAttempt, parsePackId, parseWorkerId } from "../domain/ids.ts";
import type { Goal, ObjectiveValue } from "../domain/objective.ts";
import { SweepLedger } from "../domain/sweep_ledger.ts";
import { epoch } from "../domain/units.ts";
import { planAll } from "../../tests/support/planned.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { leaderboard } from "./leaderboard.ts";

type Result = number | "diverged" | null;

/** The leaderboard of configurations whose replicates ended so; null: not yet. */
function ranked(results: readonly (readonly Result[])[], goal: Goal, name = "val_loss") {
  const replicates = results[0]?.length ?? 1;
  const values = results.map((_, i) => (i + 1) / 1_000);
  const ledger = new SweepLedger(sweepCreated(specOf({
    replicates,
    metric: { name, goal },
    parameters: [{ name: "lr", domain: { kind: "values", values } }],
  })));
  planAll(ledger);
  for (const [n, result] of results.flat().entries()) {
    if (result === null) continue;
    const [pack, attempt] = [parsePackId(n), parseAttempt(1)];
    const delivery = { sequence: n + 1, count: 1 };
    const worker = parseWorkerId("w");
    ledger.apply({ type: "packLeased", pack, attempt, worker, backend: "cpu", delivery });
    const objective: ObjectiveValue = result === "diverged"
      ? { kind: "diverged" }
      : { kind: "finite", value: result };
    ledger.apply({
      type: "trialCompleted",
      result: null,
      model: null,
      trial: ledger.pack(pack).trials[0]!,
      pack,
      attempt,
      epoch: epoch(1),
      objective,
      metrics: {},
    });
  }
  return leaderboard(ledger);
}

Deno.test("leaderboard() ranks means in the goal's direction, divergence last, ties alike", () => {
  const results = [[3, 5], [4, 4], ["diverged", 0], [1, null], [9, 9], [null, null]] as const;
  const places = (goal: Goal) =>
    ranked(results, goal).map(({ rank, configuration }) => [rank, configuration]);
  assert.deepEqual(places("minimize"), [[1, 3], [2, 0], [2, 1], [4, 4], [5, 2]]);
  assert.deepEqual(places("maximize"), [[1, 4], [2, 0], [2, 1], [4, 3], [5, 2]]);
  const [best] = ranked(results, "minimize").filter(({ configuration }) => configuration === 0);
  assert.equal(best?.estimate?.mean, 4);
  assert.equal(best?.bestTrial.replicate, 0, "3 is better than 5 where less is better");
});

Deno.test("leaderboard() shows what a worker calls an accuracy, whatever it is", () => {
  for (const value of [1.0000001, -0.5, 1e308]) {
    const [row] = ranked([[value]], "maximize", "val_accuracy");
    assert.equal(row?.estimate?.mean, value);
    assert.equal(row?.estimate?.ci95, null);
  }
  assert.ok(ranked([[1]], "maximize", "val_accuracy")[0]?.estimate?.ci95);
});

Deno.test("leaderboard() is in order, with ranks that count who is better, for any results", () => {
  const result = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(null, "diverged"));
  const table = fc.array(fc.tuple(result, result), { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(table, fc.constantFrom<Goal>("minimize", "maximize"), (results, goal) => {
    const rows = ranked(results as Result[][], goal);
    const worth = rows.map(({ estimate }) =>
      estimate === null ? -Infinity : goal === "maximize" ? estimate.mean : -estimate.mean
    );
    for (const [i, row] of rows.entries()) {
      assert.equal(row.rank, 1 + worth.filter((other) => other > worth[i]!).length);
      const own = (results[row.configuration] ?? []).filter((value) => value !== null);
      assert.equal(row.completed, own.length);
      assert.equal(row.estimate === null, own.includes("diverged"));
    }
    assert.equal(rows.length, results.filter((own) => own.some((value) => value !== null)).length);
  }));
});
