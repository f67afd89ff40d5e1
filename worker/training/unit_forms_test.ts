/** Trials that go from a first layer of columns to one of rows, and back, as their company changes. */
import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { epoch } from "../../core/domain/units.ts";
import { wasmBackend } from "../engine/wasm_backend.ts";
import { firstColumns } from "./fused_layout.ts";
import { FusedNetwork } from "./fused_network.ts";
import { cheaperForm } from "./first_layer_form.ts";
import { initialLayers } from "./initial_layers.ts";
import type { LaneSpec, PackSpec } from "./pack.ts";
import { PackTrainer } from "./pack_trainer.ts";
import { floatDataset, laneOf, packOf, type PackRun, runPack, testClock } from "./testing.ts";
import { assertClose, flatten } from "./testing_problem.ts";

/** So many features that one lane is cheaper in columns and all of them in rows. */
const DATASET = floatDataset("regression", 400);
const LANES = [6, 9, 12, 4].map((hiddenWidth, i) =>
  laneOf(i, {
    hiddenWidth,
    replicate: i,
    lr: 0.002 * (i + 1),
    momentum: 0.8 + 0.05 * i,
    weightDecay: i % 2 === 0 ? 0 : 0.01,
  })
);

function specOf(lanes: readonly LaneSpec[], spec: Partial<PackSpec>): PackSpec {
  return packOf(lanes, { batchSize: 16, activation: "tanh", epochs: epoch(4), ...spec });
}

function formOf(lanes: readonly LaneSpec[]): string {
  const rows = lanes.reduce((sum, { hiddenWidth }) => sum + hiddenWidth, 0);
  return cheaperForm({ columns: firstColumns(DATASET.features), rows, batchSize: 16 });
}

/** What a trial ends with: metrics of its last epoch and of the test split, and its parameters. */
function endOf({ checkpoints, finals, epochs }: PackRun, lane: LaneSpec): number[] {
  const [checkpoint, final, last] = [checkpoints, finals, epochs.at(-1)!.lanes].map((of) =>
    of.find(({ trial }) => trial === lane.trial)
  );
  assert(checkpoint !== undefined && "layers" in checkpoint);
  assert(final !== undefined && "kind" in final && final.kind === "metrics");
  assert(last !== undefined && "outcome" in last && last.outcome.kind === "metrics");
  return [
    ...flatten(checkpoint.layers),
    ...Object.values(checkpoint.slots).flatMap(flatten),
    ...final.predictions,
    ...Object.values(last.outcome.metrics),
  ];
}

const options = async () => ({
  dataset: DATASET,
  backend: await wasmBackend.load(),
  clock: testClock,
});

for (const optimizer of ["sgd", "momentum", "adam"] as const) {
  for (const gradient of ["manual", "auto"] as const) {
    Deno.test(`PackTrainer makes the same of a lane in columns and in rows with ${optimizer}, ${gradient}`, async () => {
      assert.deepEqual([...LANES.map((lane) => formOf([lane])), formOf(LANES)], [
        ...LANES.map(() => "columns"),
        "rows",
      ]);
      const spec = specOf(LANES, { optimizer, gradient });
      await (await wasmBackend.load()).activate();
      const before = tf.memory().numTensors;
      const alone = new Map<LaneSpec, number[]>();
      for (const lane of LANES) {
        alone.set(lane, endOf(await runPack({ ...spec, lanes: [lane] }, await options()), lane));
      }
      const together = await runPack(spec, await options());
      for (const lane of LANES) assertClose(endOf(together, lane), alone.get(lane)!, 1e-4);

      // Half of the way in rows, the other half in columns, and the other way round.
      const half = await runPack({ ...spec, epochs: epoch(2) }, await options());
      const resumed = LANES.map((lane) => ({
        ...lane,
        resume: half.checkpoints.find(({ trial }) => trial === lane.trial)!,
      }));
      const rest = { ...spec, startEpoch: epoch(2) };
      for (const [i, lane] of resumed.entries()) {
        const run = await runPack({ ...rest, lanes: [lane] }, await options());
        assertClose(endOf(run, lane), alone.get(LANES[i]!)!, 1e-4);
      }
      const starts = await Promise.all(
        LANES.map(async (lane) => {
          const lone = { ...spec, lanes: [lane], epochs: epoch(2) };
          const [resume] = (await runPack(lone, await options())).checkpoints;
          return { ...lane, resume: resume! };
        }),
      );
      const joined = await runPack({ ...rest, lanes: starts }, await options());
      for (const lane of LANES) assertClose(endOf(joined, lane), alone.get(lane)!, 1e-4);
      assert.equal(tf.memory().numTensors, before);
    });
  }
}

Deno.test("PackTrainer turns the first layer when stopped lanes are taken out, unseen by the others", async () => {
  const spec = specOf(LANES, { optimizer: "momentum", epochs: epoch(6) });
  const [kept] = LANES;
  const alone = endOf(await runPack({ ...spec, lanes: [kept!] }, await options()), kept!);
  using trainer = await PackTrainer.open(spec, await options());
  const epochs = [await trainer.trainEpoch(), await trainer.trainEpoch()];
  for (const lane of LANES.slice(1)) trainer.stopLane(lane.trial);
  epochs.push(...await Array.fromAsync(trainer.epochs()));
  const checkpoints = await trainer.checkpoint();
  const found = endOf({ epochs, checkpoints, finals: await trainer.finalMetrics() }, kept!);
  assertClose(found, alone, 1e-4);
});

Deno.test("FusedNetwork lies in columns where minibatches change and units are few", async () => {
  await (await wasmBackend.load()).activate();
  const layers = initialLayers({
    seed: 1,
    replicate: 0,
    inputs: 400,
    hiddenWidth: 5,
    depth: 2,
    classes: 1,
  });
  const lane = {
    rates: { lr: 1, momentum: 0, weightDecay: 0 },
    state: { step: 0, layers, slots: {} },
  };
  const common = {
    activation: "relu",
    optimizer: "sgd",
    gradient: "manual",
    loss: "mean_squared_error",
    kind: "regression",
    batchSize: 16,
  } as const;
  for (const [isSameMinibatch, due] of [[false, "columns"], [true, "rows"]] as const) {
    using network = new FusedNetwork([lane], { ...common, isSameMinibatch });
    assert.equal(network.layout.unitsAs, due);
    const [state] = await network.snapshot([0]);
    assert.deepEqual(state!.layers, layers);
  }
});
