import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { DISTRIBUTIONS, FORM_KEYS } from "./domain_format.ts";
import { METHODS, SWEEP_KEYS } from "./format.ts";
import { parseSweepFile } from "./parse_sweep_file.ts";
import { SCHEDULER_KEYS, SCHEDULER_TYPES, WANDB_HYPERBAND_KEYS } from "./scheduler_format.ts";

const REFERENCE = new URL("../../docs/sweep-file.md", import.meta.url);

/** The YAML examples of the reference, in order. */
async function examples(): Promise<readonly string[]> {
  const text = await readFile(REFERENCE, "utf8");
  return [...text.matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1] ?? "");
}

Deno.test("parseSweepFile() reads the reference's sweep file", async () => {
  const [whole = ""] = await examples();
  const spec = parseSweepFile(whole, { path: "reference.yaml" });
  assert.equal(spec.parameters.length, 6);
  assert.equal(spec.scheduler?.type, "asha");
});

Deno.test("parseSweepFile() reads the reference's conditions, constraints and metrics", async () => {
  const [, conditions = "", constraints = "", metrics = ""] = await examples();
  const text = `task: { dataset: mnist }
method: random
run_cap: 9
${metrics}${constraints}parameters:
  optimizer: { values: [sgd, momentum, adam] }
  batch_size: { values: [16, 32] }
  lr: { min: 0.001, max: 0.5 }
  depth: { min: 1, max: 6 }
${conditions.replaceAll(/^/gm, "  ")}`;
  const spec = parseSweepFile(text, { path: "reference.yaml" });
  assert.equal(spec.parameters.filter(({ when }) => when !== undefined).length, 3);
  assert.equal(spec.constraints?.length, 3);
  assert.equal(spec.objectives?.length, 2);
});

Deno.test("parseSweepFile() reads the sweep files of the README", async () => {
  const text = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const files = [...text.matchAll(/```yaml\n(name: .*?)```/gs)].map((match) => match[1] ?? "");
  const specs = files.map((file) => parseSweepFile(file, { path: "readme.yaml" }));
  assert.deepEqual(specs.map(({ method }) => method), ["grid", "tpe"]);
  assert.equal(specs[1]?.scheduler?.type, "asha");
  assert.equal(specs[1]?.constraints?.length, 1);
});

Deno.test("The reference of the sweep file names every key, method, distribution and scheduler", async () => {
  const text = await readFile(REFERENCE, "utf8");
  const words = [
    ...SWEEP_KEYS,
    ...METHODS,
    ...DISTRIBUTIONS,
    ...FORM_KEYS,
    ...SCHEDULER_TYPES,
    ...Object.values(SCHEDULER_KEYS).flat(),
    ...WANDB_HYPERBAND_KEYS,
  ];
  const missing = words.filter((word) => !new RegExp(`\\b${word}\\b`).test(text));
  assert.deepEqual(missing, []);
});
