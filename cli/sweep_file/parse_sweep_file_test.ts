import assert from "node:assert/strict";
import fc from "fast-check";
import { DEFAULT_MAX_LANES, MAX_FILE_BYTES } from "./format.ts";
import { parseSweepFile, type SweepFileOptions } from "./parse_sweep_file.ts";
import { SweepFileError } from "./problem.ts";

const HEAD = "task: { dataset: mnist }\nmethod: grid\n";
const GOOD = `${HEAD}parameters:\n  lr: { values: [0.1, 0.2] }\n`;

function message(text: string, options: Partial<SweepFileOptions> = {}): string {
  try {
    parseSweepFile(text, { path: "sweeps/x.yaml", ...options });
  } catch (error) {
    if (error instanceof SweepFileError) return error.message;
    throw error;
  }
  return "(no problem)";
}

Deno.test("parseSweepFile() fills in every default", () => {
  assert.deepEqual(parseSweepFile(GOOD, { path: "my sweeps/digits 2.yaml" }), {
    name: "digits-2",
    description: null,
    seed: 1,
    task: { dataset: "mnist", validation: { kind: "cut", fraction: 0.1 }, trainExamples: null },
    method: "grid",
    metric: { name: "val_accuracy", goal: "maximize" },
    replicates: 1,
    runCap: null,
    maxLanes: DEFAULT_MAX_LANES,
    maxAttempts: 3,
    parameters: [{ name: "lr", domain: { kind: "values", values: [0.1, 0.2] } }],
  });
});

Deno.test("parseSweepFile() reads replicates that a race gives out", () => {
  const read = (replicates: string) => {
    const spec = parseSweepFile(`replicates: ${replicates}\n${GOOD}`, { path: "x.yaml" });
    return [spec.replicates, spec.racing?.max];
  };
  assert.deepEqual(read("5"), [5, undefined]);
  assert.deepEqual(read("auto"), [3, 20]);
  assert.deepEqual(read("{ auto: {} }"), [3, 20]);
  assert.deepEqual(read("{ auto: { start: 5, max: 40 } }"), [5, 40]);
  assert.deepEqual(read("{ auto: { start: 30 } }"), [30, 30]);
});

Deno.test("parseSweepFile() refuses replicates that are neither a number nor a race", () => {
  const refused = (replicates: string) => message(`replicates: ${replicates}\n${GOOD}`);
  for (
    const [text, expected] of [
      [
        "many",
        /found "many", it must be one integer from 1 to 10000, auto or \{ auto: \{ start: 3/,
      ],
      ["0", /found 0, it must be one integer from 1/],
      ["[auto]", /found a list, it must be one integer/],
      ["{ start: 3 }", /found no auto, it must be \{ auto:/],
      ["{ auto: 5 }", /found 5, it must be a map such as \{ start: 3, max: 20 \}/],
      ["{ auto: { start: 1 } }", /found 1, it must be one integer from 2/],
      ["{ auto: { start: 9, max: 5 } }", /found 5, it must be at least start, which is 9/],
      ["{ auto: { stop: 9 } }", /unknown key/],
    ] as const
  ) assert.match(refused(text), expected);
});

Deno.test("parseSweepFile() reads everything that a file can say", () => {
  const text = `
name: 2024
description: "three classes"
seed: 7
task: { dataset: cifar100, classes: [0, 33, 50], validation: test, train_examples: 1500 }
method: random
metric: { name: val_loss }
replicates: 5
run_cap: 200
max_attempts: 2
early_terminate: { type: none }
parameters:
  batch_size:   { values: [32, 128] }
  lr:           { distribution: log_uniform_values, min: 5e-4, max: .05 }
  hidden_width: { distribution: log_uniform_values, min: 8, max: 128 }
  depth:        { min: 1, max: 3 }
  epochs:       { value: 62, distribution: constant }
  activation:   { distribution: categorical, values: [relu, tanh] }
`;
  const spec = parseSweepFile(text, { path: "x.yaml", maxLanes: 1 });
  assert.equal(spec.name, "2024");
  assert.deepEqual(spec.task, {
    dataset: "cifar100",
    classes: [0, 33, 50],
    validation: { kind: "test" },
    trainExamples: 1500,
  });
  assert.deepEqual(spec.metric, { name: "val_loss", goal: "minimize" });
  assert.deepEqual(
    [spec.seed, spec.replicates, spec.runCap, spec.maxAttempts, spec.maxLanes],
    [7, 5, 200, 2, 1],
  );
  assert.deepEqual(spec.parameters.map(({ domain }) => domain), [
    { kind: "values", values: [32, 128] },
    { kind: "float", scale: "log", min: 0.0005, max: 0.05 },
    { kind: "int", scale: "log", min: 8, max: 128 },
    { kind: "int", scale: "linear", min: 1, max: 3 },
    { kind: "values", values: [62] },
    { kind: "values", values: ["relu", "tanh"] },
  ]);
});

function taskOf(task: string): unknown {
  const text = `task: ${task}\nmethod: grid\nparameters: { lr: { value: 0.1 } }\n`;
  return parseSweepFile(text, { path: "x.yaml", folder: "/home/ann/sweeps" }).task;
}

Deno.test("parseSweepFile() fills in the defaults of each dataset", () => {
  const division = { validation: { kind: "cut", fraction: 0.1 }, trainExamples: null };
  const xor = { dataset: "xor", examples: 400, noise: 0.15, ...division };
  assert.deepEqual(taskOf("{ dataset: xor }"), xor);
  const curve = { dataset: "noisy-sigmoid", examples: 128, noise: 0.05, ...division };
  assert.deepEqual(taskOf("{ dataset: noisy-sigmoid }"), curve);
  const folder = "/home/ann/sweeps";
  assert.deepEqual(taskOf("{ dataset: csv, path: wine.csv, target: quality, kind: regression }"), {
    dataset: "csv",
    folder,
    path: "wine.csv",
    target: "quality",
    kind: "regression",
    features: null,
    categorical: [],
    test: 0.2,
    ...division,
  });
  assert.deepEqual(taskOf("{ dataset: idx, images: i, labels: l }"), {
    dataset: "idx",
    folder,
    images: "i",
    labels: "l",
    test: { kind: "cut", fraction: 0.2 },
    ...division,
  });
});

Deno.test("parseSweepFile() reads everything that can be said of the user's own files", () => {
  const table = taskOf(`
  dataset: csv
  path: ../data/wine.csv
  target: 2024
  kind: binary
  features: [pH, colour, 7]
  categorical: [colour, 7]
  test: 0.3
  validation: 0.25
  train_examples: 100`);
  assert.deepEqual(table, {
    dataset: "csv",
    folder: "/home/ann/sweeps",
    path: "../data/wine.csv",
    target: "2024",
    kind: "binary",
    features: ["pH", "colour", "7"],
    categorical: ["colour", "7"],
    test: 0.3,
    validation: { kind: "cut", fraction: 0.25 },
    trainExamples: 100,
  });
  const images = taskOf(
    "{ dataset: idx, images: i, labels: l, test_images: ti, test_labels: tl, validation: test }",
  );
  assert.deepEqual(images, {
    dataset: "idx",
    folder: "/home/ann/sweeps",
    images: "i",
    labels: "l",
    test: { kind: "files", images: "ti", labels: "tl" },
    validation: { kind: "test" },
    trainExamples: null,
  });
});

Deno.test("parseSweepFile() ranks regression by its error unless the file says more", () => {
  const text = "task: { dataset: noisy-sigmoid }\nmethod: grid\nparameters: { lr: { value: 1 } }\n";
  const metricOf = (more: string) => parseSweepFile(text + more, { path: "x.yaml" }).metric;
  assert.deepEqual(metricOf(""), { name: "val_rmse", goal: "minimize" });
  assert.deepEqual(metricOf("metric: { name: train_loss }"), {
    name: "train_loss",
    goal: "minimize",
  });
});

Deno.test("parseSweepFile() reads every parameter of the optimizers", () => {
  const { parameters } = parseSweepFile(
    `${HEAD}parameters:
  batch_size: { values: [full, 32] }
  optimizer: { values: [sgd, momentum, adam] }
  momentum: { values: [0, 0.9] }
  weight_decay: { values: [0, 1e-4] }
  gradient: { values: [manual, auto] }
  loss: { value: softmax_cross_entropy }
`,
    { path: "x.yaml" },
  );
  assert.deepEqual(parameters.map(({ domain }) => domain.kind === "values" && domain.values), [
    ["full", 32],
    ["sgd", "momentum", "adam"],
    [0, 0.9],
    [0, 1e-4],
    ["manual", "auto"],
    ["softmax_cross_entropy"],
  ]);
});

Deno.test("parseSweepFile() takes real bounds as uniform, and asks about integer ones", () => {
  const random = "task: { dataset: mnist }\nmethod: random\nrun_cap: 3\n";
  const { parameters } = parseSweepFile(`${random}parameters: { lr: { min: 1.0, max: 2 } }`, {
    path: "x.yaml",
  });
  assert.deepEqual(parameters[0]?.domain, { kind: "float", scale: "linear", min: 1, max: 2 });
  assert.match(
    message(`${random}parameters: { lr: { min: 1, max: 2 } }`),
    /4:19: parameters\.lr: found integer bounds of a real parameter, it must have distribution/,
  );
});

Deno.test("parseSweepFile() puts overrides in the place of the file's values", () => {
  const text = `${GOOD}  depth: { value: 1 }\n`;
  const spec = parseSweepFile(text, {
    path: "x.yaml",
    overrides: ["lr=0.5, 1e-2", "epochs=3", "activation=tanh"],
    seed: 9,
  });
  assert.equal(spec.seed, 9);
  assert.deepEqual(spec.parameters.map(({ name, domain }) => [name, domain]), [
    ["lr", { kind: "values", values: [0.5, 0.01] }],
    ["depth", { kind: "values", values: [1] }],
    ["epochs", { kind: "values", values: [3] }],
    ["activation", { kind: "values", values: ["tanh"] }],
  ]);
});

const BAD_OPTIONS: Readonly<Record<string, Partial<SweepFileOptions>>> = {
  "--set without a value": { overrides: ["lr", "lr=", "=1", "lr=0.1,,0.2"] },
  "--set of the wrong type": { overrides: ["lr=fast", "depth=1.5", "activation=[relu]"] },
  "--set of something unknown": { overrides: ["learning_rate=1", "hiden_width=2", "seed=3"] },
  "--set twice": { overrides: ["lr=0.1", "lr=0.2"] },
  "--set with repeated values": { overrides: ["lr=0.1,1e-1"] },
  "--set with an escape sequence": { overrides: ["lr=\x1b[2J", "\x1b]0;x\x07=1"] },
  "options out of range": { seed: -1, maxLanes: 0 },
};

Deno.test("parseSweepFile() says what is wrong with an option", async (t) => {
  const shown = Object.entries(BAD_OPTIONS).map(([what, options]) =>
    `# ${what}\n${message(GOOD, options)}`
  );
  await t.assertSnapshot(shown.join("\n\n"));
});

function file(task: string, parameters: string = "lr: { value: 1 }"): string {
  return `task: ${task}\nmethod: grid\nparameters: { ${parameters} }\n`;
}

const BAD_FILES: Readonly<Record<string, string>> = {
  "empty": "",
  "only a comment": "# nothing\n",
  "a list": "- 1\n",
  "a word": "hello\n",
  "YAML that does not parse": "task: { dataset: mnist\nmethod: grid\n",
  "a tab as indentation": "task:\n\tdataset: mnist\n",
  "two documents": `${GOOD}---\n${GOOD}`,
  "an unknown tag": "name: !!js/function x\n",
  "an anchor": "name: &a x\ndescription: *a\n",
  "an alias": "description: *a\n",
  "a merge key": `${GOOD}<<: { seed: 1 }\n`,
  "brackets without end": `name: ${"[".repeat(100_000)}`,
  "unknown keys":
    `${GOOD}nmae: x\nruncap: 3\ncommand: train.py\n__proto__: { x: 1 }\nconstructor: 1\n`,
  "unknown keys inside": "task: { dataset: mnist, datset: x }\nmethod: grid\n" +
    "metric: { name: val_loss, gaol: minimize }\n" +
    "parameters: { lr: { valeus: [1], mu: 3 }, __proto__: { value: 1 }, batchsize: { value: 1 } }\n",
  "repeated keys": `${GOOD}  lr: { value: 0.1, value: 0.2 }\nmethod: random\n`,
  "keys that are no names": "? [a, b]\n: 1\n? { c: d }\n: 2\n",
  "missing keys": "seed: 1\n",
  "missing keys inside":
    "task: {}\nmethod: random\nmetric: { goal: maximize }\nparameters: {}\nearly_terminate: {}\n",
  "empty values": "name:\nseed:\ntask:\nmethod:\nmetric:\nreplicates:\nparameters:\n",
  "wrong types": "name: [x]\ndescription: 3\nseed: [1, 2]\ntask: mnist\nmethod: [grid]\n" +
    "metric: val_loss\nreplicates: two\nrun_cap: '3'\nparameters: [lr]\nearly_terminate: none\n",
  "numbers out of range": `${GOOD}seed: -1\nreplicates: 0\nrun_cap: 2.5\nmax_attempts: 1000\n`,
  "names that are no ids": `${GOOD}name: "two words"\n`,
  "a name with an escape sequence": `${GOOD}name: "\\e[31mred"\n`,
  "a method that never ends": GOOD.replace("grid", "bayes"),
  "a misspelt method": GOOD.replace("grid", "bayse"),
  "an unknown early termination": `${GOOD}early_terminate: { type: hyperbandd, min_iter: 3 }\n`,
  "metrics that are not there": `${GOOD}metric: { name: val_acuracy }\n`,
  "a metric of the test set": `${GOOD}metric: { name: test_accuracy, goal: maximize }\n`,
  "a goal against the metric": `${GOOD}metric: { name: val_loss, goal: maximize }\n`,
  "classes": "task: { dataset: cifar100, classes: [0, 100, 0, apple, 1.5] }\nmethod: grid\n" +
    "parameters: { lr: { value: 1 } }\n",
  "too few classes": "task: { dataset: cifar100, classes: [7], train_examples: 50001 }\n" +
    "method: grid\nparameters: { lr: { value: 1 } }\n",
  "classes of the wrong dataset": "task: { dataset: mnist, classes: [1, 2] }\nmethod: grid\n" +
    "parameters: { lr: { value: 1 } }\n",
  "data that is not there": "task: { dataset: cifar10, validation: 2 }\nmethod: grid\n" +
    "parameters: { lr: { value: 1 } }\n",
  "a share and a count out of range":
    "task: { dataset: mnist, validation: 1.0, train_examples: 60001 }\nmethod: grid\n" +
    "parameters: { lr: { value: 1 } }\n",
  "keys of another dataset": file(
    "{ dataset: xor, classes: [1, 2], path: x.csv, exampels: 3, test: 0.1 }",
  ),
  "generated data out of range": file("{ dataset: xor, examples: 3, noise: -1 }") +
    "metric: { name: val_rmse }\n",
  "more training examples than are generated": file(
    "{ dataset: noisy-sigmoid, examples: 50, train_examples: 51, noise: much }",
  ),
  "a table without its keys": file("{ dataset: csv, pathh: x.csv }"),
  "a table in another shape": file(
    "{ dataset: csv, path: [x], target: { a: 1 }, kind: regresion, features: x, test: 1 }",
  ),
  "a table's columns": file(
    "{ dataset: csv, path: '', target: y, kind: binary, features: [a, y, a, [b]], categorical: [c] }",
  ),
  "a table without features": file(
    "{ dataset: csv, path: x.csv, target: y, kind: binary, features: [] }",
  ),
  "images without labels": file("{ dataset: idx, images: i, test_images: t, test: 0.5 }"),
  "metrics of another kind of task": file("{ dataset: noisy-sigmoid }") +
    "metric: { name: val_accuracy }\n",
  "metrics of the end": file("{ dataset: noisy-sigmoid }") + "metric: { name: rmse_to_truth }\n",
  "a loss that does not fit": file("{ dataset: xor }", "loss: { value: mean_squared_error }"),
  "losses of which one fits": file(
    "{ dataset: noisy-sigmoid }",
    "loss: { values: [mean_squared_error, softmax_cross_entropy] }",
  ),
  "momentum without an optimizer that has it": file(
    "{ dataset: xor }",
    "optimizer: { value: sgd }, momentum: { values: [0.5, 0.9] }",
  ),
  "the optimizers' parameters out of range": file(
    "{ dataset: xor }",
    "optimizer: { value: adam }, momentum: { value: 1 }, weight_decay: { value: -0.1 }, " +
      "gradient: { value: numeric }, loss: { value: hinge }, batch_size: { value: fulll }",
  ),
  "full as the end of a range": file("{ dataset: xor }", "batch_size: { min: 8, max: full }"),
  "parameters out of range": `${HEAD}parameters:
  lr: { values: [0.1, 0, -1, .inf, .nan] }
  batch_size: { values: [32, 0, 1.5, true] }
  depth: { value: 17 }
  activation: { values: [relu, gelu] }
  optimizer: { value: adam }
`,
  "parameters in another shape": `${HEAD}parameters:
  lr: 0.1
  batch_size: [32, 64]
  depth: { value: [1, 2] }
  epochs: { values: 3 }
  hidden_width: {}
  activation:
`,
  "lists that are empty or repeat": `${HEAD}parameters:
  lr: { values: [] }
  depth: { values: [1, 2, 1.0] }
`,
  "ranges": `task: { dataset: mnist }\nmethod: random\nrun_cap: 3\nparameters:
  lr: { min: 0.01, max: 0.0001 }
  batch_size: { min: 32, max: 32 }
  depth: { min: 1 }
  hidden_width: { min: 1.5, max: x }
  epochs: { min: 1, max: 3, value: 2 }
  activation: { min: 1, max: 3 }
`,
  "logarithmic ranges": `task: { dataset: mnist }\nmethod: random\nrun_cap: 3\nparameters:
  lr: { distribution: log_uniform_values, min: 0, max: 0.1 }
  depth: { distribution: log_uniform_values, min: -1, max: 3 }
`,
  "distributions": `task: { dataset: mnist }\nmethod: random\nrun_cap: 3\nparameters:
  lr: { distribution: q_beta, min: 0.1, max: 1, q: 0.1 }
  batch_size: { distribution: unifrom, min: 1, max: 3 }
  depth: { distribution: uniform, min: 1, max: 3 }
  epochs: { distribution: constant, min: 1, max: 3 }
  hidden_width: { distribution: int_uniform, values: [1] }
`,
  "a grid over a continuous range": `${HEAD}parameters: { lr: { min: 0.1, max: 0.2 } }\n`,
  "a grid without end":
    `${HEAD}parameters: { batch_size: { min: 1, max: 60000 }, epochs: { min: 1, max: 1000 } }\n`,
  "random without a cap": GOOD.replace("grid", "random"),
};

Deno.test("parseSweepFile() says what is wrong with a file, and where", async (t) => {
  const shown = Object.entries(BAD_FILES).map(([what, text]) => `# ${what}\n${message(text)}`);
  for (const each of shown) assert.doesNotMatch(each, /no problem/);
  await t.assertSnapshot(shown.join("\n\n"));
});

Deno.test("parseSweepFile() shows the first twenty problems of a broken file", () => {
  const lines = message("a: 1\n".repeat(1000)).split("\n");
  assert.equal(lines.length, 21);
  assert.match(lines[20] ?? "", /and \d+ more$/);
});

Deno.test("parseSweepFile() survives lists in lists without end", () => {
  // Where the parser gives up depends on the stack, so only the line is known.
  const text = "- ".repeat(50_000);
  assert.match(message(text), /^sweeps\/x\.yaml:1:\d+: found lists or maps nested too deeply$/);
});

Deno.test("parseSweepFile() refuses a file over 1 MiB without parsing it", () => {
  const text = `${GOOD}#${"x".repeat(MAX_FILE_BYTES)}`;
  assert.match(message(text), /^sweeps\/x\.yaml:1:1: found \d+ bytes, it must be at most 1048576$/);
});

Deno.test("parseSweepFile() answers every mutilated file with a specification or problems", () => {
  const pieces = ["{", "}", "[", "]", ":", "\n", "  ", "- ", "&a", "*a", "!", "|", '"', "#", "\0"];
  const cut = fc.record({
    at: fc.nat(GOOD.length),
    length: fc.nat(5),
    put: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })),
  });
  fc.assert(
    fc.property(fc.array(cut, { maxLength: 4 }), (cuts) => {
      let text = GOOD;
      for (const { at, length, put } of cuts) {
        text = text.slice(0, at) + put + text.slice(at + length);
      }
      // deno-lint-ignore no-control-regex -- control characters are what it looks for
      assert.doesNotMatch(message(text), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    }),
    { numRuns: 500 },
  );
});
