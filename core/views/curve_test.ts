import assert from "node:assert/strict";
import { epoch, instant } from "../domain/units.ts";
import { Curve } from "./curve.ts";

/** A curve that is told of reports: an epoch and its time, and a loss unless it was not finite. */
function curveOf(reports: readonly (readonly [at: number, epoch: number, loss: number])[]): Curve {
  const curve = new Curve();
  for (const [at, number, loss] of reports) {
    if (Number.isFinite(loss)) {
      curve.add({ epoch: epoch(number), metrics: { loss } }, instant(at));
    } else {
      curve.addDiverged({ epoch: epoch(number), at: instant(at) });
    }
  }
  return curve;
}

Deno.test("Curve keeps the time of each point beside it, also where an attempt repeats epochs", () => {
  const curve = curveOf([[10, 1, 0.9], [20, 2, 0.8], [30, 4, 0.7], [50, 2, 0.6], [60, 3, 0.5]]);
  assert.deepEqual(
    curve.points.map(({ epoch, metrics }, index) => [curve.times[index], epoch, metrics["loss"]]),
    [[10, 1, 0.9], [50, 2, 0.6], [60, 3, 0.5], [30, 4, 0.7]],
  );
});

Deno.test("Curve remembers reports without finite numbers until an attempt gets past them", () => {
  const curve = curveOf([[10, 1, 0.9], [20, 2, NaN]]);
  assert.deepEqual(curve.diverged, [{ epoch: 2, at: 20 }]);
  assert.equal(curve.points.length, 1);
  curve.add({ epoch: epoch(2), metrics: { loss: 0.8 } }, instant(30));
  assert.deepEqual([curve.diverged, curve.points.length], [[], 2]);
});
