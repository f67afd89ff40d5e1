import assert from "node:assert/strict";
import { canonicalText } from "../core/domain/hyperparameters.ts";
import type { SchedulerSpec } from "../core/domain/scheduler_spec.ts";
import type { SweepEvent } from "../core/domain/sweep_event.ts";
import type { SweepSpec } from "../core/domain/sweep_spec.ts";
import { simulate, type Simulated } from "../tests/support/simulated_search.ts";
import { specOf } from "../tests/support/specs.ts";

const ASHA: SchedulerSpec = { type: "asha", variant: "promotion", minEpochs: 1, eta: 3 };

/** A learning sweep of trials with nine epochs. */
function learning(change: Partial<SweepSpec> = {}): SweepSpec {
  return specOf({
    method: "tpe",
    runCap: 40,
    batch: 4,
    parameters: [
      { name: "lr", domain: { kind: "float", scale: "log", min: 0.0005, max: 0.6 } },
      { name: "hidden_width", domain: { kind: "int", scale: "linear", min: 4, max: 12 } },
      { name: "epochs", domain: { kind: "values", values: [9] } },
    ],
    ...change,
  });
}

/** What was decided, without who trained it. */
function proposals({ entries }: Simulated): readonly string[] {
  return entries.flat().flatMap((event) =>
    event.type === "trialsQueued"
      ? event.trials.map(({ hyperparameters, proposal }) =>
        canonicalText(hyperparameters) + JSON.stringify(proposal)
      )
      : []
  );
}

const typesOf = ({ entries }: Simulated): ReadonlySet<SweepEvent["type"]> =>
  new Set(entries.flat().map(({ type }) => type));

Deno.test("a sweep that learns proposes the same for any number of workers", () => {
  const alone = simulate({ spec: learning(), slots: 1 });
  assert.equal(alone.ledger.counts.completed, 40);
  for (const slots of [2, 5]) {
    const many = simulate({ spec: learning(), slots, seed: 1 });
    assert.deepEqual(proposals(many), proposals(alone));
  }
  const dying = simulate({ spec: learning({ maxAttempts: 50 }), slots: 3, deaths: 0.05 });
  assert.deepEqual(proposals(dying), proposals(alone));
  const notes = alone.ledger.trials.map(({ proposal }) => proposal);
  assert.ok(notes.every((note) => note !== undefined));
});

Deno.test("a wave is asked for while the one before it trains, and no sooner", () => {
  const { entries } = simulate({ spec: learning({ maxLanes: 4, runCap: 16 }), slots: 2 });
  let asked = 0;
  const done = new Set<number>();
  for (const event of entries.flat()) {
    if (event.type === "trialsQueued") {
      assert.equal(event.trials.length, 4);
      for (let trial = 0; trial < asked - 4; trial++) assert.ok(done.has(trial), "too early");
      // As soon as that holds: of the last two waves one has not ended.
      if (asked === 4) assert.equal(done.size, 0);
      asked += event.trials.length;
    }
    if (event.type === "trialCompleted") done.add(event.trial);
  }
  assert.equal(asked, 16);
});

Deno.test("a coordinator that is killed after any entry of a TPE + ASHA sweep goes on to the same decisions", () => {
  const spec = learning({ scheduler: ASHA, maxLanes: 3, runCap: 24, maxAttempts: 50 });
  const options = { spec, slots: 3, deaths: 0.02 };
  const whole = simulate(options);
  assert.equal(whole.ledger.status, "completed");
  assert.ok(whole.ledger.counts.completed > 0 && whole.ledger.counts.pruned > 0);
  assert.equal(whole.ledger.counts.completed + whole.ledger.counts.pruned, 24);
  for (let cut = 1; cut < whole.entries.length; cut++) {
    assert.deepEqual(simulate({ ...options, killAfter: [cut] }).entries, whole.entries);
  }
  const often = Array.from({ length: whole.entries.length }, (_, i) => i).filter((i) =>
    i % 3 === 1
  );
  assert.deepEqual(simulate({ ...options, killAfter: often }).entries, whole.entries);
  for (const type of ["trialPaused", "trialPromoted", "trialPruned", "packReleased"] as const) {
    assert.ok(typesOf(whole).has(type), type);
  }
});

const SCHEDULERS: readonly SchedulerSpec[] = [
  ASHA,
  { ...ASHA, variant: "stopping" },
  { type: "hyperband", minEpochs: 1, eta: 3 },
  { type: "median", minEpochs: 2, minTrials: 3, interval: 1 },
  { type: "pbt", interval: 3, quantile: 0.25, resample: 0.25, factors: [0.8, 1.2] },
  { type: "patience", patience: 2, minDelta: 0.05, minEpochs: 2 },
];

for (const scheduler of SCHEDULERS) {
  const variant = scheduler.type === "asha" ? ` (${scheduler.variant})` : "";
  for (const method of ["random", "tpe"] as const) {
    Deno.test(`a ${method} sweep with ${scheduler.type}${variant} comes to its end, killed or not`, () => {
      const spec = learning({ method, scheduler, maxLanes: 4, runCap: 20, maxAttempts: 50 });
      const options = { spec, slots: 2, deaths: 0.02 };
      const whole = simulate(options);
      const { status, counts } = whole.ledger;
      assert.equal(status, "completed");
      assert.equal(counts.asked, 20);
      assert.equal(counts.completed + counts.pruned, 20);
      assert.ok(counts.completed > 0);
      const kills = Array.from({ length: whole.entries.length }, (_, i) => i).filter((i) =>
        i % 5 === 2
      );
      assert.deepEqual(simulate({ ...options, killAfter: kills }).entries, whole.entries);
    });
  }
}

for (const method of ["gp", "cmaes", "nsga2"] as const) {
  Deno.test(`a ${method} sweep asks wave by wave, the same for any number of workers, killed or not`, () => {
    const spec = learning({ method, runCap: 24 });
    const alone = simulate({ spec, slots: 1 });
    assert.equal(alone.ledger.counts.completed, 24);
    const many = simulate({ spec, slots: 4, killAfter: [3, 40, 41, 120] });
    assert.deepEqual(proposals(many), proposals(alone));
    assert.ok(alone.ledger.trials.every(({ proposal }) => proposal?.sampler === method));
  });
}

Deno.test("replicates are placed, judged and told to the sampler together", () => {
  const spec = learning({ scheduler: ASHA, replicates: 2, maxLanes: 4, runCap: 32 });
  const whole = simulate({ spec, slots: 2 });
  const { counts, trials } = whole.ledger;
  assert.equal(counts.completed + counts.pruned, 32);
  assert.equal(new Set(trials.map(({ configuration }) => configuration)).size, 16);
});

Deno.test("a learning sweep of a finite space stops when the space is exhausted", () => {
  const values = [0.01, 0.05, 0.1];
  const spec = learning({
    runCap: 100,
    parameters: [
      { name: "lr", domain: { kind: "values", values } },
      { name: "hidden_width", domain: { kind: "values", values: [4, 8] } },
      { name: "epochs", domain: { kind: "values", values: [2] } },
    ],
  });
  const { ledger } = simulate({ spec });
  assert.equal(ledger.status, "completed");
  assert.equal(ledger.counts.completed, 6);
  assert.equal(new Set(ledger.trials.map((one) => canonicalText(one.hyperparameters))).size, 6);
});

Deno.test("a learning sweep that is extended on its way asks for what a larger one would have", () => {
  const small = learning({ runCap: 18 });
  const large = learning({ runCap: 30 });
  const whole = simulate({ spec: large });
  for (const step of [1, 60, 130]) {
    const extended = simulate({ spec: small, extend: [[step, large]], killAfter: [70] });
    assert.equal(extended.ledger.counts.completed, 30);
    assert.deepEqual(proposals(extended), proposals(whole));
  }
  const asha = learning({ scheduler: ASHA, runCap: 12, maxLanes: 4 });
  const more = simulate({ spec: asha, extend: [[20, { ...asha, runCap: 27 }]] });
  assert.equal(more.ledger.counts.completed + more.ledger.counts.pruned, 27);
});
