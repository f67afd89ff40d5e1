import assert from "node:assert/strict";
import fc from "fast-check";
import { isAllowedIn } from "../../core/domain/constraints.ts";
import { canonicalText, type Hyperparameters } from "../../core/domain/hyperparameters.ts";
import {
  domainSize,
  type ParameterDomain,
  type SearchSpace,
} from "../../core/domain/search_space.ts";
import { nthValue } from "../../core/domain/space_codec.ts";
import type { Admits } from "../../core/domain/space_points.ts";
import {
  continuousDomain,
  finiteDomain,
  isPointOf,
  pointsByForce,
  spacesOf,
} from "../../tests/support/spaces.ts";
import { createGridSampler } from "./grid_sampler.ts";
import { createRandomSampler } from "./random_sampler.ts";
import type { Sampler } from "./sampler.ts";
import { createSobolSampler } from "./sobol/sobol_sampler.ts";

type Create = (space: SearchSpace, admits: Admits | null) => Sampler;
const DRAWING: Readonly<Record<string, Create>> = {
  createRandomSampler: (space, admits) => createRandomSampler(space, { seed: 3, admits }),
  createSobolSampler: (space, admits) => createSobolSampler(space, { seed: 3, admits }),
};
const ALL: Readonly<Record<string, Create>> = { createGridSampler, ...DRAWING };

/** Forbids about a third of all points, by nothing that a parameter means. */
const SOME: Admits = (point) => canonicalText(point).length % 3 !== 0;

function take(
  sampler: Sampler,
  n: number,
  known: readonly Hyperparameters[] = [],
): readonly Hyperparameters[] {
  return Iterator.from(sampler.fresh(new Set(known.map(canonicalText)))).take(n).toArray();
}

function valuesOf(domain: ParameterDomain) {
  return Array.from({ length: domainSize(domain) }, (_, index) => nthValue(domain, index));
}

for (const [name, create] of Object.entries(ALL)) {
  Deno.test(`${name}() proposes every allowed point of a finite space once, and then ends`, () => {
    fc.assert(
      fc.property(spacesOf(finiteDomain), fc.constantFrom(null, SOME), (space, admits) => {
        const expected = pointsByForce(space, valuesOf).filter(admits ?? (() => true));
        const points = take(create(space, admits), Infinity);
        const texts = new Set(points.map(canonicalText));
        assert.equal(texts.size, points.length);
        assert.deepEqual(texts, new Set(expected.map(canonicalText)));
        assert.equal(create(space, admits).size, expected.length);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  Deno.test(`${name}() goes on in a finite space from wherever it was cut off`, () => {
    fc.assert(
      fc.property(spacesOf(finiteDomain, 3), fc.nat(60), (space, at) => {
        const all = take(create(space, SOME), Infinity);
        const cut = Math.min(at, all.length);
        assert.deepEqual(take(create(space, SOME), Infinity, all.slice(0, cut)), all.slice(cut));
      }),
      { numRuns: 40, seed: 2 },
    );
  });
}

for (const [name, create] of Object.entries(DRAWING)) {
  Deno.test(`${name}() stays inside domains, conditions and constraints`, () => {
    const spaces = spacesOf(fc.oneof(finiteDomain, continuousDomain));
    fc.assert(
      fc.property(spaces, fc.constantFrom(null, SOME), (space, admits) => {
        const points = take(create(space, admits), 20);
        for (const point of points) {
          assert.ok(isPointOf(space, point), canonicalText(point));
          assert.ok(admits?.(point) ?? true);
        }
        assert.equal(new Set(points.map(canonicalText)).size, points.length);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  Deno.test(`${name}() goes on in ranges from wherever it was cut off`, () => {
    fc.assert(
      fc.property(spacesOf(continuousDomain), fc.nat(12), (space, cut) => {
        const all = take(create(space, SOME), 12);
        assert.deepEqual(take(create(space, SOME), 12 - cut, all.slice(0, cut)), all.slice(cut));
      }),
      { numRuns: 30, seed: 4 },
    );
  });

  Deno.test(`${name}() finds its way into a corner that constraints leave`, () => {
    const unit = { kind: "float", scale: "linear", min: 0, max: 1 } as const;
    const parameters = ["a", "b", "c"].map((each) => ({ name: each, domain: unit }));
    const constraints = ["a < 0.1 and b < 0.1 and c < 0.1"];
    const admits = isAllowedIn({ parameters, constraints });
    const points = take(create(parameters, admits), 5);
    assert.equal(points.length, 5);
    assert.ok(points.every(admits));
  });

  Deno.test(`${name}() draws choices as often as their probabilities say`, () => {
    const space: SearchSpace = [
      { name: "lr", domain: { kind: "float", scale: "linear", min: 0, max: 1 } },
      {
        name: "kind",
        domain: { kind: "values", values: ["a", "b", "c"], probabilities: [0.1, 0.3, 0.6] },
      },
    ];
    const kinds = take(create(space, null), 2000).map(({ kind }) => kind);
    const share = (kind: string) => kinds.filter((each) => each === kind).length / kinds.length;
    // The standard deviation of independent draws is below 0.011.
    assert.ok(Math.abs(share("a") - 0.1) < 0.04);
    assert.ok(Math.abs(share("c") - 0.6) < 0.04);
  });
}

Deno.test("createGridSampler() leaves out what is absent, without asking twice", () => {
  const space: SearchSpace = [
    { name: "optimizer", domain: { kind: "values", values: ["sgd", "adam"] } },
    {
      name: "momentum",
      domain: { kind: "float", scale: "linear", min: 0.5, max: 0.9, step: 0.2 },
      when: [{ parameter: "optimizer", test: { kind: "in", values: ["adam"] } }],
    },
    { name: "depth", domain: { kind: "int", scale: "linear", min: 1, max: 2 } },
  ];
  const sampler = createGridSampler(
    space,
    (point) => point["depth"] !== 2 || point["momentum"] !== 0.7,
  );
  assert.deepEqual(take(sampler, Infinity), [
    { optimizer: "sgd", depth: 1 },
    { optimizer: "sgd", depth: 2 },
    { optimizer: "adam", momentum: 0.5, depth: 1 },
    { optimizer: "adam", momentum: 0.5, depth: 2 },
    { optimizer: "adam", momentum: 0.7, depth: 1 },
    { optimizer: "adam", momentum: 0.9, depth: 1 },
    { optimizer: "adam", momentum: 0.9, depth: 2 },
  ]);
  assert.equal(sampler.size, 7);
});

Deno.test("createSobolSampler() covers a plane more evenly than random draws", () => {
  const unit = { kind: "float", scale: "linear", min: 0, max: 1 } as const;
  const space: SearchSpace = [{ name: "x", domain: unit }, { name: "y", domain: unit }];
  const cells = (sampler: Sampler) =>
    new Set(
      take(sampler, 64).map(({ x, y }) =>
        `${Math.floor(8 * Number(x))} ${Math.floor(8 * Number(y))}`
      ),
    ).size;
  for (let seed = 1; seed <= 10; seed++) {
    assert.equal(cells(createSobolSampler(space, { seed })), 64);
    assert.ok(cells(createRandomSampler(space, { seed })) < 52);
  }
});
