import assert from "node:assert/strict";
import { parseSweepFile } from "../../cli/sweep_file/parse_sweep_file.ts";
import { planTrials } from "../../coordinator/plan_trials.ts";
import { parseSweepId } from "../../core/domain/ids.ts";
import type { Metrics } from "../../core/domain/sweep_event.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { datasetRequestOf } from "../../worker/dataset_request.ts";
import { openDataset } from "../../worker/datasets/open_dataset.ts";
import { wasmBackend } from "../../worker/engine/wasm_backend.ts";
import { packSpecOf } from "../../worker/pack_spec.ts";
import { runPack, testClock } from "../../worker/training/testing.ts";
import { sweepCreated } from "../support/specs.ts";

/** The metrics of a shipped sweep's trials; or of the first few, after fewer epochs. */
async function metricsOf(
  name: string,
  { first = Infinity, epochs: limit = {} }: {
    readonly first?: number;
    readonly epochs?: { readonly epochs?: number };
  } = {},
): Promise<readonly Metrics[]> {
  const path = new URL(`../../sweeps/lab/${name}.yaml`, import.meta.url);
  const sweep = parseSweepFile(await Deno.readTextFile(path), { path: `${name}.yaml` });
  const ledger = new SweepLedger(sweepCreated(sweep, parseSweepId(`lab-${name}`)));
  for (const events of planTrials(ledger)) for (const event of events) ledger.apply(event);
  const { task, seed } = sweep;
  assert.ok(task.dataset !== "module");
  const dataset = await openDataset(datasetRequestOf(task, seed), { home: "/nowhere" });
  const spec = packSpecOf({
    sweep: ledger.id,
    seed,
    task,
    datasetDigest: dataset.digest,
    lanes: ledger.trials.slice(0, first).map(({ id, replicate, hyperparameters }) => ({
      trial: id,
      replicate,
      hyperparameters: { ...hyperparameters, ...limit },
    })),
    resume: null,
  });
  const backend = await wasmBackend.load();
  const { epochs, finals } = await runPack(spec, { dataset, backend, clock: testClock });
  return finals.map((final): Metrics => {
    const last = epochs.at(-1)?.lanes.find(({ trial }) => trial === final.trial);
    assert.ok(final.kind === "metrics" && last?.outcome.kind === "metrics", "it diverged");
    return { ...last.outcome.metrics, ...final.metrics };
  });
}

Deno.test("lab/xor gets the four centres right, and nearly all fresh points", async () => {
  const trials = await metricsOf("xor");
  assert.equal(trials.length, 15);
  for (const { centre_accuracy = NaN, test_accuracy = NaN } of trials) {
    assert.ok(centre_accuracy >= 0.99, `${centre_accuracy}`);
    assert.ok(test_accuracy >= 0.97, `${test_accuracy}`);
  }
});

// The loss only falls from there on, by another 4 %: all 50,000 steps would take five times as long.
Deno.test("lab/regression is at the noise floor after 10,000 steps, and has the curve", async () => {
  const [trial] = await metricsOf("regression", { first: 1, epochs: { epochs: 10_000 } });
  const { train_loss = NaN, rmse_to_truth = NaN } = trial ?? {};
  const variance = 0.05 ** 2;
  assert.ok(Math.abs(train_loss - variance) <= 0.1 * variance, `${train_loss}`);
  assert.ok(rmse_to_truth <= 0.02, `${rmse_to_truth}`);
});
