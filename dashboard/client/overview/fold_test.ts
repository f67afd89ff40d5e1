import assert from "node:assert/strict";
import fc from "fast-check";
import { missingTrials, withoutDropped, withPoints, withSeries } from "./fold.ts";
import type { CurvesAnswer, CurveSelection, CurveUpdate } from "../model.ts";

const none: CurvesAnswer = { asOf: "e.1", metric: "loss", series: [] };
const selectionOf = (...trials: readonly number[]): CurveSelection => ({
  curves: trials.map((trial) => ({ trial, rank: null, label: `trial ${trial}` })),
  ranked: 0,
  paused: 0,
  running: trials.length,
  unfiltered: null,
  metrics: ["loss"],
});
const update = (trial: number, epoch: number, loss: number): CurveUpdate => ({
  trial,
  epoch,
  metrics: { loss },
});

Deno.test("withPoints gives the same curves whatever the batches that points come in", () => {
  const point = fc.record({ trial: fc.nat(3), epoch: fc.nat(20), value: fc.nat(100) });
  fc.assert(fc.property(fc.array(point), fc.nat(40), (points, cut) => {
    const updates = points.map(({ trial, epoch, value }) => update(trial, epoch, value));
    const start = {
      ...none,
      series: [0, 1, 2].map((trial) => ({ trial, reported: 0, points: [] })),
    };
    const whole = withPoints(start, updates);
    const parts = withPoints(withPoints(start, updates.slice(0, cut)), updates.slice(cut));
    assert.deepEqual(parts, whole);
    for (const { points: curve } of whole.series) {
      for (let i = 1; i < curve.length; i++) assert.ok(curve[i - 1]![0] < curve[i]![0]);
    }
  }));
});

Deno.test("withPoints lets a later attempt's point replace the earlier one of its epoch", () => {
  const start = {
    ...none,
    series: [{ trial: 1, reported: 2, points: [[1, 0.9], [2, 0.8]] as const }],
  };
  const after = withPoints(start, [update(1, 2, 0.7), update(9, 1, 0.1)]);
  assert.deepEqual(after.series, [{ trial: 1, reported: 2, points: [[1, 0.9], [2, 0.7]] }]);
});

Deno.test("withSeries adds the points that came while the answer was on its way", () => {
  const fetched = { ...none, series: [{ trial: 4, reported: 1, points: [[1, 0.9]] as const }] };
  const recent = [update(4, 1, 0.5), update(4, 2, 0.4), update(5, 1, 0.3)];
  const after = withSeries(none, { selection: selectionOf(4), fetched, recent });
  assert.deepEqual(after.series, [{ trial: 4, reported: 2, points: [[1, 0.9], [2, 0.4]] }]);
});

Deno.test("withSeries drops curves that are no longer drawn and ignores another metric's answer", () => {
  const known = { ...none, series: [1, 2].map((trial) => ({ trial, reported: 0, points: [] })) };
  const kept = withSeries(known, { selection: selectionOf(2), fetched: none, recent: [] });
  assert.deepEqual(kept.series.map(({ trial }) => trial), [2]);
  const late = { ...none, metric: "accuracy" };
  assert.equal(withSeries(known, { selection: selectionOf(2), fetched: late, recent: [] }), known);
  assert.deepEqual(missingTrials(kept, selectionOf(2, 7)), [7]);
});

Deno.test("withPoints goes on counting the points of a curve that came thinned", () => {
  const points = [[1, 0.9], [50, 0.8], [100, 0.7]] as const;
  const start = { ...none, series: [{ trial: 1, reported: 100, points }] };
  const [after] = withPoints(start, [update(1, 100, 0.6), update(1, 101, 0.5)]).series;
  assert.deepEqual(after, {
    trial: 1,
    reported: 101,
    points: [[1, 0.9], [50, 0.8], [100, 0.6], [101, 0.5]],
  });
});

Deno.test("withoutDropped leaves what a selection still has, and no curve that it lost", () => {
  const known = { ...none, series: [1, 2].map((trial) => ({ trial, reported: 0, points: [] })) };
  assert.deepEqual(withoutDropped(known, selectionOf(2)).series.map(({ trial }) => trial), [2]);
  assert.equal(withoutDropped(known, selectionOf(2, 1, 7)), known);
});

Deno.test("withPoints knows no metric that a point does not have, whatever it is called", () => {
  for (const metric of ["toString", "constructor"]) {
    const start = { ...none, metric, series: [{ trial: 1, reported: 0, points: [] }] };
    assert.deepEqual(withPoints(start, [update(1, 1, 0.5)]).series, start.series);
  }
});
