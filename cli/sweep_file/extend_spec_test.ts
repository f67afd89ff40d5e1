import assert from "node:assert/strict";
import { extensionProblem } from "../../core/domain/sweep_extension.ts";
import type { ParameterDomain } from "../../core/domain/search_space.ts";
import { specOf } from "../../tests/support/specs.ts";
import { extendSpec, type ExtensionRequest } from "./extend_spec.ts";

const RANGES = specOf({
  method: "random",
  runCap: 5,
  parameters: [
    { name: "lr", domain: { kind: "float", scale: "log", min: 0.01, max: 0.1 } },
    { name: "hidden_width", domain: { kind: "int", scale: "linear", min: 8, max: 16 } },
    { name: "loss", domain: { kind: "values", values: ["softmax_cross_entropy"] } },
  ],
});

function asking(change: Partial<ExtensionRequest>): ExtensionRequest {
  return { add: [], replicates: undefined, runCap: undefined, ...change };
}

function domainOf(spec: ReturnType<typeof specOf>, name: string): ParameterDomain | undefined {
  return spec.parameters.find((parameter) => parameter.name === name)?.domain;
}

Deno.test("extendSpec() adds values once each, after those that are there", () => {
  const before = specOf();
  const after = extendSpec(before, asking({ add: ["lr=0.2,0.5,1", "hidden_width=4"] }));
  assert.deepEqual(domainOf(after, "lr"), { kind: "values", values: [0.05, 0.2, 0.5, 1] });
  assert.deepEqual(domainOf(after, "hidden_width"), { kind: "values", values: [8, 16, 4] });
  assert.equal(extensionProblem(before, after), null);
  assert.deepEqual(extendSpec(before, asking({})), before);
});

Deno.test("extendSpec() widens ranges and never narrows them", () => {
  const after = extendSpec(RANGES, asking({ add: ["lr=0.001..0.05", "hidden_width = 12..64"] }));
  assert.deepEqual(domainOf(after, "lr"), { kind: "float", scale: "log", min: 0.001, max: 0.1 });
  assert.deepEqual(domainOf(after, "hidden_width"), {
    ...{ kind: "int", scale: "linear" },
    ...{ min: 8, max: 64 },
  });
  assert.equal(extensionProblem(RANGES, after), null);
});

Deno.test("extendSpec() sets replicates and the run cap, and takes the cap away", () => {
  const after = extendSpec(RANGES, asking({ replicates: 3, runCap: 20 }));
  assert.equal(after.replicates, 3);
  assert.equal(after.runCap, 20);
  assert.equal(extendSpec(RANGES, asking({ runCap: null })).runCap, null);
});

const REFUSED: readonly (readonly [string, RegExp])[] = [
  ["depth=2", /--add: depth: the sweep has no parameter depth; it has lr, hidden_width/],
  ["depth=1..2", /--add depth=1..2: the sweep has no parameter depth/],
  ["lr=0.5", /--add: lr: a range can be made wider, with --add lr=MIN..MAX/],
  ["lr=a..b", /it must be lr=MIN..MAX, two numbers/],
  ["lr=1..0.5", /it must be lr=MIN..MAX, two numbers/],
  ["hidden_width=1.5..20", /hidden_width is a range of integers/],
  ["loss=0..1", /loss is a list of values/],
  ["loss=binary_cross_entropy", /it must be softmax_cross_entropy: the task is classification/],
  ["lr", /--add lr: it must be name=value/],
  ["colour=red", /unknown parameter/],
];

for (const [text, problem] of REFUSED) {
  Deno.test(`extendSpec() refuses --add ${text}`, () => {
    assert.throws(() => extendSpec(RANGES, asking({ add: [text] })), problem);
  });
}

Deno.test("extendSpec() keeps conditions, and refuses what steps and probabilities do not allow", () => {
  const when = [{ parameter: "optimizer", test: { kind: "in", values: ["adam"] } }] as const;
  const spec = specOf({
    method: "random",
    runCap: 5,
    parameters: [
      {
        name: "optimizer",
        domain: { kind: "values", values: ["sgd", "adam"], probabilities: [0.5, 0.5] },
      },
      { name: "momentum", domain: { kind: "values", values: [0.5] }, when },
      { name: "hidden_width", domain: { kind: "int", scale: "linear", min: 8, max: 24, step: 8 } },
    ],
  });
  const after = extendSpec(spec, asking({ add: ["momentum=0.9", "hidden_width=16..64"] }));
  assert.deepEqual(after.parameters[1]?.when, when);
  assert.equal(extensionProblem(spec, after), null);
  assert.throws(
    () => extendSpec(spec, asking({ add: ["hidden_width=4..64"] })),
    /it must begin a whole number of steps of 8 below 8/,
  );
  assert.throws(
    () => extendSpec(spec, asking({ add: ["optimizer=momentum"] })),
    /its values have probabilities/,
  );
});
