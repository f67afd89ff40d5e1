import assert from "node:assert/strict";
import { parseSweepFile } from "../sweep_file/parse_sweep_file.ts";
import { specOf } from "../../tests/support/specs.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { sweepFileText } from "../../core/views/report/sweep_file_text.ts";

function reread(spec: SweepSpec): SweepSpec {
  return parseSweepFile(sweepFileText(spec), { path: "again.yaml", folder: "/" });
}

const SHIPPED = [
  ...["quickstart", "lab/xor", "lab/regression", "lab/cifar100", "lab/cifar100-batch-size"],
  ...["lab/cifar100-grid", "lab/cifar100-depth", "lab/cifar100-width"],
];

for (const name of SHIPPED) {
  Deno.test(`sweepFileText() of ${name} is the same sweep when it is read again`, async () => {
    const file = new URL(`../../sweeps/${name}.yaml`, import.meta.url);
    const spec = parseSweepFile(await Deno.readTextFile(file), { path: `${name}.yaml` });
    assert.deepEqual(reread(spec), spec);
  });
}

Deno.test("sweepFileText() keeps ranges, limits and whatever stands in names and paths", () => {
  const spec = specOf({
    name: "yes",
    description: 'a "quoted": # description\n- of two lines',
    method: "random",
    runCap: 7,
    maxAttempts: 2,
    maxLanes: 16,
    task: {
      dataset: "csv",
      folder: "/",
      path: "a b: {c}.csv",
      target: "the, target",
      kind: "classification",
      features: ["x: 1", "null", "2024"],
      categorical: ["2024"],
      test: 0.25,
      validation: { kind: "cut", fraction: 0.125 },
      trainExamples: null,
    },
    parameters: [
      { name: "lr", domain: { kind: "float", scale: "log", min: 1e-7, max: 1 } },
      { name: "weight_decay", domain: { kind: "float", scale: "linear", min: 0, max: 0.5 } },
      { name: "hidden_width", domain: { kind: "int", scale: "log", min: 2, max: 64 } },
      { name: "depth", domain: { kind: "int", scale: "linear", min: 1, max: 3 } },
      { name: "batch_size", domain: { kind: "values", values: ["full", 32] } },
    ],
  });
  assert.deepEqual(reread(spec), spec);
});

Deno.test("sweepFileText() keeps the files of an idx task", () => {
  for (
    const test of [
      { kind: "cut", fraction: 0.3 } as const,
      { kind: "files", images: "t-i", labels: "t-l" } as const,
    ]
  ) {
    const task = {
      dataset: "idx" as const,
      folder: "/",
      images: "i",
      labels: "l",
      test,
      validation: { kind: "test" as const },
      trainExamples: 10,
    };
    const spec = specOf({ task, maxLanes: 16 });
    assert.deepEqual(reread(spec), spec);
  }
});
