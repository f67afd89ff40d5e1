import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { SWEEP_KEYS } from "./format.ts";
import { sweepFileJsonSchema } from "./json_schema.ts";
import { parseSweepFile } from "./parse_sweep_file.ts";
import { listSweepNames, readSweepFile, resolveSweepFile } from "./sweep_file_names.ts";

const SHIPPED_SCHEMA = new URL("../../sweeps/sweep.schema.json", import.meta.url);

// zod reads a JSON Schema, so the schema is tried by code that had no part in writing it.
const SCHEMA = z.fromJSONSchema(JSON.parse(JSON.stringify(sweepFileJsonSchema())));

function schemaAccepts(text: string): boolean {
  return SCHEMA.safeParse(parse(text)).success;
}

function parserAccepts(text: string): boolean {
  try {
    parseSweepFile(text, { path: "x.yaml" });
    return true;
  } catch {
    return false;
  }
}

Deno.test("sweepFileJsonSchema() accepts every sweep that is shipped", async () => {
  for (const name of await listSweepNames()) {
    const text = await readSweepFile(await resolveSweepFile(name));
    assert.ok(schemaAccepts(text), name);
    assert.ok(parserAccepts(text), name);
  }
});

Deno.test("sweepFileJsonSchema() has the parser's keys", () => {
  const { properties } = z.object({ properties: z.record(z.string(), z.unknown()) })
    .parse(sweepFileJsonSchema());
  assert.deepEqual(Object.keys(properties), SWEEP_KEYS);
});

Deno.test("sweepFileJsonSchema() and the parser take and refuse the same files", () => {
  const good = "task: { dataset: mnist }\nmethod: grid\nparameters: { lr: { value: 0.1 } }\n";
  const tasks = [
    "dataset: xor, examples: 10, noise: 0",
    "dataset: noisy-sigmoid, validation: test",
    "dataset: csv, path: x.csv, target: y, kind: regression, features: [a, b], categorical: [a]",
    "dataset: idx, images: i, labels: l, test_images: ti, test_labels: tl",
    "dataset: idx, images: i, labels: l, test: 0.5",
    "dataset: mnist",
  ];
  for (const task of tasks) {
    const text = good.replace("dataset: mnist", task);
    assert.ok(schemaAccepts(text) && parserAccepts(text), task);
  }
  for (const replicates of ["5", "auto", "{ auto: {} }", "{ auto: { start: 4, max: 40 } }"]) {
    const text = `${good}replicates: ${replicates}\n`;
    assert.ok(schemaAccepts(text) && parserAccepts(text), replicates);
  }
  const searched = [
    "lr: { values: [0.1, 0.2], probabilities: [0.5, 0.5] }",
    "lr: { distribution: q_uniform, min: 1, max: 9, q: 2 }, depth: { min: 1, max: 9, step: 2 }",
    "weight_decay: { distribution: log_uniform, min: -9, max: -1 }",
    "weight_decay: { distribution: log_normal, mu: -9 }, lr: { min: 0.1, max: 1, step: 0.1 }",
    "optimizer: { values: [sgd, adam] }, depth: { values: [1, 2], when: { optimizer: adam } }",
    "depth: { min: 1, max: 9 }, lr: { min: 0.1, max: 1, when: { depth: { min: 2 } } }",
  ];
  for (const parameters of searched) {
    const text = good.replace("lr: { value: 0.1 }", parameters)
      .replace("method: grid", "method: random\nrun_cap: 9");
    assert.ok(schemaAccepts(text), `the schema refuses: ${parameters}`);
    assert.ok(parserAccepts(text), `the parser refuses: ${parameters}`);
  }
  const ended = [
    "early_terminate: { type: median, min_trials: 3 }",
    "early_terminate: { type: asha, variant: stopping, eta: 4 }",
    "early_terminate: { type: hyperband, min_epochs: 2 }",
    "early_terminate: { type: hyperband, min_iter: 2 }",
    "early_terminate: { type: hyperband, max_iter: 27, s: 2, strict: true }",
    "early_terminate: { type: pbt, interval: 2, factors: [0.5, 2] }",
    "early_terminate: { type: patience, patience: 2, min_delta: 0.1 }",
    "metrics: [{ name: val_loss }, { name: val_accuracy, goal: maximize }]",
    "constraints: [lr < epochs]",
  ];
  for (const text of ended) {
    const file = "task: { dataset: mnist }\nmethod: random\nrun_cap: 9\n" +
      `parameters: { lr: { min: 0.1, max: 0.9 }, epochs: { value: 9 } }\n${text}\n`;
    assert.ok(schemaAccepts(file), `the schema refuses: ${text}`);
    assert.ok(parserAccepts(file), `the parser refuses: ${text}`);
  }
  const replaced: readonly (readonly [string, string])[] = [
    ["dataset: mnist", "dataset: mnist, classes: [1, 2]"],
    ["dataset: mnist", "dataset: cifar100, classes: [1, 100]"],
    ["dataset: mnist", "dataset: cifar100, classes: [1, 1]"],
    ["dataset: mnist", "dataset: mnist, validation: 1"],
    ["dataset: mnist", "dataset: mnist, train_examples: 60001"],
    ["dataset: mnist", "dataset: xor, classes: [1, 2]"],
    ["dataset: mnist", "dataset: xor, examples: 9"],
    ["dataset: mnist", "dataset: noisy-sigmoid, noise: -0.1"],
    ["dataset: mnist", "dataset: csv, path: x.csv, kind: binary"],
    ["dataset: mnist", "dataset: csv, path: x.csv, target: y, kind: ordinal"],
    ["dataset: mnist", "dataset: csv, path: x.csv, target: y, kind: binary, features: []"],
    ["dataset: mnist", "dataset: csv, path: x.csv, target: y, kind: binary, test: 1"],
    ["dataset: mnist", "dataset: idx, images: i"],
    ["dataset: mnist", "dataset: idx, images: i, labels: ''"],
    ["method: grid", "method: bayse"],
    ["method: grid", "method: grid\nreplicates: 0"],
    ["method: grid", "method: grid\nreplicates: some"],
    ["method: grid", "method: grid\nreplicates: { start: 3 }"],
    ["method: grid", "method: grid\nreplicates: { auto: { start: 1 } }"],
    ["method: grid", "method: grid\nseed: 1.5"],
    ["method: grid", "method: grid\nmetric: { name: test_loss }"],
    ["method: grid", "method: grid\nname: a b"],
    ["method: grid", "method: grid\nearly_terminate: { type: ashas }"],
    ["method: grid", "method: grid\nearly_terminate: { type: asha, patience: 1 }"],
    ["method: grid", "method: grid\nearly_terminate: { type: hyperband, max_iter: 2 }"],
    ["method: grid", "method: grid\nmetrics: []"],
    ["method: grid", "method: grid\nconstraints: lr < 2"],
    ["value: 0.1", "distribution: q_uniform, min: 0.1, max: 0.9, q: 0"],
    ["value: 0.1", "distribution: normal, mu: 0.1, sigma: 0"],
    ["value: 0.1", "mu: 0.1"],
    ["value: 0.1", "values: [0.1], probabilities: [0]"],
    ["value: 0.1", "value: 0.1, when: { }"],
    ["value: 0.1", "value: 0"],
    ["value: 0.1", "values: []"],
    ["value: 0.1", "value: 0.1, values: [0.1]"],
    ["value: 0.1", "min: 0.1"],
    ["lr: { value: 0.1 }", "depth: { distribution: uniform, min: 1, max: 2 }"],
    ["lr: { value: 0.1 }", "activation: { value: gelu }"],
    ["lr: { value: 0.1 }", "batch_size: { value: fulll }"],
    ["lr: { value: 0.1 }", "momentum: { value: 1 }, optimizer: { value: adam }"],
    ["lr: { value: 0.1 }", "dropout: { value: 0.1 }"],
    ["lr: { value: 0.1 }", ""],
  ];
  for (const [before, after] of replaced) {
    const text = good.replace(before, after);
    assert.notEqual(text, good);
    assert.equal(schemaAccepts(text), false, `the schema accepts: ${after}`);
    assert.equal(parserAccepts(text), false, `the parser accepts: ${after}`);
  }
});

Deno.test("sweepFileJsonSchema() is the file that sweeps refer to", async () => {
  const text = `${JSON.stringify(sweepFileJsonSchema(), null, 2)}\n`;
  assert.equal(
    await readFile(SHIPPED_SCHEMA, "utf8"),
    text,
    "write it anew: deno task trawl schema > sweeps/sweep.schema.json",
  );
});
