import assert from "node:assert/strict";
import fc from "fast-check";
import {
  continuousDomain,
  finiteDomain,
  isPointOf,
  pointsByForce,
  spacesOf,
} from "../../tests/support/spaces.ts";
import { canonicalText } from "./hyperparameters.ts";
import { domainSize, type ParameterDomain, type SearchSpace, spaceSize } from "./search_space.ts";
import { isInDomain, nthValue, unitOf, valueAt } from "./space_codec.ts";
import { countPoints, gridPoints, pointOf, PROBES, probeSpace } from "./space_points.ts";

function valuesOf(domain: ParameterDomain) {
  return Array.from({ length: domainSize(domain) }, (_, index) => nthValue(domain, index));
}

Deno.test("gridPoints() gives every point of a conditional space once, as brute force does", () => {
  fc.assert(
    fc.property(spacesOf(finiteDomain), (space) => {
      const points = [...gridPoints(space)];
      assert.deepEqual(points, pointsByForce(space, valuesOf));
      assert.ok(points.every((point) => isPointOf(space, point)));
      assert.equal(new Set(points.map(canonicalText)).size, points.length);
      assert.equal(countPoints(space, null), points.length);
      assert.ok(points.length <= spaceSize(space));
    }),
    { numRuns: 60, seed: 1 },
  );
});

Deno.test("gridPoints() of an empty space is the one point without parameters", () => {
  assert.deepEqual([...gridPoints([])], [{}]);
});

Deno.test("nthValue() lists the values of a domain in order, and all lie in it", () => {
  fc.assert(
    fc.property(finiteDomain, (domain) => {
      const values = valuesOf(domain);
      assert.equal(new Set(values).size, domainSize(domain));
      for (const [index, value] of values.entries()) {
        assert.ok(isInDomain(domain, value));
        assert.equal(valueAt(domain, unitOf(domain, value)), value);
        const before = values[index - 1];
        if (typeof value === "number" && domain.kind !== "values" && before !== undefined) {
          assert.ok(Number(before) < value);
        }
      }
    }),
    { seed: 2 },
  );
});

Deno.test("valueAt() stays in its domain, and unitOf() leads back to the value", () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.oneof(finiteDomain, continuousDomain), unit, (domain, u) => {
      const value = valueAt(domain, u);
      assert.ok(isInDomain(domain, value), String(value));
      const again = valueAt(domain, unitOf(domain, value));
      if (typeof value === "number" && domainSize(domain) === Infinity) {
        // Far out in a tail neighbouring u lie far apart.
        const isInside = u > 1e-3 && u < 1 - 1e-3;
        if (isInside) assert.ok(Math.abs(Number(again) - value) <= 1e-9 * (1 + Math.abs(value)));
      } else assert.equal(again, value);
    }),
    { numRuns: 500, seed: 3 },
  );
});

Deno.test("nthValue() has the decimals that somebody would write", () => {
  const tenths = { kind: "float", scale: "linear", min: -0.3, max: 0.3, step: 0.1 } as const;
  assert.deepEqual(valuesOf(tenths), [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  assert.ok(valuesOf(tenths).every((value) => !Object.is(value, -0)));
  const large = { kind: "int", scale: "linear", min: 2 ** 52, max: 2 ** 52 + 4, step: 2 } as const;
  assert.deepEqual(valuesOf(large), [2 ** 52, 2 ** 52 + 2, 2 ** 52 + 4]);
  const small = { kind: "float", scale: "log", min: 1e-9, max: 5e-9, step: 2e-9 } as const;
  assert.deepEqual(valuesOf(small), [2e-9, 4e-9]);
});

Deno.test("isInDomain() refuses what lies between, outside or is of another type", () => {
  const steps = { kind: "float", scale: "linear", min: 0, max: 1, step: 0.25 } as const;
  for (const value of [0.3, -0.25, 1.25, "0.25", NaN]) assert.ok(!isInDomain(steps, value));
  assert.ok(!isInDomain({ kind: "int", scale: "linear", min: 0, max: 9 }, 1.5));
  assert.ok(!isInDomain({ kind: "normal", scale: "log", mean: 0, sd: 1 }, 0));
  assert.ok(!isInDomain({ kind: "values", values: [1] }, true));
});

Deno.test("pointOf() asks for nothing that is absent", () => {
  const domain = { kind: "values", values: [1, 2] } as const;
  const space: SearchSpace = [
    { name: "a", domain },
    { name: "b", domain, when: [{ parameter: "a", test: { kind: "in", values: [2] } }] },
    { name: "c", domain, when: [{ parameter: "b", test: { kind: "range", min: 1, max: null } }] },
  ];
  const askedFor: string[] = [];
  const point = pointOf(space, ({ name }) => {
    askedFor.push(name);
    return 1;
  });
  assert.deepEqual(point, { a: 1 });
  assert.deepEqual(askedFor, ["a"]);
});

Deno.test("probeSpace() tries all of a small space, and 10,000 points of a large one", () => {
  const small: SearchSpace = [{ name: "a", domain: { kind: "values", values: [1, 2, 3] } }];
  const never = { admits: () => false, seed: 1 };
  assert.deepEqual(probeSpace(small, never), {
    tried: 3,
    isComplete: true,
    isAdmitted: false,
    reached: new Set(),
  });
  const large: SearchSpace = [
    { name: "a", domain: { kind: "float", scale: "linear", min: 0, max: 1 } },
  ];
  assert.equal(probeSpace(large, never).tried, PROBES);
  const rare = probeSpace(large, { admits: ({ a }) => Number(a) < 0.002, seed: 1 });
  assert.ok(rare.isAdmitted && !rare.isComplete && rare.tried < PROBES);
});

Deno.test("canonicalText() is one text for one point, whatever the order of its names", () => {
  const space = spacesOf(fc.oneof(finiteDomain, continuousDomain), 5);
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(space, unit, (parameters, u) => {
    const point = pointOf(parameters, ({ domain }) => valueAt(domain, u));
    const reversed = Object.fromEntries(Object.entries(point).toReversed());
    assert.equal(canonicalText(reversed), canonicalText(point));
    assert.equal(canonicalText(JSON.parse(JSON.stringify(point))), canonicalText(point));
  }));
  assert.equal(canonicalText({ x: -0 }), canonicalText({ x: 0 }));
  assert.equal(canonicalText({ x: 1e21, y: true }), '{"x":1e+21,"y":true}');
  assert.notEqual(canonicalText({ x: "1" }), canonicalText({ x: 1 }));
});
