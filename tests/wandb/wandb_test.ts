import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { sweepFileJsonSchema } from "../../cli/sweep_file/json_schema.ts";
import { parseSweepFile } from "../../cli/sweep_file/parse_sweep_file.ts";
import { createSampler } from "../../coordinator/samplers/create_sampler.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { sweepFileText } from "../../core/views/report/sweep_file_text.ts";
import { isPointOf } from "../support/spaces.ts";

const NAMES: readonly string[] = [
  "grid_search",
  "random_search",
  "bayes_hyperband",
  "hyperband_brackets",
  "nested_parameters",
];

function textOf(name: string): Promise<string> {
  return readFile(new URL(`${name}.yaml`, import.meta.url), "utf8");
}

/** W&B's bayes has no end of its own: ours is asked for on the command line. */
async function specOf(name: string): Promise<SweepSpec> {
  const runCap = name === "bayes_hyperband" ? { runCap: 25 } : {};
  return parseSweepFile(await textOf(name), { path: `${name}.yaml`, ...runCap });
}

for (const name of NAMES) {
  Deno.test(`parseSweepFile() reads W&B's ${name} as it is`, async () => {
    const spec = await specOf(name);
    assert.deepEqual(parseSweepFile(sweepFileText(spec), { path: "again.yaml" }), spec);
    const schema = z.fromJSONSchema(JSON.parse(JSON.stringify(sweepFileJsonSchema())));
    assert.ok(schema.safeParse(parse(await textOf(name))).success, "for the schema");
  });
}

for (const name of NAMES.filter((each) => each !== "bayes_hyperband")) {
  Deno.test(`createSampler() proposes configurations for W&B's ${name}`, async () => {
    const spec = await specOf(name);
    const points = Iterator.from(createSampler(spec).fresh(new Set())).take(20).toArray();
    assert.equal(points.length, 20);
    assert.ok(points.every((point) => isPointOf(spec.parameters, point)));
  });
}

Deno.test("parseSweepFile() takes W&B's words for what they mean", async () => {
  const bayes = await specOf("bayes_hyperband");
  assert.equal(bayes.method, "tpe");
  assert.equal(bayes.runCap, 25);
  assert.deepEqual(bayes.scheduler, {
    type: "asha",
    variant: "stopping",
    minEpochs: 3,
    eta: 3,
  });
  const brackets = await specOf("hyperband_brackets");
  assert.deepEqual(brackets.scheduler, { ...bayes.scheduler, minEpochs: 3 });
  const nested = await specOf("nested_parameters");
  assert.deepEqual(nested.parameters.map(({ name }) => name), [
    "optimizer.learning_rate",
    "optimizer.momentum",
    "model.depth",
    "model.activation",
  ]);
  assert.equal((await specOf("random_search")).parameters.length, 11);
});
