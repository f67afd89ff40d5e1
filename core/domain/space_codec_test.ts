import assert from "node:assert/strict";
import fc from "fast-check";
import { domainSize, type ParameterDomain } from "./search_space.ts";
import { unitOf, valueAt } from "./space_codec.ts";

const finite: fc.Arbitrary<ParameterDomain> = fc.oneof(
  fc.uniqueArray(fc.oneof(fc.integer(), fc.string(), fc.boolean()), { minLength: 1, maxLength: 9 })
    .map((values): ParameterDomain => ({ kind: "values", values })),
  fc.record({ min: fc.integer({ min: 1, max: 50 }), size: fc.integer({ min: 1, max: 60 }) })
    .chain(({ min, size }) =>
      fc.constantFrom<ParameterDomain>(
        { kind: "int", scale: "linear", min, max: min + size },
        { kind: "int", scale: "log", min, max: min + size },
        { kind: "int", scale: "linear", min: -min, max: size, step: 3 },
        { kind: "float", scale: "linear", min: min / 10, max: min / 10 + size / 10, step: 0.1 },
      )
    ),
);

/** Every value of a finite domain, found by going through the unit interval. */
function valuesOf(domain: ParameterDomain): ReadonlySet<unknown> {
  const steps = 40 * domainSize(domain) * 60;
  return new Set(Array.from({ length: steps + 1 }, (_, i) => valueAt(domain, i / steps)));
}

Deno.test("valueAt() reaches every value of a finite domain, and unitOf() leads back to it", () => {
  fc.assert(
    fc.property(finite, (domain) => {
      const values = valuesOf(domain);
      assert.equal(values.size, domainSize(domain));
      for (const value of values) {
        assert.ok(typeof value !== "object" && value !== undefined);
        assert.equal(valueAt(domain, unitOf(domain, value as number | string | boolean)), value);
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("valueAt() is monotone in u and inside the bounds of a range", () => {
  const domains: readonly ParameterDomain[] = [
    { kind: "float", scale: "log", min: 1e-5, max: 0.1 },
    { kind: "float", scale: "linear", min: -1, max: 2 },
    { kind: "int", scale: "log", min: 1, max: 512 },
  ];
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(fc.constantFrom(...domains), unit, unit, (domain, u, v) => {
    const [a, b] = [valueAt(domain, Math.min(u, v)), valueAt(domain, Math.max(u, v))].map(Number);
    assert.ok(a !== undefined && b !== undefined && a <= b);
    if (domain.kind === "float" || domain.kind === "int") {
      assert.ok(a >= domain.min && b <= domain.max);
    }
    assert.ok(
      Math.abs(unitOf(domain, valueAt(domain, u)) - u) < (domain.kind === "int" ? 0.6 : 1e-9),
    );
  }));
});

Deno.test("valueAt() gives values with probabilities as often as they say", () => {
  const domain: ParameterDomain = {
    kind: "values",
    values: ["a", "b", "c"],
    probabilities: [0.2, 0, 0.8],
  };
  const drawn = Array.from({ length: 1000 }, (_, i) => valueAt(domain, (i + 0.5) / 1000));
  assert.equal(drawn.filter((value) => value === "a").length, 200);
  assert.equal(drawn.filter((value) => value === "b").length, 0);
  assert.equal(valueAt(domain, 1), "c");
});

Deno.test("valueAt() gives the quantiles of a normal and of a log-normal parameter", () => {
  const normal = { kind: "normal", scale: "linear", mean: 10, sd: 2 } as const;
  assert.ok(Math.abs(Number(valueAt(normal, 0.975)) - 13.919927969080108) < 1e-9);
  assert.equal(valueAt({ ...normal, step: 5 }, 0.9), 15);
  const log = { kind: "normal", scale: "log", mean: 0, sd: 1 } as const;
  assert.ok(Math.abs(Number(valueAt(log, 0.5)) - 1) < 1e-12);
  assert.ok(Number.isFinite(valueAt(normal, 0)) && Number.isFinite(valueAt(normal, 1)));
});
