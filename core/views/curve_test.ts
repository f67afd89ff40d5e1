import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTrialId } from "../domain/ids.ts";
import type { Metrics } from "../domain/sweep_event.ts";
import { epoch, instant } from "../domain/units.ts";
import { type Curve, Curves } from "./curve.ts";
import { CurvePoints } from "./curve_points.ts";

const TRIAL = parseTrialId(0);

interface Report {
  readonly trial: number;
  readonly epoch: number;
  readonly at: number;
  readonly metrics: Metrics;
}

/** A curve that is told of reports: an epoch and its time, and a loss unless it was not finite. */
function curvesOf(
  reports: readonly (readonly [at: number, epoch: number, loss: number])[],
): Curves {
  const curves = new Curves();
  for (const [at, number, loss] of reports) {
    const when = { epoch: epoch(number), at: instant(at) };
    if (Number.isFinite(loss)) curves.add(TRIAL, { ...when, metrics: { loss } });
    else curves.addDiverged(TRIAL, when);
  }
  return curves;
}

/** What the curves must say, kept as objects in lists. */
class Plain {
  readonly #reports = new Map<number, Map<number, Report>>();

  add(report: Report): void {
    const own = this.#reports.get(report.trial) ?? new Map<number, Report>();
    this.#reports.set(report.trial, own.set(report.epoch, report));
  }

  of(trial: number): readonly Report[] {
    return [...this.#reports.get(trial)?.values() ?? []].sort((a, b) => a.epoch - b.epoch);
  }
}

/** The bits, so that -0 is not 0, in the order of the names. */
function bitsOf(metrics: Metrics): readonly (readonly [string, bigint])[] {
  return Object.entries(metrics).map(([name, value]) =>
    [name, new BigUint64Array(new Float64Array([value]).buffer)[0] ?? 0n] as const
  );
}

function assertSame(curve: Curve, reports: readonly Report[]): void {
  assert.equal(curve.length, reports.length);
  assert.deepEqual(curve.times, reports.map(({ at }) => at));
  const { points } = curve;
  assert.deepEqual(points.map(({ epoch }) => epoch), reports.map(({ epoch }) => epoch));
  assert.deepEqual(
    points.map(({ metrics }) => bitsOf(metrics)),
    reports.map(({ metrics }) => bitsOf(metrics)),
  );
  assert.deepEqual(curve.lastMetrics ?? undefined, reports.at(-1)?.metrics);
  const names = new Set(reports.flatMap(({ metrics }) => Object.keys(metrics)));
  assert.deepEqual(curve.metricNames, names);
  for (const name of names) {
    assert.deepEqual(
      curve.samples(name).map(({ epoch, at, value }) => [epoch, at, ...bitsOf({ value })]),
      reports.flatMap(({ epoch, at, metrics }) =>
        Object.hasOwn(metrics, name)
          ? [[epoch, at, ...bitsOf({ value: metrics[name] ?? NaN })]]
          : []
      ),
    );
  }
}

Deno.test("Curves keep the time of each point beside it, also where an attempt repeats epochs", () => {
  const curve = curvesOf([[10, 1, 0.9], [20, 2, 0.8], [30, 4, 0.7], [50, 2, 0.6], [60, 3, 0.5]])
    .of(TRIAL);
  assert.deepEqual(
    curve.points.map(({ epoch, metrics }, index) => [curve.times[index], epoch, metrics["loss"]]),
    [[10, 1, 0.9], [50, 2, 0.6], [60, 3, 0.5], [30, 4, 0.7]],
  );
});

Deno.test("Curves remember reports without finite numbers until an attempt gets past them", () => {
  const curves = curvesOf([[10, 1, 0.9], [20, 2, NaN]]);
  const curve = curves.of(TRIAL);
  assert.deepEqual(curve.diverged, [{ epoch: 2, at: 20 }]);
  assert.equal(curve.length, 1);
  curves.add(TRIAL, { epoch: epoch(2), metrics: { loss: 0.8 }, at: instant(30) });
  assert.deepEqual([curve.diverged, curve.length], [[], 2]);
});

Deno.test("Curves give back the bits that they were given, in the order of epochs", () => {
  const names = fc.constantFrom("loss", "val_loss", "__proto__", "a b", "7", "toString");
  const value = fc.oneof(
    fc.double(),
    fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 5e-324, Number.MAX_VALUE, 0.1 + 0.2),
  );
  const metrics = fc.uniqueArray(fc.tuple(names, value), { selector: ([name]) => name })
    .map((entries): Metrics => Object.fromEntries(entries));
  const report = fc.record({
    trial: fc.nat(5),
    // Epochs repeat, are skipped, and come out of order.
    epoch: fc.oneof(fc.nat(12), fc.constant(Number.MAX_SAFE_INTEGER)),
    at: fc.double({ noNaN: true, noDefaultInfinity: true }),
    metrics,
  });
  fc.assert(fc.property(fc.array(report, { maxLength: 60 }), (reports) => {
    const curves = new Curves();
    const plain = new Plain();
    for (const report of reports) {
      plain.add(report);
      const { trial, metrics } = report;
      const when = { epoch: epoch(report.epoch), at: instant(report.at) };
      curves.add(parseTrialId(trial), { ...when, metrics });
    }
    for (let trial = 0; trial < 7; trial++) {
      assertSame(curves.of(parseTrialId(trial)), plain.of(trial));
    }
  }));
});

Deno.test("Curves of many long trials stay apart, beyond a chunk of memory", () => {
  const curves = new Curves();
  const plain = new Plain();
  // Lanes report together; the second attempt of one of them begins again in the middle.
  const told = (trial: number, at: number, number: number): void => {
    const metrics = { loss: Math.sin(trial + number / 7), share: 1 / (number + at) };
    plain.add({ trial, epoch: number, at, metrics });
    curves.add(parseTrialId(trial), { epoch: epoch(number), at: instant(at), metrics });
  };
  for (let number = 1; number <= 700; number++) {
    for (let trial = 0; trial < 16; trial++) told(trial, number * 100, number);
  }
  for (let number = 690; number <= 705; number++) told(3, 100_000 + number, number);
  for (let trial = 0; trial < 16; trial++) {
    assertSame(curves.of(parseTrialId(trial)), plain.of(trial));
  }
});

Deno.test("CurvePoints takes 8 bytes for a value and 8 for its links, however many lanes report", () => {
  for (const lanes of [1, 16]) {
    const points = new CurvePoints();
    for (let number = 1; number <= 20_000 / lanes; number++) {
      for (let trial = 0; trial < lanes; trial++) {
        const metrics = { train_loss: number / 7, val_loss: number / 3, val_accuracy: 1 / number };
        const when = { epoch: epoch(number), at: instant(number * 1_000) };
        points.add(parseTrialId(trial), { ...when, metrics });
      }
    }
    // The last chunk is not full.
    const [most, chunk] = [20_000 * 32, 4_096 * 8];
    assert.ok(points.byteLength <= most + chunk, `${points.byteLength} bytes`);
  }
});
