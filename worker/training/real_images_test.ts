import assert from "node:assert/strict";
import { epoch } from "../../core/domain/units.ts";
import type { Dataset } from "../datasets/dataset.ts";
import { isFile } from "../datasets/files.ts";
import { openDataset } from "../datasets/open_dataset.ts";
import { realDataDir } from "../datasets/testing.ts";
import { chooseBackend } from "../engine/choose_backend.ts";
import type { PackSpec } from "./pack.ts";
import { laneOf, packOf, runPack, testClock } from "./testing.ts";

/** The validation accuracy after the last epoch of the pack's only trial. */
async function accuracyOf(dataset: Dataset, spec: PackSpec): Promise<number> {
  const { backend } = await chooseBackend("auto");
  const { epochs } = await runPack(spec, { dataset, backend, clock: testClock });
  const outcome = epochs.at(-1)?.lanes[0]?.outcome;
  assert(outcome?.kind === "metrics");
  assert(outcome.metrics.val_accuracy !== undefined);
  return outcome.metrics.val_accuracy;
}

Deno.test("PackTrainer learns real digits", async () => {
  const request = { dataset: "mnist", seed: 1, trainExamples: 3600 } as const;
  const dataset = await openDataset(request, { home: "/nowhere" });
  assert.deepEqual([dataset.train.count, dataset.validation.count], [3000, 600]);
  const lanes = [laneOf(0, { hiddenWidth: 32, lr: 0.1 })];
  const accuracy = await accuracyOf(dataset, packOf(lanes, { depth: 1, epochs: epoch(5) }));
  assert.ok(accuracy > 0.88, `${accuracy}`);
});

Deno.test("PackTrainer learns real apples, forests and mice", async (t) => {
  const dir = realDataDir();
  const ignore = !await isFile(`${dir}/cifar-100-binary/train.bin`);
  await t.step({
    name: ignore ? `skipped: "${dir}" has no CIFAR-100 (see TRAWL_DATA_DIR)` : `from ${dir}`,
    ignore,
    fn: async () => {
      const classes = [0, 33, 50];
      const dataset = await openDataset(
        { dataset: "cifar100", classes, seed: 1, validation: "test" },
        { home: "/nowhere", dataDir: dir },
      );
      const lanes = [laneOf(0, { hiddenWidth: 10, lr: 0.005 })];
      const spec = packOf(lanes, { depth: 1, batchSize: 32, epochs: epoch(10) });
      const accuracy = await accuracyOf(dataset, spec);
      assert.ok(accuracy > 0.72, `${accuracy}`);
    },
  });
});
