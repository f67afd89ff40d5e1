import assert from "node:assert/strict";
import { labFile, labMeasured, reportedSweep } from "../../../tests/support/reported_sweeps.ts";
import type { Hyperparameters } from "../../domain/hyperparameters.ts";
import { parameterEffects } from "./parameter_effects.ts";

function close(actual: number | undefined | null, expected: number): void {
  assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-9, `${actual} is not ${expected}`);
}

/** Two batch sizes × two widths; each accuracy is told by a table. */
function sweepOf(
  accuracy: (hyperparameters: Hyperparameters, replicate: number) => number | null,
  replicates = 4,
) {
  return reportedSweep(
    labFile({ batch_size: [128, 32], hidden_width: [5, 10] }, { replicates }),
    ({ hyperparameters, replicate }) => {
      const value = accuracy(hyperparameters, replicate);
      return value === null ? null : labMeasured(value);
    },
  ).view.ledger;
}

Deno.test("parameterEffects() are means over seeds of means over settings, checked by hand", () => {
  // Batches of 32 give 0.02 more at width 5 and 0.04 more at width 10; seeds differ by 0.01 each.
  const effects = parameterEffects(sweepOf(({ batch_size, hidden_width }, replicate) => {
    const bonus = batch_size === 32 ? (hidden_width === 10 ? 0.04 : 0.02) : 0;
    return 0.5 + 0.01 * replicate + bonus + (replicate === 3 && batch_size === 32 ? 0.004 : 0);
  }));
  assert.deepEqual(effects.map(({ parameter }) => parameter), ["batch_size", "hidden_width"]);
  const [batch, width] = effects;
  assert.deepEqual([batch?.unit, batch?.settings], ["seed", { used: 2, all: 2 }]);
  assert.deepEqual(batch?.means.map(({ value }) => value), ["32", "128"]);
  // 128: 0.50, 0.51, 0.52, 0.53; 32: 0.53, 0.54, 0.55, 0.564.
  close(batch?.means[1]?.estimate.mean, 0.515);
  close(batch?.means[0]?.estimate.mean, 0.546);
  assert.equal(batch?.means[0]?.estimate.n, 4);
  const [difference] = batch?.comparisons ?? [];
  // 128 − 32 for each seed: −0.03, −0.03, −0.03, −0.034: mean −0.031, sd 0.002.
  assert.deepEqual([difference?.from, difference?.to], ["32", "128"]);
  close(difference?.comparison.meanDifference, -0.031);
  close(difference?.comparison.sd, 0.002);
  close(difference?.comparison.effectSize, -15.5);
  assert.equal(difference?.isTold, true);
  assert.equal(difference?.morePairs, null);
  close(width?.comparisons[0]?.comparison.meanDifference, 0.01);
});

Deno.test("parameterEffects() correct for all comparisons that they show, by Holm", () => {
  const [batch, width] = parameterEffects(
    sweepOf(({ batch_size, hidden_width }, replicate) =>
      0.5 + (batch_size === 32 ? 0.002 : 0) * (replicate - 1) + (hidden_width === 10 ? 0.1 : 0) +
      (hidden_width === 10 ? 0.001 * replicate : 0)
    ),
  );
  const [weak, strong] = [batch?.comparisons[0], width?.comparisons[0]];
  close(strong?.adjustedP, 2 * (strong?.comparison.p ?? NaN));
  close(weak?.adjustedP, weak?.comparison.p ?? NaN);
  assert.equal(weak?.isTold, false);
  assert.ok((weak?.morePairs ?? 0) >= 1);
});

Deno.test("parameterEffects() leave out settings that lack a value, and say so", () => {
  const [batch] = parameterEffects(
    sweepOf(({ batch_size, hidden_width }, replicate) =>
      batch_size === 32 && hidden_width === 5 ? NaN : 0.5 + 0.01 * replicate
    ),
  );
  assert.deepEqual([batch?.settings, batch?.unit], [{ used: 1, all: 2 }, "seed"]);
  close(batch?.comparisons[0]?.comparison.meanDifference, 0);
});

Deno.test("parameterEffects() of single runs count settings, not seeds", () => {
  const [batch] = parameterEffects(sweepOf(({ batch_size }) => batch_size === 32 ? 0.6 : 0.5, 1));
  assert.deepEqual([batch?.unit, batch?.means[0]?.estimate.n], ["setting", 2]);
});

Deno.test("parameterEffects() pair nothing where settings share no values", () => {
  const [batch] = parameterEffects(
    sweepOf(({ batch_size, hidden_width }) =>
      (batch_size === 32) === (hidden_width === 5) ? 0.5 : null
    ),
  );
  assert.deepEqual(
    [batch?.unit, batch?.comparisons, batch?.settings],
    ["configuration", [], { used: 0, all: 2 }],
  );
});

Deno.test("parameterEffects() put many numbers into groups", () => {
  const values = Array.from({ length: 9 }, (_, index) => (index + 1) / 1000);
  const { view } = reportedSweep(
    labFile({ lr: values }, { replicates: 1 }),
    ({ hyperparameters: { lr } }) => labMeasured(Number(lr) * 100),
  );
  const [lr] = parameterEffects(view.ledger);
  assert.equal(lr?.unit, "configuration");
  assert.deepEqual(
    lr?.means.map(({ value, estimate }) => [value, Number(estimate.mean.toFixed(6)), estimate.n]),
    [["0.001 to 0.003", 0.2, 3], ["0.004 to 0.006", 0.5, 3], ["0.007 to 0.009", 0.8, 3]],
  );
});
