import assert from "node:assert/strict";
import { parseTrialId } from "../../core/domain/ids.ts";
import { epoch } from "../../core/domain/units.ts";
import { leaderboard } from "../../core/views/leaderboard.ts";
import { sampleSweep } from "../../tests/support/sample_sweep.ts";
import { configurationPoints } from "./parameters_points.ts";

Deno.test("configurationPoints() takes replicates together, best first, with their spread", () => {
  const sample = sampleSweep({ replicates: 2 });
  for (const [trial, accuracy] of [0.7, 0.9, 0.95, 0.93, 0.99, NaN].entries()) {
    sample.lease(trial, 10 * trial, "w");
    sample.complete(trial, 10 * trial + 5, accuracy);
  }
  const { ledger } = sample.view;
  const { points, open, asked } = configurationPoints(ledger, leaderboard(ledger));
  assert.deepEqual([asked, open], [12, 9]);
  assert.deepEqual(points.map(({ configuration, outcome, n }) => [configuration, outcome, n]), [
    [1, "completed", 2],
    [0, "completed", 2],
    [2, "diverged", 2],
  ]);
  const [best, second] = points;
  assert.ok(Math.abs((best?.mean ?? 0) - 0.94) < 1e-12);
  // Of 0.7 and 0.9 around 0.8.
  assert.ok(Math.abs((second?.sd ?? 0) - Math.sqrt(0.02)) < 1e-12);
  assert.deepEqual(second?.values, [32, 0.05, 32]);
});

Deno.test("configurationPoints() knows what was given up, a failure before a pruning", () => {
  const sample = sampleSweep({ replicates: 2 });
  const prune = (trial: number) => {
    sample.lease(trial, 10, "w");
    sample.append(20, {
      type: "trialPruned",
      trial: parseTrialId(trial),
      epoch: epoch(1),
      rung: 0,
      message: "worse",
    });
  };
  prune(0);
  prune(2);
  const reason = { kind: "exception", message: "boom" } as const;
  sample.append(30, { type: "trialFailed", trial: parseTrialId(3), reason });
  const { ledger } = sample.view;
  const { points, open } = configurationPoints(ledger, leaderboard(ledger));
  assert.deepEqual(
    points.map(({ configuration, outcome, mean }) => [configuration, outcome, mean]),
    [
      [0, "pruned", null],
      [1, "failed", null],
    ],
  );
  assert.equal(open, 10);
});
