import assert from "node:assert/strict";
import { canonicalText, type Hyperparameters } from "../../../core/domain/hyperparameters.ts";
import { parseConfigurationId } from "../../../core/domain/ids.ts";
import type { Observation, ObservedOutcome } from "../../../core/domain/observation.ts";
import { hypervolume } from "../../../core/domain/pareto/hypervolume.ts";
import { createRng, permutation } from "../../../core/domain/rng.ts";
import { isActive, type SearchSpace } from "../../../core/domain/search_space.ts";
import { unitOf } from "../../../core/domain/space_codec.ts";
import type { AdaptiveSampler, SamplerOptions } from "../adaptive_sampler.ts";
import { createCmaesSampler } from "../cmaes/cmaes_sampler.ts";
import { createGpSampler } from "../gp/gp_sampler.ts";
import { createNsga2Sampler, populationFor } from "../nsga2/nsga2_sampler.ts";
import { createQuasiRandom, goldenRatio } from "./quasi_random.ts";
import {
  bestOf,
  BRANIN,
  ELLIPSOID,
  HARTMANN6,
  NETWORK,
  search,
  ZDT1,
} from "../../../tests/support/search_problems.ts";

type Create = (options: SamplerOptions) => AdaptiveSampler;

/** Populations and beginnings so small that all of them learn within a few configurations. */
const SAMPLERS: Readonly<Record<string, Create>> = {
  createGpSampler: (options) => createGpSampler({ ...options, startup: 6 }),
  createCmaesSampler: (options) => createCmaesSampler({ ...options, population: 6 }),
  createNsga2Sampler: (options) => createNsga2Sampler({ ...options, population: 6 }),
};

function optionsFor(
  { space }: { readonly space: SearchSpace },
  seed: number,
  more: Partial<SamplerOptions> = {},
): SamplerOptions {
  return { space, seed, isAllowed: () => true, objectives: 1, ...more };
}

/** Every kind of outcome, by the configuration's number. */
function outcomeOf(n: number, losses: readonly number[]): ObservedOutcome {
  switch (n % 11) {
    case 3:
      return { kind: "failed" };
    case 5:
      return { kind: "completed", losses: losses.map(() => Infinity) };
    case 7:
      return { kind: "stopped", losses, epoch: 2 };
    case 9:
      return { kind: "completed", losses: losses.map(() => NaN) };
    default:
      return { kind: "completed", losses };
  }
}

/** Asked for in threes: the outcomes of three are told when the next three are on their way. */
function searchInThrees(create: Create, options: SamplerOptions): readonly Observation[] {
  const sampler = create(options);
  const told: Observation[] = [];
  let waiting: readonly Observation[] = [];
  for (let n = 0; n < 24; n += 3) {
    const asked = [n, n + 1, n + 2].map((number) => {
      const configuration = parseConfigurationId(number);
      const { hyperparameters } = sampler.propose(configuration) ?? assert.fail("no proposal");
      sampler.observe({ configuration, hyperparameters, outcome: { kind: "pending" } });
      const losses = NETWORK.losses(hyperparameters).slice(0, options.objectives);
      return { configuration, hyperparameters, outcome: outcomeOf(number, losses) };
    });
    for (const observation of waiting) {
      sampler.observe(observation);
      told.push(observation);
    }
    waiting = asked;
  }
  return [...told, ...waiting.map((each) => ({ ...each, outcome: { kind: "pending" } as const }))];
}

/** The nearest multiple of 0.05, with as many digits as one writes. */
function onStep(value: number): number {
  return Number((Math.round(value * 20) / 20).toFixed(2));
}

for (const [name, create] of Object.entries(SAMPLERS)) {
  Deno.test(`${name}() proposes points of the space, never twice, though asked in parallel`, () => {
    for (const objectives of [1, 2]) {
      const observations = searchInThrees(create, optionsFor(NETWORK, 1, { objectives }));
      assert.equal(observations.length, 24);
      const texts = observations.map(({ hyperparameters }) => canonicalText(hyperparameters));
      assert.equal(new Set(texts).size, 24);
      for (const { hyperparameters } of observations) {
        for (const parameter of NETWORK.space) {
          const value = hyperparameters[parameter.name];
          assert.equal(value !== undefined, isActive(parameter, hyperparameters));
          if (value === undefined) continue;
          const u = unitOf(parameter.domain, value);
          assert.ok(u >= 0 && u <= 1);
          if (parameter.domain.kind === "values") {
            assert.ok(parameter.domain.values.includes(value));
          }
          if (parameter.name === "momentum") assert.equal(Number(value), onStep(Number(value)));
        }
      }
    }
  });

  Deno.test(`${name}() proposes the same whatever order it was told in, and asked before`, () => {
    for (const objectives of [1, 2]) {
      const options = optionsFor(NETWORK, 2, { objectives });
      const observations = searchInThrees(create, options);
      const next = parseConfigurationId(24);
      const proposals = [1, 2, 3].map((round) => {
        const sampler = create(options);
        for (const [place, index] of permutation(createRng(round), 24).entries()) {
          const observation = observations[index] ?? assert.fail();
          // First as it was when it was asked for, and what is asked meanwhile changes nothing.
          sampler.observe({ ...observation, outcome: { kind: "pending" } });
          if (place % 8 === round) sampler.propose(next);
          sampler.observe(observation);
        }
        return sampler.propose(next);
      });
      assert.ok(proposals[0] !== null);
      assert.deepEqual(proposals[1], proposals[0]);
      assert.deepEqual(proposals[2], proposals[0]);
    }
  });

  Deno.test(`${name}() proposes something else under another seed or number`, () => {
    const observations = searchInThrees(create, optionsFor(NETWORK, 3));
    const texts = [[3, 24], [4, 24], [3, 25]].map(([seed = 0, number = 0]) => {
      const sampler = create(optionsFor(NETWORK, seed));
      observations.forEach(sampler.observe);
      const proposal = sampler.propose(parseConfigurationId(number)) ?? assert.fail();
      assert.ok(["gp", "cmaes", "nsga2"].includes(proposal.note.sampler));
      assert.ok(Number(proposal.note.facts["completed"]) > 10);
      assert.equal(proposal.note.facts["pending"], 3);
      return canonicalText(proposal.hyperparameters);
    });
    assert.equal(new Set(texts).size, 3);
  });

  Deno.test(`${name}() keeps to what is allowed, and says when nothing is`, () => {
    const isAllowed = ({ x, y }: Hyperparameters): boolean => Number(x) + Number(y) < 2;
    const observations = search(create(optionsFor(BRANIN, 1, { isAllowed })), BRANIN, 20);
    assert.equal(observations.length, 20);
    assert.ok(observations.every(({ hyperparameters }) => isAllowed(hyperparameters)));
    const none = create(optionsFor(BRANIN, 1, { isAllowed: () => false }));
    assert.equal(none.propose(parseConfigurationId(0)), null);
  });

  Deno.test(`${name}() proposes all of a small space, and then null`, () => {
    const space: SearchSpace = [
      { name: "a", domain: { kind: "values", values: ["p", "q", "r"] } },
      {
        name: "b",
        domain: { kind: "int", scale: "log", min: 2, max: 5 },
        when: [{ parameter: "a", test: { kind: "in", values: ["p", "r"] } }],
      },
      { name: "c", domain: { kind: "float", scale: "linear", min: 0, max: 0.2, step: 0.1 } },
    ];
    const losses = ({ a, b, c }: Hyperparameters): readonly number[] => [
      (a === "q" ? 1 : Number(b)) + Number(c),
    ];
    const observations = search(create(optionsFor({ space }, 5)), { space, losses }, 100);
    // Two choices with four values of b, and one without it; three of c each.
    assert.equal(observations.length, 27);
    const texts = observations.map(({ hyperparameters }) => canonicalText(hyperparameters));
    assert.equal(new Set(texts).size, 27);
  });

  Deno.test(`${name}() goes on where all losses are equal, or none is finite`, () => {
    for (const loss of [7, Infinity, NaN]) {
      const flat = { ...NETWORK, losses: () => [loss] };
      assert.equal(search(create(optionsFor(NETWORK, 1)), flat, 14).length, 14);
    }
  });

  Deno.test(`${name}() has one proposal for a space of one point`, () => {
    const space: SearchSpace = [{ name: "a", domain: { kind: "values", values: [1] } }];
    assert.equal(
      search(create(optionsFor({ space }, 0)), { space, losses: () => [1] }, 9).length,
      1,
    );
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

Deno.test("createGpSampler() comes close to Branin's and Hartmann's minima in few trials", () => {
  const bests = (problem: typeof BRANIN, configurations: number): readonly number[] =>
    [0, 1, 2].map((seed) =>
      bestOf(search(createGpSampler(optionsFor(problem, seed)), problem, configurations))
    );
  // Random search has medians of 1.1 and −1.8 after 50.
  const branin = median(bests(BRANIN, 40));
  assert.ok(branin < 0.42, `${branin}`);
  const hartmann = median(bests(HARTMANN6, 40));
  assert.ok(hartmann < -3, `${hartmann}`);
});

Deno.test("createCmaesSampler() goes down a narrow valley that lies askew", () => {
  const bests = [0, 1, 2].map((seed) =>
    bestOf(search(createCmaesSampler(optionsFor(ELLIPSOID, seed)), ELLIPSOID, 1_200))
  );
  assert.ok(median(bests) < 1e-9, `${bests}`);
  const branin = [0, 1, 2, 3, 4].map((seed) =>
    bestOf(search(createCmaesSampler(optionsFor(BRANIN, seed)), BRANIN, 200))
  );
  assert.ok(median(branin) < 0.4, `${branin}`);
});

Deno.test("createNsga2Sampler() comes ever closer to ZDT1's front, and random points do not", () => {
  const reference = [1.1, 8];
  for (const seed of [0, 1, 2]) {
    const sampler = createNsga2Sampler({
      ...optionsFor(ZDT1, seed, { objectives: 2 }),
      population: 20,
    });
    const found = search(sampler, ZDT1, 400).map(({ hyperparameters }) =>
      ZDT1.losses(hyperparameters)
    );
    const volumes = [100, 200, 400].map((n) => hypervolume(found.slice(0, n), reference));
    assert.ok(volumes[0]! < volumes[1]! && volumes[1]! < volumes[2]!, `${volumes}`);
    const rng = createRng(seed);
    const random = Array.from(
      { length: 400 },
      () => ZDT1.losses(Object.fromEntries(ZDT1.space.map(({ name }) => [name, rng.uniform()]))),
    );
    const luck = hypervolume(random, reference);
    // The front itself has 8.133 + 0.333 of the reference's 8.8.
    assert.ok(volumes[2]! > luck + 0.7, `${volumes[2]} against ${luck}`);
  }
});

Deno.test("createGpSampler() spreads over ZDT1's front where there are two losses", () => {
  const sampler = createGpSampler(optionsFor(ZDT1, 1, { objectives: 2 }));
  const found = search(sampler, ZDT1, 40).map(({ hyperparameters }) =>
    ZDT1.losses(hyperparameters)
  );
  const volume = hypervolume(found, [1.1, 8]);
  assert.ok(volume > 7.5, `${volume}`);
});

Deno.test("createCmaesSampler() draws by what is complete while an earlier generation is not", () => {
  const options = optionsFor(ELLIPSOID, 6);
  const observations = search(createCmaesSampler(options), ELLIPSOID, 40);
  const learnedOf = (told: readonly Observation[]): unknown => {
    const sampler = createCmaesSampler(options);
    told.forEach(sampler.observe);
    return sampler.propose(parseConfigurationId(40))?.note.facts["learned"];
  };
  // λ is 8: the second of five generations lacks an outcome.
  assert.equal(learnedOf(observations), 5);
  assert.equal(learnedOf(observations.toSpliced(9, 1)), 4);
  assert.equal(learnedOf([]), 0);
});

Deno.test("createCmaesSampler() leaves a value though its distribution is narrower than a step", () => {
  const space: SearchSpace = [
    { name: "x0", domain: { kind: "float", scale: "linear", min: 0, max: 1 } },
    { name: "n", domain: { kind: "int", scale: "linear", min: 1, max: 10 } },
  ];
  // One value of n is best, and it says so only next to it.
  const losses = ({ x0, n }: Hyperparameters): readonly number[] => [
    (Number(x0) - 0.7) ** 2 + (n === 8 ? 0 : n === 7 ? 0.5 : 1),
  ];
  const sampler = createCmaesSampler(optionsFor({ space }, 1));
  const last = search(sampler, { space, losses }, 200).slice(-40);
  const counts = new Set(last.map(({ hyperparameters }) => hyperparameters["n"]));
  assert.ok(counts.has(8) && counts.size > 1, `${[...counts]}`);
});

Deno.test("createCmaesSampler() and createNsga2Sampler() refuse populations that are too small", () => {
  assert.throws(
    () => createCmaesSampler({ ...optionsFor(BRANIN, 0), population: 3 }),
    /population is 3; it must be >= 4/,
  );
  assert.throws(
    () => createNsga2Sampler({ ...optionsFor(BRANIN, 0), population: 1.5 }),
    /population is 1.5; it must be >= 2/,
  );
});

Deno.test("populationFor() leaves room for six generations", () => {
  assert.deepEqual([null, 10, 60, 120, 3_000].map(populationFor), [50, 8, 10, 20, 50]);
});

Deno.test("createQuasiRandom() covers the square more evenly than chance does", () => {
  const rounded = [1, 2].map((dimension) => goldenRatio(dimension).toFixed(12));
  // The golden ratio and the plastic number.
  assert.deepEqual(rounded, ["1.618033988750", "1.324717957245"]);
  const spread = createQuasiRandom(2, createRng(1));
  const cells = new Set<number>();
  for (let n = 0; n < 64; n++) {
    const [x = 0, y = 0] = spread(n);
    cells.add(8 * Math.floor(8 * x) + Math.floor(8 * y));
  }
  // Chance leaves 37 % of the cells empty: it fills 40 of 64.
  assert.ok(cells.size >= 46, `${cells.size}`);
});
