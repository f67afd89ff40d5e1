import assert from "node:assert/strict";
import { labFile, labMeasured, reportedSweep } from "../../../tests/support/reported_sweeps.ts";
import { finalMetricsOf } from "./final_metrics.ts";

Deno.test("finalMetricsOf() has every metric of the best configuration over completed replicates", () => {
  const { view } = reportedSweep(
    labFile({ hidden_width: [10, 32] }, { replicates: 4 }),
    ({ hyperparameters: { hidden_width }, replicate }) => {
      if (hidden_width === 10) return labMeasured(0.5, 0.6);
      // 0.80, 0.81, 0.82; the last one has not completed.
      return replicate === 3 ? null : labMeasured((80 + replicate) / 100, (90 + replicate) / 100);
    },
  );
  const found = finalMetricsOf(view.ledger);
  assert.equal(found?.configuration, 1);
  assert.deepEqual(found?.metrics.map(({ metric, least, most }) => [metric, least, most]), [
    ["train_accuracy", 0.9, 0.92],
    ["val_accuracy", 0.8, 0.82],
    ["test_accuracy", 0.8, 0.82],
  ]);
  const [train] = found?.metrics ?? [];
  assert.equal(train?.estimate.n, 3);
  assert.ok(Math.abs((train?.estimate.mean ?? 0) - 0.91) < 1e-12);
  assert.ok(Math.abs((train?.estimate.sd ?? 0) - 0.01) < 1e-12);
  const { view: empty } = reportedSweep(labFile({}), () => null);
  assert.equal(finalMetricsOf(empty.ledger), null);
});
