import assert from "node:assert/strict";
import fc from "fast-check";
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { createRng } from "../../core/domain/rng.ts";
import type { ParameterDomain, SearchSpace } from "../../core/domain/search_space.ts";
import { explore, mutableParameters } from "./explore.ts";

const LR: ParameterDomain = { kind: "float", scale: "log", min: 1e-4, max: 1 };
const WIDTH: ParameterDomain = { kind: "int", scale: "linear", min: 8, max: 64, step: 8 };
const ACTIVATION: ParameterDomain = { kind: "values", values: ["relu", "tanh", "sigmoid"] };
const PERTURB = { resample: 0, factors: [0.8, 1.2] };

/** What a hundred explorations of one parameter `x` come to, each once. */
function explored(
  domain: ParameterDomain,
  value: number | string,
  spec: { readonly resample: number; readonly factors: readonly number[] } = PERTURB,
): readonly unknown[] {
  const space = [{ name: "x", domain }];
  const values = Array.from(
    { length: 100 },
    (_, n) => explore({ x: value }, { spec, space, rng: createRng(n, "explore") })["x"],
  );
  return [...new Set(values)].sort();
}

Deno.test("mutableParameters() are the trainer's that differ by lane, and all but epochs of other spaces", () => {
  const domain = LR;
  const names = (space: SearchSpace): readonly string[] => [...mutableParameters(space)];
  const trainers = ["lr", "momentum", "weight_decay", "hidden_width", "batch_size", "epochs"]
    .map((name) => ({ name, domain }));
  assert.deepEqual(names(trainers), ["lr", "momentum", "weight_decay"]);
  const fixed: ParameterDomain = { kind: "values", values: [0.9] };
  assert.deepEqual(names([{ name: "lr", domain }, { name: "momentum", domain: fixed }]), ["lr"]);
  const own = ["lr", "hidden_width", "epochs", "temperature"].map((name) => ({ name, domain }));
  assert.deepEqual(names(own), ["lr", "hidden_width", "temperature"]);
});

Deno.test("explore() multiplies numbers with a factor and brings them back into their domain", () => {
  assert.deepEqual(explored(LR, 0.1), [0.1 * 0.8, 0.1 * 1.2]);
  assert.deepEqual(explored(LR, 0.9), [0.9 * 0.8, 1]);
  assert.deepEqual(explored(LR, 1e-4), [1e-4, 1e-4 * 1.2]);
  // 40 × 0.8 = 32 and 40 × 1.2 = 48 are on the grid; 24 × 0.8 = 19.2 and 24 × 1.2 = 28.8 are not.
  assert.deepEqual(explored(WIDTH, 40), [32, 48]);
  assert.deepEqual(explored(WIDTH, 24), [16, 32]);
  assert.deepEqual(explored({ kind: "int", scale: "linear", min: 1, max: 9 }, 8), [6, 9]);
  const normal: ParameterDomain = { kind: "normal", scale: "linear", mean: 0, sd: 1 };
  assert.deepEqual(explored(normal, -2), [-1.6, -2.4]);
  assert.deepEqual(explored({ ...normal, step: 0.5 }, 2), [1.5, 2.5]);
});

Deno.test("explore() moves a choice to a neighbour that can be drawn, or draws it where it is gone", () => {
  assert.deepEqual(explored(ACTIVATION, "tanh"), ["relu", "sigmoid"]);
  assert.deepEqual(explored(ACTIVATION, "relu"), ["relu", "tanh"]);
  assert.deepEqual(explored(ACTIVATION, "gelu"), ["relu", "sigmoid", "tanh"]);
  assert.deepEqual(explored({ ...ACTIVATION, probabilities: [0.5, 0, 0.5] }, "relu"), [
    "relu",
    "sigmoid",
  ]);
});

Deno.test("explore() draws from the prior as often as `resample` says", () => {
  assert.equal(explored(LR, 0.1, { resample: 1, factors: [1.2] }).length, 100);
  const share = explored(LR, 0.1, { resample: 0.25, factors: [1.2] }).length;
  // All drawn ones differ, and the others are one value: 26 are expected.
  assert(share > 12 && share < 42, `${share} values`);
});

Deno.test("explore() leaves what may not change, and keeps conditions", () => {
  const space: SearchSpace = [
    { name: "kind", domain: { kind: "values", values: ["a", "b"] } },
    {
      name: "rate",
      domain: LR,
      when: [{ parameter: "kind", test: { kind: "in", values: ["a"] } }],
    },
    { name: "epochs", domain: { kind: "int", scale: "linear", min: 1, max: 9 } },
  ];
  const seen = new Set<string>();
  for (let seed = 0; seed < 40; seed++) {
    const donor: Hyperparameters = seed % 2 === 0
      ? { kind: "a", rate: 0.5, epochs: 4, extra: true }
      : { kind: "b", epochs: 4, extra: true };
    const changed = explore(donor, { spec: PERTURB, space, rng: createRng(seed, "conditions") });
    assert.equal(Object.hasOwn(changed, "rate"), changed["kind"] === "a");
    assert.equal(changed["epochs"], 4);
    assert.equal(changed["extra"], true);
    seen.add(`${donor["kind"]}${changed["kind"]}`);
  }
  assert.equal(seen.size, 4);
});

Deno.test("explore() obeys constraints, and copies the donor where they admit no change", () => {
  const space = [{ name: "x", domain: LR }];
  for (let seed = 0; seed < 20; seed++) {
    const options = { spec: PERTURB, space, rng: createRng(seed, "constraints") };
    const below = explore({ x: 0.1 }, { ...options, isAllowed: ({ x }) => Number(x) < 0.1 });
    assert.deepEqual(below, { x: 0.1 * 0.8 });
    assert.deepEqual(explore({ x: 0.1 }, { ...options, isAllowed: () => false }), { x: 0.1 });
  }
});

Deno.test("explore() stays inside the domain, however often", () => {
  fc.assert(fc.property(fc.integer(), fc.constantFrom(0, 0.3), (seed, resample) => {
    const space = [{ name: "x", domain: LR }, { name: "n", domain: WIDTH }];
    const rng = createRng(seed, "inside");
    let point: Hyperparameters = { x: 0.01, n: 32 };
    for (let i = 0; i < 30; i++) {
      point = explore(point, { spec: { ...PERTURB, resample }, space, rng });
      const [x, n] = [Number(point["x"]), Number(point["n"])];
      assert(x >= 1e-4 && x <= 1 && n >= 8 && n <= 64 && n % 8 === 0);
    }
  }));
});
