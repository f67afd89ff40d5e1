import assert from "node:assert/strict";
import fc from "fast-check";
import { createRng, permutation } from "../rng.ts";
import type { Importance, ImportanceInput } from "./importance.ts";
import { pedAnova } from "./ped_anova.ts";
import golden from "./testdata/ped_anova_golden.json" with { type: "json" };
import { deepFreeze, unitSpace } from "./testdata/spaces.ts";

function shares({ parameters }: Importance): Readonly<Record<string, number>> {
  return Object.fromEntries(parameters.map(({ name, share }) => [name, share]));
}

interface GoldenCase extends ImportanceInput {
  readonly name: string;
  readonly quantile: number;
  readonly raw: Readonly<Record<string, number>>;
}

for (const { name, raw, quantile, ...input } of golden.cases as unknown as readonly GoldenCase[]) {
  Deno.test(`pedAnova() finds what Optuna finds: ${name}`, () => {
    const { parameters } = pedAnova(input, { quantile, resamples: 0 });
    assert.equal(parameters.length, Object.keys(raw).length);
    for (const found of parameters) {
      const expected = raw[found.name] ?? NaN;
      assert.ok(Math.abs(found.raw / expected - 1) < 1e-9, `${found.name}: ${found.raw}`);
    }
  });
}

Deno.test("pedAnova() finds what can be computed by hand", () => {
  // The best half is a, a: density (2/3, 1/3); all four have (1/2, 1/2). The divergence is 1/9, and
  // the best are half of all: (1/2)² / 9.
  const points = ["a", "a", "b", "b"].map((choice, value) => ({
    hyperparameters: { choice },
    value,
  }));
  const space = [{ name: "choice", domain: { kind: "values", values: ["a", "b"] } } as const];
  const input = { space, points, goal: "minimize" } as const;
  const [found] = pedAnova(input, { quantile: 0.5, resamples: 0 }).parameters;
  assert.ok(Math.abs((found?.raw ?? NaN) - 1 / 36) < 1e-10);
  assert.equal(found?.share, 1);
  assert.equal(found?.interval, null);
});

Deno.test("pedAnova() explains neither one point, none, nor equal ones", () => {
  const space = unitSpace(2);
  const point = (value: number, x: number) => ({ hyperparameters: { x0: x, x1: x }, value });
  const cases = [[], [point(1, 0.5)], [point(1, 0.2), point(1, 0.7)], [
    point(NaN, 0.2),
    point(Infinity, 0.3),
  ]];
  for (const points of cases) {
    const found = pedAnova({ space, points, goal: "maximize" });
    assert.deepEqual(shares(found), { x0: 0, x1: 0 });
    assert.ok(found.parameters.every(({ interval }) => interval === null));
    assert.equal(found.n, points.length);
    assert.ok(found.notes.length > 0);
  }
});

Deno.test("pedAnova() gives nothing to a parameter with one value", () => {
  const rng = createRng(1);
  const points = Array.from({ length: 50 }, () => {
    const x0 = rng.uniform();
    return { hyperparameters: { x0, x1: 0.25 }, value: x0 };
  });
  const found = pedAnova({ space: unitSpace(2), points, goal: "minimize" });
  assert.deepEqual(shares(found), { x0: 1, x1: 0 });
});

Deno.test("pedAnova() counts diverged points as the worst, and says so", () => {
  const rng = createRng(2);
  const points = Array.from({ length: 60 }, () => {
    const x0 = rng.uniform();
    return { hyperparameters: { x0, x1: rng.uniform() }, value: x0 < 0.3 ? NaN : x0 };
  });
  const worst = Math.max(...points.map(({ value }) => value || 0));
  const finite = points.map((point) => ({ ...point, value: point.value || worst }));
  const input = { space: unitSpace(2), goal: "minimize" } as const;
  const found = pedAnova({ ...input, points });
  const diverged = points.filter(({ value }) => Number.isNaN(value)).length;
  assert.equal(found.diverged, diverged);
  assert.equal(found.n, 60);
  assert.match(found.notes.join(), new RegExp(`^${diverged} diverged .* worst finite value`));
  assert.deepEqual(found.parameters, pedAnova({ ...input, points: finite }).parameters);
});

Deno.test("pedAnova() changes nothing and says the same on every call", () => {
  const [first] = golden.cases as unknown as readonly ImportanceInput[];
  const input = deepFreeze(structuredClone(first!));
  const found = pedAnova(input);
  assert.deepEqual(pedAnova(input), found);
  assert.equal(found.resamples, 200);
  assert.equal(found.estimator, "ped-anova");
});

Deno.test("pedAnova() sees ranks only, and shares that sum to 1", () => {
  const rank = fc.record({ x0: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.integer() });
  fc.assert(
    fc.property(fc.array(rank, { maxLength: 60 }), (rows) => {
      const points = rows.map(({ x0, value }, place) => ({
        hyperparameters: { x0, x1: place / 60 },
        value,
      }));
      const input = { space: unitSpace(2), points, goal: "minimize" } as const;
      const found = pedAnova(input, { resamples: 3 });
      const sum = found.parameters.reduce((total, { share }) => total + share, 0);
      assert.ok(sum === 0 || Math.abs(sum - 1) < 1e-12);
      for (const { share, interval } of found.parameters) {
        if (interval === null) continue;
        assert.ok(0 <= interval[0] && interval[0] <= share && share <= interval[1]);
        assert.ok(interval[1] <= 1);
      }
      const cubed = points.map((point) => ({ ...point, value: Math.cbrt(point.value) }));
      assert.deepEqual(pedAnova({ ...input, points: cubed }, { resamples: 3 }), found);
      const turned = points.map((point) => ({ ...point, value: -point.value }));
      const other = pedAnova({ ...input, points: turned, goal: "maximize" }, { resamples: 3 });
      assert.deepEqual(other.parameters, found.parameters);
    }),
    { numRuns: 60 },
  );
});

Deno.test("pedAnova() finds the same whether the best points come first or not", () => {
  const points = Array.from({ length: 50 }, (_, rank) => ({
    hyperparameters: { x0: rank % 10 / 10, x1: rank / 50 },
    value: rank,
  }));
  const places = permutation(createRng(7, "shuffle"), points.length);
  const shuffled = Array.from(places, (place) => points[place]!);
  assert.notDeepEqual(shuffled, points);
  const [input, other] = [points, shuffled].map((points) =>
    pedAnova({ space: unitSpace(2), points, goal: "minimize" })
  );
  assert.deepEqual(other, input);
});

Deno.test("pedAnova() finds a parameter the more important the more it does", () => {
  const found = [0, 0.3, 0.6, 1, 2, 4].map((effect) => {
    const rng = createRng(3, "monotone");
    const points = Array.from({ length: 2_000 }, () => {
      const [x0, x1] = [rng.uniform(), rng.uniform()];
      return { hyperparameters: { x0, x1 }, value: effect * x0 + x1 + 0.2 * rng.normal() };
    });
    const input = { space: unitSpace(2), points, goal: "minimize" } as const;
    return shares(pedAnova(input, { resamples: 0 })).x0 ?? NaN;
  });
  assert.deepEqual(found, found.toSorted((a, b) => a - b));
  assert.ok((found[0] ?? 1) < 0.05 && (found.at(-1) ?? 0) > 0.85, found.join());
});

Deno.test("pedAnova() puts the true share into about 95 of 100 intervals", () => {
  const space = unitSpace(3);
  const points = (n: number, seed: number) => {
    const rng = createRng(seed, "coverage");
    return Array.from({ length: n }, () => {
      const [x0, x1, x2] = [rng.uniform(), rng.uniform(), rng.uniform()];
      const value = 4 * (x0 - 0.3) ** 2 + 0.7 * x1 + 0.3 * rng.normal();
      return { hyperparameters: { x0, x1, x2 }, value };
    });
  };
  const estimate = (n: number, seed: number, resamples: number) =>
    pedAnova({ space, points: points(n, seed), goal: "minimize" }, { resamples });
  const truth = shares(estimate(100_000, 1, 0));
  const rounds = 60;
  const hits: Record<string, number> = { x0: 0, x1: 0, x2: 0 };
  for (let round = 0; round < rounds; round++) {
    for (const { name, interval } of estimate(300, 100 + round, 60).parameters) {
      const [lower, upper] = interval ?? [NaN, NaN];
      const share = truth[name] ?? NaN;
      // The parameter without effect has a share of 0; 100,000 points still show it a little.
      if (lower <= share && share <= upper) hits[name] = (hits[name] ?? 0) + 1;
    }
  }
  for (const [name, hit] of Object.entries(hits)) {
    assert.ok(hit >= 0.87 * rounds, `${name}: ${hit} of ${rounds}`);
  }
});

Deno.test("pedAnova() refuses a best part that is none or all", () => {
  for (const quantile of [0, 1, NaN]) {
    const input = { space: unitSpace(1), points: [], goal: "minimize" } as const;
    assert.throws(() => pedAnova(input, { quantile }), RangeError);
  }
});

Deno.test("pedAnova() draws fewer resamples of very many points, and says how many", () => {
  const rng = createRng(3, "many points");
  const space = [
    { name: "x", domain: { kind: "float", scale: "linear", min: 0, max: 1 } },
  ] as const;
  const points = (n: number) =>
    Array.from({ length: n }, () => {
      const x = rng.uniform();
      return { hyperparameters: { x }, value: x };
    });
  const resamplesOf = (n: number) =>
    pedAnova({ space, points: points(n), goal: "minimize" }).resamples;
  assert.deepEqual([1_000, 40_000, 150_000].map(resamplesOf), [200, 100, 40]);
});
