import assert from "node:assert/strict";
import { specOf } from "../../tests/support/specs.ts";
import type { ParameterDomain } from "./search_space.ts";
import { extensionProblem } from "./sweep_extension.ts";
import type { SweepSpec } from "./sweep_spec.ts";

const RANGE: ParameterDomain = { kind: "float", scale: "log", min: 0.01, max: 0.1 };

function withDomain(domain: ParameterDomain, name = "lr"): SweepSpec {
  return specOf({ parameters: [{ name, domain }], runCap: 10 });
}

Deno.test("extensionProblem() lets values, ranges, replicates and the run cap grow", () => {
  const before = specOf({ runCap: 4 });
  assert.equal(extensionProblem(before, specOf({ runCap: 5 })), null);
  assert.equal(extensionProblem(before, specOf({ runCap: null, replicates: 2 })), null);
  const more = withDomain({ kind: "values", values: [0.3, 0.2, 0.1] });
  assert.equal(extensionProblem(withDomain({ kind: "values", values: [0.1, 0.2] }), more), null);
  assert.equal(extensionProblem(withDomain(RANGE), withDomain({ ...RANGE, max: 1 })), null);
  assert.equal(extensionProblem(before, before), null);
});

Deno.test("extensionProblem() does not mind in which order a journal keeps the keys", () => {
  const { task, ...others } = specOf();
  assert.equal(extensionProblem(specOf(), { task, ...others }), null);
});

const REFUSED: readonly (readonly [SweepSpec, SweepSpec, RegExp])[] = [
  [specOf(), specOf({ seed: 2 }), /^seed differs: 1 became 2$/],
  [specOf(), specOf({ method: "random" }), /^method differs/],
  [specOf(), specOf({ metric: { name: "val_loss", goal: "minimize" } }), /^metric differs/],
  [specOf(), specOf({ maxLanes: 16 }), /^maxLanes differs/],
  [specOf(), specOf({ name: "other" }), /^name differs/],
  [specOf({ replicates: 3 }), specOf({ replicates: 2 }), /^replicates shrank: 3 became 2$/],
  [specOf({ runCap: 3 }), specOf({ runCap: 2 }), /^run_cap shrank: 3 became 2$/],
  [specOf(), specOf({ runCap: 2 }), /^run_cap shrank: none became 2$/],
  [specOf(), specOf({ parameters: [] }), /^parameter lr is gone$/],
  [withDomain(RANGE), withDomain({ ...RANGE, min: 0.02 }), /^parameter lr lost a part/],
  [withDomain(RANGE), withDomain({ ...RANGE, scale: "linear" }), /^parameter lr was log/],
  [withDomain(RANGE), withDomain({ ...RANGE, kind: "int" }), /^parameter lr was a range of kind/],
  [
    withDomain({ kind: "values", values: [0.05, 0.1] }),
    withDomain(RANGE),
    /^parameter lr was a list of values and became a range$/,
  ],
  [
    withDomain({ kind: "values", values: [1, 2] }),
    withDomain({ kind: "values", values: [1, 3] }),
    /^parameter lr lost the value 2$/,
  ],
  [
    withDomain({ kind: "values", values: [1] }),
    withDomain({ kind: "values", values: [1, 2, 2] }),
    /^parameter lr has a value twice$/,
  ],
  [
    withDomain({ kind: "values", values: [2] }, "epochs"),
    withDomain({ kind: "values", values: [2, 4] }, "epochs"),
    /^epochs is fixed at 2$/,
  ],
];

for (const [before, after, problem] of REFUSED) {
  Deno.test(`extensionProblem() says what differs: ${problem.source}`, () => {
    assert.match(extensionProblem(before, after) ?? "", problem);
  });
}

Deno.test("extensionProblem() refuses a parameter that is new or there twice", () => {
  const [lr] = specOf().parameters;
  assert.ok(lr !== undefined);
  const one = specOf({ parameters: [lr] });
  assert.match(extensionProblem(one, specOf()) ?? "", /^parameter hidden_width is new$/);
  assert.match(extensionProblem(one, specOf({ parameters: [lr, lr] })) ?? "", /there twice/);
});

Deno.test("extensionProblem() lets a searched number of epochs grow", () => {
  const before = withDomain({ kind: "values", values: [2, 4] }, "epochs");
  const after = withDomain({ kind: "values", values: [2, 4, 8] }, "epochs");
  assert.equal(extensionProblem(before, after), null);
});

Deno.test("extensionProblem() keeps conditions, constraints, steps, probabilities and the scheduler", () => {
  const when = [{ parameter: "lr", test: { kind: "range", min: 0.1, max: null } }] as const;
  const range = { kind: "float", scale: "linear", min: 0, max: 1, step: 0.25 } as const;
  const list = { kind: "values", values: ["a", "b"], probabilities: [0.5, 0.5] } as const;
  const spec = specOf({
    method: "tpe",
    runCap: 9,
    scheduler: { type: "hyperband", minEpochs: 1, eta: 3 },
    parameters: [
      { name: "lr", domain: { kind: "values", values: [0.1, 0.2] } },
      { name: "momentum", domain: range, when },
      { name: "choice", domain: list },
    ],
    constraints: ["lr < momentum"],
  });
  const withDomain = (name: string, domain: ParameterDomain) => ({
    ...spec,
    parameters: spec.parameters.map((each) => each.name === name ? { ...each, domain } : each),
  });
  const grown: ParameterDomain = { kind: "values", values: [0.1, 0.2, 0.3] };
  assert.equal(extensionProblem(spec, withDomain("lr", grown)), null);
  assert.equal(
    extensionProblem(spec, withDomain("momentum", { ...range, min: -0.5, max: 2 })),
    null,
  );
  const problems: readonly (readonly [Parameters<typeof extensionProblem>[1], RegExp])[] = [
    [withDomain("momentum", { ...range, min: -0.1 }), /steps of 0.25 that do not meet 0/],
    [withDomain("momentum", { ...range, step: 0.5 }), /has another step/],
    [withDomain("choice", { ...list, probabilities: [0.4, 0.6] }), /has other probabilities/],
    [
      { ...spec, parameters: spec.parameters.map(({ name, domain }) => ({ name, domain })) },
      /parameter momentum has other conditions/,
    ],
    [{ ...spec, constraints: [] }, /constraints differs/],
    [{ ...spec, scheduler: { type: "hyperband", minEpochs: 1, eta: 4 } }, /scheduler differs/],
    [{ ...spec, method: "random" }, /method differs/],
  ];
  for (const [next, expected] of problems) {
    assert.match(extensionProblem(spec, next) ?? "", expected);
  }
});
