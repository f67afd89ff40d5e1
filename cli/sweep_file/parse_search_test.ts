import assert from "node:assert/strict";
import fc from "fast-check";
import type { ParameterDomain } from "../../core/domain/search_space.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { parseSweepFile, type SweepFileOptions } from "./parse_sweep_file.ts";
import { SweepFileError } from "./problem.ts";

const RANDOM = "task: { dataset: mnist }\nmethod: random\nrun_cap: 20\n";
const MODULE = "program: train.ts\nmetric: { name: loss }\nmethod: random\nrun_cap: 20\n";

function parse(text: string, options: Partial<SweepFileOptions> = {}): SweepSpec {
  return parseSweepFile(text, { path: "x.yaml", ...options });
}

function message(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof SweepFileError) return error.message;
    throw error;
  }
  return "(no problem)";
}

function domainOf(parameter: string, head: string = MODULE): ParameterDomain | undefined {
  return parse(`${head}parameters: { x: ${parameter} }\n`).parameters[0]?.domain;
}

const E = Math.E;
const DOMAINS: readonly (readonly [string, ParameterDomain])[] = [
  ["{ value: 1, distribution: constant }", { kind: "values", values: [1] }],
  ["{ values: [true, false] }", { kind: "values", values: [true, false] }],
  ["{ values: [1, a] , distribution: categorical }", { kind: "values", values: [1, "a"] }],
  [
    "{ values: [a, b], probabilities: [0.25, 0.75] }",
    { kind: "values", values: ["a", "b"], probabilities: [0.25, 0.75] },
  ],
  [
    "{ distribution: categorical_w_probabilities, values: [a, b], probabilities: [0.5, 0.5] }",
    { kind: "values", values: ["a", "b"], probabilities: [0.5, 0.5] },
  ],
  ["{ min: 1, max: 5 }", { kind: "int", scale: "linear", min: 1, max: 5 }],
  ["{ min: 1.0, max: 5 }", { kind: "float", scale: "linear", min: 1, max: 5 }],
  ["{ min: 0, max: 64, step: 16 }", { kind: "int", scale: "linear", min: 0, max: 64, step: 16 }],
  ["{ min: 0, max: 1, step: 0.25 }", {
    kind: "float",
    scale: "linear",
    min: 0,
    max: 1,
    step: 0.25,
  }],
  [
    "{ distribution: uniform, min: 1, max: 5 }",
    { kind: "float", scale: "linear", min: 1, max: 5 },
  ],
  [
    "{ distribution: int_uniform, min: -5, max: 5 }",
    { kind: "int", scale: "linear", min: -5, max: 5 },
  ],
  [
    "{ distribution: q_uniform, min: 0.1, max: 1, q: 0.2 }",
    { kind: "float", scale: "linear", min: 0.2, max: 1, step: 0.2 },
  ],
  [
    "{ distribution: q_uniform, min: -0.5, max: 9 }",
    { kind: "float", scale: "linear", min: 0, max: 9, step: 1 },
  ],
  [
    "{ distribution: log_uniform, min: -2, max: 1 }",
    { kind: "float", scale: "log", min: Math.exp(-2), max: E },
  ],
  [
    "{ distribution: inv_log_uniform, min: 1, max: 2 }",
    { kind: "float", scale: "log", min: Math.exp(-2), max: Math.exp(-1) },
  ],
  [
    "{ distribution: log_uniform_values, min: 0.001, max: 0.1 }",
    { kind: "float", scale: "log", min: 0.001, max: 0.1 },
  ],
  [
    "{ distribution: inv_log_uniform_values, min: 0.001, max: 0.1 }",
    { kind: "float", scale: "log", min: 0.001, max: 0.1 },
  ],
  [
    "{ distribution: q_log_uniform, min: 0, max: 3, q: 2 }",
    { kind: "float", scale: "log", min: 1, max: Math.exp(3), step: 2 },
  ],
  [
    "{ distribution: q_log_uniform_values, min: 32, max: 256, q: 8 }",
    { kind: "float", scale: "log", min: 32, max: 256, step: 8 },
  ],
  ["{ distribution: normal }", { kind: "normal", scale: "linear", mean: 0, sd: 1 }],
  [
    "{ distribution: normal, mu: 3, sigma: 0.5, step: 0.1 }",
    { kind: "normal", scale: "linear", mean: 3, sd: 0.5, step: 0.1 },
  ],
  [
    "{ distribution: q_normal, mu: 3, sigma: 2 }",
    { kind: "normal", scale: "linear", mean: 3, sd: 2, step: 1 },
  ],
  [
    "{ distribution: log_normal, mu: -3, sigma: 1 }",
    { kind: "normal", scale: "log", mean: -3, sd: 1 },
  ],
  [
    "{ distribution: q_log_normal, mu: 3, sigma: 1, q: 4 }",
    { kind: "normal", scale: "log", mean: 3, sd: 1, step: 4 },
  ],
];

for (const [text, domain] of DOMAINS) {
  Deno.test(`parseSweepFile() reads ${text}`, () => assert.deepEqual(domainOf(text), domain));
}

Deno.test("parseSweepFile() reads distributions of the trainer's integers as integers", () => {
  const text = `${RANDOM}parameters:
  batch_size: { distribution: q_log_uniform_values, min: 32, max: 256, q: 8 }
  hidden_width: { distribution: log_uniform, min: 2, max: 5 }
  depth: { min: 1, max: 9, step: 2 }
  epochs: { distribution: q_log_normal, mu: 4, sigma: 0.4 }
`;
  assert.deepEqual(parse(text).parameters.map(({ domain }) => domain), [
    { kind: "int", scale: "log", min: 32, max: 256, step: 8 },
    { kind: "int", scale: "log", min: 8, max: 148 },
    { kind: "int", scale: "linear", min: 1, max: 9, step: 2 },
    { kind: "normal", scale: "log", mean: 4, sd: 0.4, step: 1 },
  ]);
});

Deno.test("parseSweepFile() evens out probabilities that were rounded", () => {
  const domain = domainOf("{ values: [a, b, c], probabilities: [0.333, 0.333, 0.333] }");
  assert.ok(domain?.kind === "values");
  const sum = 0.333 + 0.333 + 0.333;
  assert.deepEqual(domain.probabilities, [0.333 / sum, 0.333 / sum, 0.333 / sum]);
});

Deno.test("parseSweepFile() gives nested parameters names with dots", () => {
  const text = `${MODULE}parameters:
  optimizer:
    parameters:
      name: { values: [sgd, adam] }
      schedule: { parameters: { warmup: { values: [0, 100] } } }
  depth: { values: [1, 2] }
`;
  const names = parse(text).parameters.map(({ name }) => name);
  assert.deepEqual(names, ["optimizer.name", "optimizer.schedule.warmup", "depth"]);
});

Deno.test("parseSweepFile() reads conditions, and keeps them when --set gives other values", () => {
  const text = `${RANDOM}parameters:
  optimizer: { values: [sgd, momentum, adam] }
  depth: { min: 1, max: 4 }
  momentum: { min: 0.5, max: 0.9, when: { optimizer: [momentum, adam] } }
  weight_decay: { values: [0, 0.1], when: { optimizer: adam, depth: { min: 2, max: 3 } } }
`;
  const conditions = parse(text).parameters.map(({ when }) => when);
  const adam = { parameter: "optimizer", test: { kind: "in", values: ["adam"] } };
  const either = { parameter: "optimizer", test: { kind: "in", values: ["momentum", "adam"] } };
  const depth = { parameter: "depth", test: { kind: "range", min: 2, max: 3 } };
  assert.deepEqual(conditions, [undefined, undefined, [either], [adam, depth]]);
  const set = parse(text, { overrides: ["momentum=0.1,0.2", "optimizer=momentum"] });
  assert.deepEqual(set.parameters[2], {
    name: "momentum",
    domain: { kind: "values", values: [0.1, 0.2] },
    when: [either],
  });
});

Deno.test("parseSweepFile() reads methods, batches and caps", () => {
  const read = (method: string, more = "", options: Partial<SweepFileOptions> = {}) => {
    const text =
      `task: { dataset: mnist }\nmethod: ${method}\n${more}parameters: { lr: { min: 0.1, max: 0.2 } }`;
    return parse(text, options);
  };
  for (const method of ["random", "sobol", "tpe", "gp", "cmaes", "nsga2"]) {
    assert.equal(read(method, "run_cap: 7\n").method, method);
    assert.equal(read(method, "run_cap: 7\n").runCap, 7);
    assert.equal(read(method, "", { runCap: 9 }).runCap, 9);
    assert.equal(read(method, "run_cap: 7\n", { runCap: 9 }).runCap, 9);
  }
  assert.equal(read("bayes", "run_cap: 7\n").method, "tpe");
  assert.equal(read("tpe", "run_cap: 7\nbatch: 12\n").batch, 12);
  assert.throws(() => read("tpe", "", { runCap: 0 }), /--run-cap: found 0, it must be one integer/);
});

Deno.test("parseSweepFile() reads several metrics, the first of which ranks", () => {
  const read = (metrics: string) => {
    const { metric, objectives } = parse(
      `${RANDOM}${metrics}\nparameters: { lr: { values: [1, 2] } }`,
    );
    return [metric.name, objectives?.map(({ name }) => name)];
  };
  assert.deepEqual(read("metrics: [{ name: val_loss }]"), ["val_loss", undefined]);
  assert.deepEqual(read("metrics: [{ name: val_loss }, { name: train_loss, goal: minimize }]"), [
    "val_loss",
    ["val_loss", "train_loss"],
  ]);
  assert.deepEqual(
    read("metrics: [{ name: val_loss }, { name: train_loss }]\nmetric: { name: train_loss }"),
    ["train_loss", ["train_loss", "val_loss"]],
  );
});

const SCHEDULERS: readonly (readonly [string, SweepSpec["scheduler"]])[] = [
  ["{ type: none }", undefined],
  ["{ type: median }", { type: "median", minEpochs: 1, minTrials: 5, interval: 1 }],
  ["{ type: asha }", { type: "asha", variant: "promotion", minEpochs: 1, eta: 3 }],
  [
    "{ type: asha, variant: stopping, min_epochs: 2, eta: 4 }",
    { type: "asha", variant: "stopping", minEpochs: 2, eta: 4 },
  ],
  ["{ type: hyperband }", { type: "hyperband", minEpochs: 1, eta: 3 }],
  [
    "{ type: hyperband, min_iter: 3 }",
    { type: "asha", variant: "stopping", minEpochs: 3, eta: 3 },
  ],
  [
    "{ type: hyperband, max_iter: 27, s: 2, strict: true }",
    { type: "asha", variant: "stopping", minEpochs: 3, eta: 3 },
  ],
  [
    "{ type: hyperband, max_iter: 27, s: 5, eta: 2 }",
    { type: "asha", variant: "stopping", minEpochs: 1, eta: 2 },
  ],
  [
    "{ type: pbt }",
    { type: "pbt", interval: 3, quantile: 0.25, resample: 0.25, factors: [0.8, 1.2] },
  ],
  [
    "{ type: pbt, interval: 9, quantile: 0.5, resample: 0, factors: [2] }",
    { type: "pbt", interval: 9, quantile: 0.5, resample: 0, factors: [2] },
  ],
  ["{ type: patience }", { type: "patience", patience: 5, minDelta: 0, minEpochs: 1 }],
  [
    "{ type: patience, patience: 3, min_delta: 0.01, min_epochs: 4 }",
    { type: "patience", patience: 3, minDelta: 0.01, minEpochs: 4 },
  ],
];

for (const [text, scheduler] of SCHEDULERS) {
  Deno.test(`parseSweepFile() reads early_terminate: ${text}`, () => {
    const file =
      `${RANDOM}early_terminate: ${text}\nparameters: { lr: { min: 0.1, max: 1 }, epochs: { value: 27 } }`;
    assert.deepEqual(parse(file).scheduler, scheduler);
  });
}

const SPACE = "parameters: { lr: { min: 0.1, max: 0.9 }, depth: { min: 1, max: 4 }, " +
  "optimizer: { values: [sgd, adam] }, epochs: { value: 9 } }\n";

const BAD_FILES: Readonly<Record<string, string>> = {
  "probabilities": `${MODULE}parameters:
  a: { values: [1, 2], probabilities: [0.5, 0.6] }
  b: { values: [1, 2], probabilities: [1] }
  c: { values: [1, 2], probabilities: [0, 1] }
  d: { values: [1, 2], probabilities: half }
  e: { probabilities: [0.5, 0.5] }
  f: { value: 1, probabilities: [1] }
`,
  "ranges beyond what a number holds": `${MODULE}parameters:
  a: { min: -1.0e+308, max: 1.0e+308 }
  b: { min: -9007199254740991, max: 9007199254740991 }
  c: { distribution: log_normal, mu: -800, sigma: 1 }
`,
  "steps": `${MODULE}parameters:
  a: { distribution: q_uniform, min: 0, max: 1, q: 0 }
  b: { distribution: q_uniform, min: 0.1, max: 0.9 }
  c: { distribution: uniform, min: 0, max: 1, q: 0.1 }
  d: { distribution: q_uniform, min: 0, max: 1, step: 0.1 }
  e: { min: 0, max: 1, step: 2 }
  f: { values: [1, 2], step: 1 }
  g: { distribution: int_uniform, min: 0, max: 9, step: 0.5 }
`,
  "logarithms": `${RANDOM}parameters:
  lr: { distribution: log_uniform, min: 0.001, max: 9 }
  weight_decay: { distribution: log_uniform, min: -3, max: -9 }
  hidden_width: { distribution: log_uniform, min: 2, max: 2.1 }
  momentum: { distribution: log_uniform_values, min: 0, max: 0.5 }
`,
  "normal distributions": `${RANDOM}parameters:
  lr: { distribution: normal, mu: 0.1, sigma: 0.1 }
  depth: { distribution: normal, mu: 3 }
  batch_size: { distribution: q_normal, mu: 30, sigma: 0 }
  weight_decay: { mu: 3 }
  activation: { distribution: normal }
  hidden_width: { distribution: normal, min: 3 }
`,
  "nested parameters": `${RANDOM}parameters:
  optimizer: { parameters: { lr: { value: 1 } }, value: 3 }
  depth: { value: 1 }
`,
  "names that come twice": `${MODULE}parameters:
  a: { parameters: { b: { value: 1 } } }
  a.b: { value: 2 }
`,
  "conditions": `${RANDOM}parameters:
  optimizer: { values: [sgd, adam] }
  depth: { min: 1, max: 4 }
  momentum: { min: 0.5, max: 0.9, when: { optimiser: adam } }
  lr: { min: 0.1, max: 0.9, when: { batch_size: 32, lr: 1 } }
  weight_decay: { values: [0, 1], when: { optimizer: [adam, adan] } }
  batch_size: { values: [8, 16], when: { depth: { min: 5 } } }
  hidden_width: { values: [8, 16], when: { depth: { min: 3, max: 2 }, lr: 0.5 } }
  activation: { values: [relu, tanh], when: adam }
  gradient: { values: [manual, auto], when: { depth: {}, optimizer: [] } }
`,
  "conditions that exclude each other": `${RANDOM}parameters:
  optimizer: { values: [sgd, adam] }
  momentum: { min: 0.5, max: 0.9, when: { optimizer: adam } }
  depth: { min: 1, max: 4, when: { optimizer: sgd, momentum: { min: 0.6 } } }
`,
  "constraints": `${RANDOM}${SPACE}constraints:
  - hidden_width < 3
  - depth = 3
  - optimizer == "adan"
  - optimizer < 3
  - depth
  - 7
  - lr <
`,
  "constraints that are no list": `${RANDOM}${SPACE}constraints: depth < 3\n`,
  "constraints that nothing fulfils": `${RANDOM}${SPACE}constraints: [depth * lr > 4]\n`,
  "constraints that no point of a small space fulfils":
    `${RANDOM}parameters: { depth: { min: 1, max: 4 }, lr: { values: [1, 2] } }\nconstraints: [depth > 4 * lr]\n`,
  "methods and batches": `${RANDOM}${SPACE}batch: 1001\n`,
  "a batch of a method that does not learn": `${RANDOM}${SPACE}batch: 10\n`,
  "metrics": `${RANDOM}${SPACE}metrics: [{ name: val_loss }, { name: val_loss }, val_accuracy]\n`,
  "no metrics": `${RANDOM}${SPACE}metrics: []\n`,
  "a metric that is not among several":
    `${RANDOM}${SPACE}metrics: [{ name: val_loss }]\nmetric: { name: train_loss }\n`,
  "a method with one objective": `${RANDOM.replace("random", "gp")}${SPACE}` +
    "metrics: [{ name: val_loss }, { name: train_loss }]\n",
  "a race with a method that learns": `${
    RANDOM.replace("random", "tpe")
  }${SPACE}replicates: auto\n`,
  "a race with a scheduler": `${RANDOM}${SPACE}replicates: auto\nearly_terminate: { type: asha }\n`,
  "cmaes without anything to search": `${
    RANDOM.replace("random", "cmaes")
  }parameters: { lr: { value: 1 } }\n`,
  "keys of another scheduler":
    `${RANDOM}${SPACE}early_terminate: { type: asha, patience: 3, min_iter: 2, etta: 2 }\n`,
  "schedulers out of range":
    `${RANDOM}${SPACE}early_terminate: { type: pbt, interval: 0, quantile: 0.6, resample: 2, factors: [0] }\n`,
  "asha out of range":
    `${RANDOM}${SPACE}early_terminate: { type: asha, variant: promote, min_epochs: 0, eta: 1 }\n`,
  "a minimum beyond the maximum":
    `${RANDOM}${SPACE}early_terminate: { type: asha, min_epochs: 9 }\n`,
  "a minimum of W&B's beyond the maximum":
    `${RANDOM}${SPACE}early_terminate: { type: hyperband, min_iter: 10 }\n`,
  "patience beyond the maximum":
    `${RANDOM}${SPACE}early_terminate: { type: patience, patience: 9 }\n`,
  "a scheduler with several epochs": `${RANDOM}parameters: { epochs: { values: [3, 9] } }\n` +
    "early_terminate: { type: asha }\n",
  "a scheduler of a module without epochs": `${MODULE}parameters: { x: { min: 0, max: 1 } }\n` +
    "early_terminate: { type: asha, variant: stopping }\n",
  "a scheduler that would pause a module":
    `${MODULE}parameters: { epochs: { value: 9 } }\nearly_terminate: { type: asha }\n`,
  "pbt with nothing to change": `${RANDOM.replace("random", "sobol")}` +
    "parameters: { depth: { min: 1, max: 4 } }\nearly_terminate: { type: pbt }\n",
  "W&B's hyperband without its keys":
    `${RANDOM}${SPACE}early_terminate: { type: hyperband, strict: 1 }\n`,
  "W&B's hyperband with both":
    `${RANDOM}${SPACE}early_terminate: { type: hyperband, min_iter: 1, max_iter: 9 }\n`,
  "W&B's hyperband without s":
    `${RANDOM}${SPACE}early_terminate: { type: hyperband, max_iter: 9 }\n`,
};

Deno.test("parseSweepFile() says what is wrong with a search, and where", async (t) => {
  const shown = Object.entries(BAD_FILES).map(([what, text]) => `# ${what}\n${message(text)}`);
  for (const each of shown) assert.doesNotMatch(each, /no problem/);
  await t.assertSnapshot(shown.join("\n\n"));
});

Deno.test("parseSweepFile() takes conditions that --set makes pointless", () => {
  const text = `${RANDOM}parameters:
  optimizer: { values: [sgd, adam] }
  momentum: { min: 0.5, max: 0.9, when: { optimizer: adam } }
  depth: { values: [1, 2] }
`;
  const { parameters } = parse(text, { overrides: ["optimizer=adam"] });
  assert.equal(parameters.length, 3);
  assert.throws(() => parse(text, { overrides: ["optimizer=sgd"] }), /it must go with optimizer/);
});

const RICH = `${MODULE}metrics: [{ name: loss }, { name: speed, goal: maximize }]
parameters:
  a: { values: [x, y], probabilities: [0.5, 0.5] }
  b: { parameters: { c: { distribution: q_log_uniform_values, min: 1, max: 9, q: 2 } } }
  d: { distribution: log_normal, mu: -1, when: { a: x, b.c: { min: 3 } } }
  epochs: { value: 9 }
constraints: ["b.c < 8 or a == 'y'"]
early_terminate: { type: asha, variant: stopping, eta: 4 }
`;

Deno.test("parseSweepFile() answers every mutilated search with a specification or problems", () => {
  assert.equal(message(RICH), "(no problem)");
  const pieces = ["{", "}", "[", "]", ":", "\n", "  ", ", ", "-", "1", "0", "x", "'", "(", "when"];
  const cut = fc.record({
    at: fc.nat(RICH.length),
    length: fc.nat(6),
    put: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })),
  });
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 2 }), (cuts) => {
      let text = RICH;
      for (const { at, length, put } of cuts) {
        text = text.slice(0, at) + put + text.slice(at + length);
      }
      assert.notEqual(message(text), "");
    }),
    { numRuns: 500 },
  );
});
