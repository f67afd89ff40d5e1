import assert from "node:assert/strict";
import { parseConfigurationId } from "../../../core/domain/ids.ts";
import type { ObservedOutcome } from "../../../core/domain/observation.ts";
import { bestPoints, goodCount, goodRows } from "./good_rows.ts";
import { ObservationTable } from "./observation_table.ts";

Deno.test("goodCount() is 15 in a hundred, rounded up, and no more than 25", () => {
  assert.deepEqual([0, 1, 6, 7, 100, 160, 161, 50_000].map(goodCount), [
    0,
    1,
    1,
    2,
    15,
    24,
    25,
    25,
  ]);
});

function tableOf(outcomes: readonly ObservedOutcome[]): ObservationTable {
  const table = new ObservationTable([]);
  for (const [n, outcome] of outcomes.entries()) {
    table.add({ configuration: parseConfigurationId(n), hyperparameters: { n }, outcome });
  }
  return table;
}

Deno.test("goodRows() takes completed ones, then deeper ones, never diverged ones", () => {
  const table = tableOf([
    { kind: "stopped", losses: [0], epoch: 1 },
    { kind: "completed", losses: [Infinity] },
    { kind: "stopped", losses: [8], epoch: 3 },
    { kind: "completed", losses: [9] },
    { kind: "pending" },
    { kind: "stopped", losses: [7], epoch: 3 },
    { kind: "completed", losses: [9] },
    { kind: "failed" },
    { kind: "completed", losses: [NaN] },
  ]);
  assert.deepEqual(goodRows(table, { count: 99, objectives: 1 }), [3, 6, 5, 2, 0]);
  assert.deepEqual(goodRows(table, { count: 2, objectives: 1 }), [3, 6]);
  assert.deepEqual(table.counts, { completed: 4, stopped: 3, pending: 1, failed: 1 });
});

Deno.test("bestPoints() peels fronts, and of the last one takes the least crowded", () => {
  const points = [[0, 10], [1, 7], [1, 7], [2, 8], [3, 5], [3.5, 4], [4, 3], [4, 9], [10, 0]];
  // The first front: all but (2, 8) and (4, 9), which (1, 7) dominates.
  assert.deepEqual([...bestPoints(points, 7)].sort((a, b) => a - b), [0, 1, 2, 4, 5, 6, 8]);
  assert.deepEqual(bestPoints(points, 9).slice(7), [3, 7]);
  // The ends, then (4, 3), whose neighbours are furthest away.
  assert.deepEqual(bestPoints(points, 3), [0, 8, 6]);
});

Deno.test("goodRows() prefers depth to fronts", () => {
  const table = tableOf([
    { kind: "stopped", losses: [0, 0], epoch: 1 },
    { kind: "stopped", losses: [5, 5], epoch: 2 },
    { kind: "completed", losses: [9, 9] },
    { kind: "completed", losses: [8, 8] },
  ]);
  assert.deepEqual(goodRows(table, { count: 3, objectives: 2 }), [3, 2, 1]);
});
