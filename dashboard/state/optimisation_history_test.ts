import assert from "node:assert/strict";
import { frontSweep } from "../../tests/support/front_sweep.ts";
import { leaderboard } from "../../core/views/leaderboard.ts";
import { sparkOf } from "./best_line.ts";
import type { LoggedEvent } from "./event_log.ts";
import {
  type EndedConfiguration,
  endedConfigurations,
  MOST_MARKS,
  optimisationHistory,
} from "./optimisation_history.ts";

const LOSS = { name: "val_loss", goal: "minimize" } as const;

function completed(configuration: number, mean: number): EndedConfiguration {
  return { kind: "completed", configuration, trial: configuration, mean, spread: null, runs: 1 };
}

Deno.test("endedConfigurations() places replicates where the last of them completed, with their spread", () => {
  const { ledger } = frontSweep();
  // Two trials to a configuration; the last of configuration 0 is still queued.
  const completions = ledger.trials.filter(({ state }) => state.status === "completed");
  const events = completions.map(({ id }) =>
    ({ event: { type: "trialCompleted", trial: id } }) as unknown as LoggedEvent
  );
  const [first, ...rest] = events;
  const found = endedConfigurations(
    [...rest, first!],
    leaderboard(ledger),
    (trial) => ledger.trials[trial]!.configuration,
  );
  assert.deepEqual(
    found.map((end) =>
      end.kind === "completed" ? [end.configuration, end.runs, end.spread] : end.kind
    ),
    [[1, 2, [0.8, 0.84]], [2, 2, [0.92, 0.94]], "diverged", [4, 2, [0.8, 0.8]], [0, 1, null]],
  );
});

Deno.test("optimisationHistory() steps at every better mean, and keeps diverged and pruned apart", () => {
  const history = optimisationHistory([
    completed(0, 0.5),
    { kind: "diverged" },
    completed(1, 0.7),
    completed(2, 0.3),
    { kind: "pruned" },
    completed(3, 0.3),
    completed(4, 0.2),
  ], LOSS);
  assert.deepEqual(history.marks.map(({ place }) => place), [1, 3, 4, 6, 7]);
  assert.deepEqual(history.best.map(({ place, value }) => [place, value]), [
    [1, 0.5],
    [4, 0.3],
    [7, 0.2],
  ]);
  assert.equal(history.improvements, 2);
  assert.deepEqual([history.ended, history.completed, history.bins], [7, 5, []]);
  assert.deepEqual(history.diverged, { count: 1, places: [[2, 2]] });
  assert.deepEqual(history.pruned, { count: 1, places: [[5, 5]] });
  assert.deepEqual(history.range, [0.2, 0.7]);
});

Deno.test("optimisationHistory() makes room for replicates beyond the means", () => {
  const wide = { ...completed(0, 1), runs: 2, spread: [0.9, 1.4] as const };
  const far = { ...completed(1, 2), runs: 2, spread: [0, 9] as const };
  if (wide.kind !== "completed" || far.kind !== "completed") return;
  // Half of the means' range at most is added at each end.
  assert.deepEqual(optimisationHistory([wide, far], LOSS).range, [0.5, 2.5]);
  assert.deepEqual(optimisationHistory([wide, completed(1, 2)], LOSS).range, [0.9, 2]);
});

Deno.test("optimisationHistory() bins what is too much to draw: every configuration is in a bin", () => {
  const ended = Array.from(
    { length: 100_000 },
    (_, i) => i % 10 === 9 ? { kind: "diverged" } as const : completed(i, 1 + (i % 7)),
  );
  const { marks, bins, best, diverged } = optimisationHistory(ended, LOSS);
  assert.deepEqual(marks, []);
  assert.ok(ended.length > MOST_MARKS && bins.length <= 150);
  assert.equal(bins.reduce((sum, bin) => sum + bin.completed, 0), 90_000);
  assert.deepEqual(bins[0]?.places, [1, 667]);
  assert.deepEqual([bins[0]?.min, bins[0]?.median, bins[0]?.max], [1, 4, 7]);
  assert.deepEqual(best, [{ place: 1, value: 1, trial: 0 }]);
  assert.equal(diverged.count, 10_000);
  assert.ok(diverged.places.length <= 401, `${diverged.places.length}`);
});

Deno.test("sparkOf() draws the best so far from the first to the last place", () => {
  const steps = [
    { place: 1, value: 0.5, trial: 0 },
    { place: 3, value: 0.75, trial: 2 },
    { place: 5, value: 1, trial: 4 },
  ];
  assert.deepEqual(sparkOf(steps, 5), {
    path: "M0 19H42V11H84V3H84",
    first: 0.5,
    improvements: 2,
  });
  assert.equal(sparkOf([], 5), null);
  assert.equal(sparkOf(steps.slice(0, 1), 1)?.path, "M0 11H84");
});
