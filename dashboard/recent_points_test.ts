import assert from "node:assert/strict";
import fc from "fast-check";
import type { CurveUpdate } from "./client/model.ts";
import { RecentPoints } from "./recent_points.ts";

const pointsOf = (sequence: number, count: number): readonly CurveUpdate[] =>
  Array.from({ length: count }, (_, trial) => ({ trial, epoch: sequence, metrics: { loss: 1 } }));

Deno.test("RecentPoints.since gives exactly what came later, or null, and never holds more than its capacity", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }),
    fc.integer({ min: 5, max: 60 }),
    fc.integer({ min: 5, max: 60 }),
    fc.nat(120),
    (counts, capacity, batch, after) => {
      const recent = new RecentPoints({ capacity, batch });
      const all = counts.map((count, index) => ({
        sequence: 3 * (index + 1),
        points: pointsOf(3 * (index + 1), count),
      }));
      for (const { sequence, points } of all) {
        recent.push(sequence, points);
        assert.ok(recent.size <= Math.max(capacity, 9));
      }
      const later = all.filter(({ sequence }) => sequence > after).flatMap(({ points }) => points);
      const told = recent.since(after);
      if (told !== null) assert.deepEqual(told, later);
      else assert.ok(later.length > Math.min(batch, capacity - 9), "it gave up without need");
    },
  ));
});
