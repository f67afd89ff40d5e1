import assert from "node:assert/strict";
import fc from "fast-check";
import { parseSweepFile } from "../sweep_file/parse_sweep_file.ts";
import { specOf } from "../../tests/support/specs.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import { continuousDomain, finiteDomain, spacesOf } from "../../tests/support/spaces.ts";
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

const MODULE = specOf({
  method: "tpe",
  runCap: 7,
  batch: 3,
  task: {
    dataset: "module",
    folder: "/",
    path: "./a b.ts",
    permissions: { net: [], read: [], write: [], env: [], sys: [] },
  },
  metric: { name: "loss", goal: "minimize" },
});

/** Integers on a logarithmic scale are the trainer's own: a module's are reals with steps. */
function asOfModule(space: SearchSpace): SearchSpace {
  return space.map((parameter) => {
    const { domain } = parameter;
    return domain.kind === "int" && domain.scale === "log"
      ? { ...parameter, domain: { ...domain, kind: "float", step: domain.step ?? 1 } }
      : parameter;
  });
}

Deno.test("sweepFileText() keeps every kind of search space", () => {
  const spaces = spacesOf(fc.oneof(finiteDomain, continuousDomain), 5).map(asOfModule);
  fc.assert(
    fc.property(spaces, (parameters) => {
      const spec = { ...MODULE, parameters };
      assert.deepEqual(reread(spec), spec);
    }),
    { numRuns: 60, seed: 1 },
  );
});

Deno.test("sweepFileText() keeps several metrics, names with dots and constraints", () => {
  const domain = { kind: "float", scale: "linear", min: 0, max: 1 } as const;
  const spec: SweepSpec = {
    ...MODULE,
    objectives: [{ name: "loss", goal: "minimize" }, { name: "images / s", goal: "maximize" }],
    parameters: [
      { name: "optimizer.lr", domain },
      { name: "yes", domain },
      { name: "two words", domain },
    ],
    constraints: ["optimizer.lr < yes", '`two words` > 0.1 or "a" == "b"'],
  };
  assert.deepEqual(reread(spec), spec);
});

const SCHEDULERS: readonly NonNullable<SweepSpec["scheduler"]>[] = [
  { type: "median", minEpochs: 2, minTrials: 7, interval: 3 },
  { type: "asha", variant: "stopping", minEpochs: 2, eta: 4 },
  { type: "asha", variant: "promotion", minEpochs: 1, eta: 3 },
  { type: "hyperband", minEpochs: 2, eta: 4 },
  { type: "pbt", interval: 3, quantile: 0.2, resample: 0.1, factors: [0.5, 2] },
  { type: "patience", patience: 4, minDelta: 1e-7, minEpochs: 3 },
];

for (const scheduler of SCHEDULERS) {
  Deno.test(`sweepFileText() keeps early termination of type ${scheduler.type}`, () => {
    const spec = specOf({
      method: "random",
      runCap: 9,
      scheduler,
      maxLanes: 16,
      parameters: [
        { name: "lr", domain: { kind: "float", scale: "log", min: 0.01, max: 1 } },
        { name: "epochs", domain: { kind: "values", values: [27] } },
      ],
    });
    assert.deepEqual(reread(spec), spec);
  });
}
