import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalText, type Hyperparameters } from "../../../core/domain/hyperparameters.ts";
import { parseConfigurationId } from "../../../core/domain/ids.ts";
import type { Observation, ObservedOutcome } from "../../../core/domain/observation.ts";
import { createRng } from "../../../core/domain/rng.ts";
import { isActive, type SearchSpace } from "../../../core/domain/search_space.ts";
import { valueAt } from "../../../core/domain/space_codec.ts";
import {
  BRANIN,
  MIXED,
  type OptimisationFunction,
} from "../../../tests/support/optimisation_functions.ts";
import type { AdaptiveSampler, SamplerOptions } from "../adaptive_sampler.ts";
import { createTpeSampler } from "./tpe_sampler.ts";

const SPACE: SearchSpace = [
  { name: "lr", domain: { kind: "float", scale: "log", min: 1e-5, max: 1e-1 } },
  { name: "decay", domain: { kind: "normal", scale: "log", mean: -5, sd: 2 } },
  { name: "dropout", domain: { kind: "float", scale: "linear", min: 0, max: 0.5, step: 0.1 } },
  {
    name: "optimizer",
    domain: { kind: "values", values: ["sgd", "adam"], probabilities: [0.3, 0.7] },
  },
  {
    name: "momentum",
    domain: { kind: "float", scale: "linear", min: 0, max: 1 },
    when: [{ parameter: "optimizer", test: { kind: "in", values: ["sgd"] } }],
  },
  { name: "depth", domain: { kind: "int", scale: "linear", min: 1, max: 6 } },
  { name: "width", domain: { kind: "int", scale: "log", min: 16, max: 512 } },
];
const FINITE: SearchSpace = [
  { name: "depth", domain: { kind: "int", scale: "linear", min: 1, max: 4 } },
  {
    name: "width",
    domain: { kind: "float", scale: "linear", min: 0.1, max: 0.5, step: 0.1 },
    when: [{ parameter: "depth", test: { kind: "range", min: 3, max: null } }],
  },
];

function optionsOf(space: SearchSpace, others: Partial<SamplerOptions> = {}): SamplerOptions {
  return { space, isAllowed: () => true, seed: 1, objectives: 1, ...others };
}

/** A point drawn at random from the space, under a name. */
function pointOf(space: SearchSpace, name: number): Hyperparameters {
  const rng = createRng(9, "point", name);
  const point: Record<string, number | string | boolean> = {};
  for (const parameter of space) {
    if (isActive(parameter, point)) {
      point[parameter.name] = valueAt(parameter.domain, rng.uniform());
    }
  }
  return point;
}

const losses = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 9 }) }, fc.constant(Infinity)),
  { minLength: 2, maxLength: 2 },
);
const outcomes: fc.Arbitrary<ObservedOutcome> = fc.oneof(
  fc.record({ kind: fc.constant("completed" as const), losses }),
  fc.record({
    kind: fc.constant("stopped" as const),
    losses,
    epoch: fc.integer({ min: 1, max: 3 }),
  }),
  fc.constant({ kind: "pending" as const }),
  fc.constant({ kind: "failed" as const }),
);

function observationsOf(told: readonly ObservedOutcome[]): readonly Observation[] {
  return told.map((outcome, n) => ({
    configuration: parseConfigurationId(n),
    hyperparameters: pointOf(SPACE, n),
    outcome,
  }));
}

Deno.test("createTpeSampler() proposes the same in whatever order, and how often, it was told", () => {
  const told = fc.array(outcomes, { minLength: 1, maxLength: 90 });
  const orders = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: 90,
    maxLength: 90,
  });
  fc.assert(
    fc.property(told, orders, fc.constantFrom(1, 2), (told, order, objectives) => {
      const settings = { ...optionsOf(SPACE, { objectives }), kernels: 20 };
      const observations = observationsOf(
        told.map((outcome) =>
          "losses" in outcome
            ? { ...outcome, losses: outcome.losses.slice(0, objectives) }
            : outcome
        ),
      );
      const next = parseConfigurationId(told.length);
      const plain = createTpeSampler(settings);
      for (const observation of observations) plain.observe(observation);
      const messy = createTpeSampler(settings);
      const shuffled = observations.map((_, i) => i)
        .sort((a, b) => (order[a] ?? 0) - (order[b] ?? 0));
      for (const i of shuffled) {
        const observation = observations[i] ?? assert.fail();
        // What was known before must leave no trace.
        messy.observe({ ...observation, outcome: { kind: "pending" } });
        if (i % 7 === 0) messy.propose(next);
        messy.observe({ ...observation, outcome: { kind: "stopped", losses: [i, -i], epoch: 2 } });
        messy.observe(observation);
        if (i % 5 === 0) messy.observe(observation);
      }
      const proposal = plain.propose(next);
      assert.deepEqual(messy.propose(next), proposal);
      assert.deepEqual(plain.propose(next), proposal);
    }),
    { numRuns: 60 },
  );
});

Deno.test("createTpeSampler() proposes allowed points that were not observed, with what is active", () => {
  const isAllowed = ({ depth, dropout }: Hyperparameters): boolean =>
    Number(depth) * Number(dropout) < 0.7;
  const sampler = createTpeSampler(optionsOf(SPACE, { isAllowed }));
  const texts = new Set<string>();
  for (let n = 0; n < 60; n++) {
    const configuration = parseConfigurationId(n);
    const { hyperparameters } = sampler.propose(configuration) ?? assert.fail();
    assert.ok(isAllowed(hyperparameters));
    assert.ok(!texts.has(canonicalText(hyperparameters)));
    texts.add(canonicalText(hyperparameters));
    for (const parameter of SPACE) {
      const isThere = Object.hasOwn(hyperparameters, parameter.name);
      assert.equal(isThere, isActive(parameter, hyperparameters));
    }
    const losses = [Math.abs(Math.log(Number(hyperparameters["lr"])) + 6)];
    sampler.observe({ configuration, hyperparameters, outcome: { kind: "completed", losses } });
  }
});

Deno.test("createTpeSampler() proposes every point of a finite space once, and then null", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const sampler = createTpeSampler(optionsOf(FINITE, { seed }));
      const texts = new Set<string>();
      for (let n = 0; n < 12; n++) {
        const configuration = parseConfigurationId(n);
        const { hyperparameters } = sampler.propose(configuration) ?? assert.fail();
        texts.add(canonicalText(hyperparameters));
        const outcome = { kind: "completed", losses: [n % 5] } as const;
        sampler.observe({ configuration, hyperparameters, outcome });
      }
      // Two depths without a width, two with five each.
      assert.equal(texts.size, 12);
      assert.equal(sampler.propose(parseConfigurationId(12)), null);
    }),
    { numRuns: 20 },
  );
});

Deno.test("createTpeSampler() finds the one point of a large space that is left", () => {
  const space: SearchSpace = [
    { name: "a", domain: { kind: "int", scale: "log", min: 3, max: 500 } },
    { name: "b", domain: { kind: "int", scale: "linear", min: 0, max: 200, step: 4 } },
  ];
  const isAllowed = ({ a, b }: Hyperparameters): boolean => a === 417 && b === 44;
  const sampler = createTpeSampler(optionsOf(space, { isAllowed }));
  const { hyperparameters } = sampler.propose(parseConfigurationId(0)) ?? assert.fail();
  assert.deepEqual(hyperparameters, { a: 417, b: 44 });
});

Deno.test("createTpeSampler() says what it rested on", () => {
  const sampler = createTpeSampler(optionsOf(SPACE));
  const told: readonly ObservedOutcome[] = [
    ...Array.from({ length: 9 }, (_, n) => ({ kind: "completed" as const, losses: [n] })),
    { kind: "pending" },
    { kind: "failed" },
  ];
  for (const observation of observationsOf(told)) sampler.observe(observation);
  const early = sampler.propose(parseConfigurationId(11));
  const counts = { completed: 9, stopped: 0, pending: 1 };
  assert.deepEqual(early?.note, { sampler: "tpe", facts: { ...counts, startup: "yes" } });
  const stopped = { kind: "stopped", losses: [1], epoch: 3 } as const;
  const configuration = parseConfigurationId(12);
  sampler.observe({ configuration, hyperparameters: pointOf(SPACE, 12), outcome: stopped });
  const { facts } = sampler.propose(parseConfigurationId(13))?.note ?? assert.fail();
  const { acquisition, ...others } = facts;
  assert.deepEqual(others, { ...counts, stopped: 1, startup: "no", below: 2 });
  assert.ok(Number.isFinite(acquisition));
});

Deno.test("createTpeSampler() goes on evenly where everything diverges", () => {
  const sampler = createTpeSampler(optionsOf(SPACE));
  const diverged: ObservedOutcome = { kind: "completed", losses: [Infinity] };
  for (const observation of observationsOf(new Array(30).fill(diverged))) {
    sampler.observe(observation);
  }
  const proposal = sampler.propose(parseConfigurationId(30));
  assert.equal(proposal?.note.facts["startup"], "yes");
});

/** How far from 0.5 the proposals are on average after 40 trials with these outcomes. */
function meanDistance(outcomeOf: (x: number) => ObservedOutcome): number {
  const space: SearchSpace = [
    { name: "x", domain: { kind: "float", scale: "linear", min: 0, max: 1 } },
  ];
  const sampler = createTpeSampler(optionsOf(space));
  for (let n = 0; n < 40; n++) {
    const x = (n + 0.5) / 40;
    const configuration = parseConfigurationId(n);
    sampler.observe({ configuration, hyperparameters: { x }, outcome: outcomeOf(x) });
  }
  let sum = 0;
  for (let n = 0; n < 20; n++) {
    const proposal = sampler.propose(parseConfigurationId(40 + n));
    sum += Math.abs(Number(proposal?.hyperparameters["x"]) - 0.5);
  }
  return sum / 20;
}

Deno.test("createTpeSampler() learns from stopped trials, the deeper the better", () => {
  const near = (x: number): number => Math.abs(x - 0.5);
  const byDepth = meanDistance((x) => ({
    kind: "stopped",
    // Shallow losses look better here, as they may where a task gets harder.
    losses: [near(x) < 0.1 ? 2 : 1],
    epoch: near(x) < 0.1 ? 9 : 1,
  }));
  assert.ok(byDepth < 0.1, `${byDepth}`);
});

Deno.test("createTpeSampler() keeps away from what is on its way, and from what failed", () => {
  const space: SearchSpace = [
    { name: "x", domain: { kind: "float", scale: "linear", min: 0, max: 1 } },
  ];
  const proposed = (more: number, kind: "pending" | "failed"): number => {
    const sampler = createTpeSampler(optionsOf(space));
    const tell = (n: number, x: number, outcome: ObservedOutcome): void =>
      sampler.observe({ configuration: parseConfigurationId(n), hyperparameters: { x }, outcome });
    for (let n = 0; n < 20; n++) tell(n, n / 20, { kind: "completed", losses: [Math.abs(n - 10)] });
    for (let n = 20; n < 20 + more; n++) tell(n, 0.5 + n * 1e-4, { kind });
    let distance = 0;
    for (let n = 50; n < 70; n++) {
      const x = Number(sampler.propose(parseConfigurationId(n))?.hyperparameters["x"]);
      distance += Math.abs(x - 0.5) / 20;
    }
    return distance;
  };
  const alone = proposed(0, "pending");
  for (const kind of ["pending", "failed"] as const) {
    assert.ok(proposed(20, kind) > 1.5 * alone, `${kind}: ${proposed(20, kind)} of ${alone}`);
  }
});

/** The median of the best losses of eight searches. */
function medianBest({ space, lossOf }: OptimisationFunction, trials: number): number {
  const bests = Array.from({ length: 8 }, (_, seed) => {
    const sampler: AdaptiveSampler = createTpeSampler(optionsOf(space, { seed }));
    let best = Infinity;
    for (let n = 0; n < trials; n++) {
      const configuration = parseConfigurationId(n);
      const { hyperparameters } = sampler.propose(configuration) ?? assert.fail();
      const loss = lossOf(hyperparameters);
      best = Math.min(best, loss);
      const outcome = { kind: "completed", losses: [loss] } as const;
      sampler.observe({ configuration, hyperparameters, outcome });
    }
    return best;
  }).sort((a, b) => a - b);
  return ((bests[3] ?? NaN) + (bests[4] ?? NaN)) / 2;
}

Deno.test("createTpeSampler() comes near the minima within 100 trials", () => {
  // Random draws: 0.78 and 0.23.
  assert.ok(medianBest(BRANIN, 100) < 0.45);
  assert.ok(medianBest(MIXED, 100) < 0.03);
});

Deno.test("createTpeSampler() spreads over the front of two objectives", () => {
  const space: SearchSpace = ["x", "y"].map((name) => ({
    name,
    domain: { kind: "float" as const, scale: "linear" as const, min: 0, max: 1 },
  }));
  const sampler = createTpeSampler(optionsOf(space, { objectives: 2 }));
  const late: (readonly [x: number, y: number])[] = [];
  for (let n = 0; n < 120; n++) {
    const configuration = parseConfigurationId(n);
    const { hyperparameters } = sampler.propose(configuration) ?? assert.fail();
    const [x, y] = [Number(hyperparameters["x"]), Number(hyperparameters["y"])];
    // Its front: y = 0, all of x.
    const losses = [x + y, 1 - x + y];
    sampler.observe({ configuration, hyperparameters, outcome: { kind: "completed", losses } });
    if (n >= 80) late.push([x, y]);
  }
  const meanY = late.reduce((sum, [, y]) => sum + y, 0) / late.length;
  assert.ok(meanY < 0.2, `${meanY}`);
  const thirds = [0, 1, 2].map((third) => late.filter(([x]) => Math.floor(x * 3) === third).length);
  assert.ok(Math.min(...thirds) >= 5, `${thirds}`);
});

Deno.test("createTpeSampler() refuses settings that are no numbers of things", () => {
  assert.throws(() => createTpeSampler({ ...optionsOf(SPACE), candidates: 0 }), RangeError);
});
