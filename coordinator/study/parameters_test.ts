import assert from "node:assert/strict";
import {
  bool,
  choice,
  float,
  int,
  normal,
  type ParametersOf,
  searchSpaceOf,
  when,
} from "./parameters.ts";

Deno.test("searchSpaceOf() keeps names, domains and conditions", () => {
  const space = searchSpaceOf({
    lr: float(1e-5, 1e-1, { scale: "log" }),
    depth: int(1, 6),
    batch: choice([16, 32]),
    noisy: bool(),
    shift: normal(0, 2),
    width: when({ depth: { min: 2 }, batch: [32] }, int(8, 64, { step: 8 })),
  });
  assert.deepEqual(space.map(({ name }) => name), [
    "lr",
    "depth",
    "batch",
    "noisy",
    "shift",
    "width",
  ]);
  assert.deepEqual(space.at(-1), {
    name: "width",
    domain: { kind: "int", scale: "linear", min: 8, max: 64, step: 8 },
    when: [
      { parameter: "depth", test: { kind: "range", min: 2, max: null } },
      { parameter: "batch", test: { kind: "in", values: [32] } },
    ],
  });
});

Deno.test("parameters have the types of their values", () => {
  const space = {
    act: choice(["relu", "tanh"]),
    lr: float(0, 1),
    momentum: when({ act: ["relu"] }, float(0, 1)),
  };
  const point: ParametersOf<typeof space> = { act: "tanh", lr: 0.5, momentum: undefined };
  // @ts-expect-error A word that is no choice.
  const wrong: ParametersOf<typeof space> = { act: "elu", lr: 0.5, momentum: 1 };
  assert.notDeepEqual(point, wrong);
});

Deno.test("parameters that make no sense are refused with their numbers", () => {
  assert.throws(() => float(1, 0), /from 1 to 0: the second end must be greater/);
  assert.throws(() => float(0, 1, { scale: "log" }), /must begin above 0/);
  assert.throws(() => int(0.5, 3), /they must be integers/);
  assert.throws(() => int(0, 3, { step: 7 }), /step of 7/);
  assert.throws(() => choice([1, 1]), /different values/);
  assert.throws(() => normal(0, 0), /standard deviation 0/);
  assert.throws(() => searchSpaceOf({}), /one at least/);
  assert.throws(
    () => searchSpaceOf({ a: when({ b: { min: 1 } }, float(0, 1)), b: int(0, 2) }),
    /condition on "b": it must be a parameter that stands before/,
  );
});

Deno.test("parameters whose numbers would overflow are refused, and the name __proto__", () => {
  assert.throws(() => float(-1e308, 1e308), /their difference must be finite/);
  assert.throws(() => int(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER), /fewer than 2\^52/);
  assert.throws(() => normal(0, 400, { scale: "log" }), /finite numbers > 0, it reaches 0 and Inf/);
  assert.throws(() => normal(1e308, 1e307), /within finite numbers/);
  assert.throws(() => normal(0, 1, { step: -1 }), /steps of -1/);
  assert.throws(() => searchSpaceOf({ ["__proto__"]: float(0, 1) }), /another name/);
});
