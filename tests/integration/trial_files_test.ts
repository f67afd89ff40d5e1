import assert from "node:assert/strict";
import { MISTAKES_KEPT, SUREST_KEPT } from "../../core/domain/trial_result.ts";
import { modelArtifact, resultArtifact } from "../../core/protocol/subjects.ts";
import type { ArtifactStore } from "../../core/protocol/ports.ts";
import { readModel, readTrialResult } from "../../core/views/trial_files.ts";
import { parseAttempt, parseWorkerId } from "../../core/domain/ids.ts";
import { readTrialLines } from "../../core/views/trial_log.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { RunningSweep } from "../support/running_sweep.ts";
import { specOf } from "../support/specs.ts";

const ignore = !(await natsServerBinaryOrSkip());

Deno.test({
  name: "runWorker() leaves a result and a model of every trial, as its metrics say",
  ignore,
  fn: async () => {
    await using sweep = await RunningSweep.create(specOf({ maxLanes: 4 }));
    const outcome = sweep.coordinate();
    await sweep.work("w1");
    assert.equal(await outcome, "completed");
    const { trials } = await sweep.ledger();
    const { artifacts } = sweep.transport;
    for (const trial of trials) {
      assert.equal(trial.result, resultArtifact(sweep.sweep, trial.id));
      assert.equal(trial.model, modelArtifact(sweep.sweep, trial.id));
      const result = await readTrialResult(artifacts, trial);
      assert.ok(result !== null && result.confusions !== null);
      const { test, train, validation } = result.confusions;
      const total = (rows: typeof test) => rows.flat().reduce((sum, n) => sum + n, 0);
      assert.deepEqual([train, validation, test].map(total), [400, 100, 10_000]);
      const right = (rows: typeof test) => rows.reduce((sum, row, c) => sum + row[c]!, 0);
      assert.ok(Math.abs(right(test) / 10_000 - trial.metrics["test_accuracy"]!) < 1e-6);
      assert.ok(Math.abs(right(validation) / 100 - trial.metrics["val_accuracy"]!) < 1e-6);
      assert.ok(result.mistakes.length >= SUREST_KEPT && result.mistakes.length <= MISTAKES_KEPT);
      assert.ok(result.mistakes.every(({ image }) => image?.width === 28 && image.channels === 1));
      assert.ok(
        result.mistakes.every(({ loss, confidence }) => loss! > -Math.log1p(-confidence) - 1e-3),
      );
      const at = { pack: trial.pack!, attempt: parseAttempt(1), worker: parseWorkerId("w1") };
      const about = { sweep: sweep.sweep, trial: trial.id, attempts: [at] };
      const { lines, total: written } = await readTrialLines(artifacts, about);
      assert.equal(lines.length, written);
      assert.match(lines[1]?.text ?? "", /^data of mnist loaded: 400 training, 100 validation and/);
      assert.match(lines.at(-1)?.text ?? "", /^completed after epoch \d+: train_loss/);
      const model = await readModel(artifacts, trial);
      const width = Number(trial.hyperparameters["hidden_width"]);
      assert.deepEqual(model?.card.widths, [784, width, 10]);
      assert.deepEqual([model?.card.sweep, model?.card.trial], [sweep.sweep, trial.id]);
    }
  },
});

Deno.test({
  name: "coordinate() keeps the models of the ten best configurations, and all results",
  ignore,
  fn: async () => {
    const lrs = Array.from({ length: 13 }, (_, i) => 0.002 * 1.4 ** i);
    const spec = specOf({
      maxLanes: 16,
      metric: { name: "val_loss", goal: "minimize" },
      parameters: [
        { name: "lr", domain: { kind: "values", values: lrs } },
        { name: "hidden_width", domain: { kind: "values", values: [8] } },
        { name: "epochs", domain: { kind: "values", values: [1] } },
      ],
    });
    await using sweep = await RunningSweep.create(spec);
    const outcome = sweep.coordinate();
    await sweep.work("w1");
    assert.equal(await outcome, "completed");
    const { trials } = await sweep.ledger();
    const { artifacts } = sweep.transport;
    const ranked = trials.toSorted((a, b) => a.metrics["val_loss"]! - b.metrics["val_loss"]!);
    for (const [place, trial] of ranked.entries()) {
      assert.ok(await readTrialResult(artifacts, trial) !== null, "results are all kept");
      assert.equal(await readModel(artifacts, trial) !== null, place < 10, `place ${place + 1}`);
    }
  },
});

Deno.test({
  name: "runWorker() completes its trials without files where the store refuses them",
  ignore,
  fn: async () => {
    await using sweep = await RunningSweep.create(specOf({ maxLanes: 4 }));
    const outcome = sweep.coordinate();
    await sweep.work("w1", {
      onTransport: ({ artifacts }) => {
        const store = artifacts as { put: ArtifactStore["put"] };
        store.put = (name) => Promise.reject(new Error(`the disk is full: ${name}`));
      },
    });
    assert.equal(await outcome, "completed");
    const { trials, counts } = await sweep.ledger();
    assert.equal(counts.completed, 4);
    assert.ok(trials.every(({ result, model }) => result === null && model === null));
  },
});
