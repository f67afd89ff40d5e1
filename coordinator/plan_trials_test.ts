import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalText, type ParameterValue } from "../core/domain/hyperparameters.ts";
import { parseTrialId } from "../core/domain/ids.ts";
import type { ParameterDomain } from "../core/domain/search_space.ts";
import type { NewTrial, SweepEvent } from "../core/domain/sweep_event.ts";
import { extensionProblem } from "../core/domain/sweep_extension.ts";
import { SweepLedger } from "../core/domain/sweep_ledger.ts";
import type { SweepSpec } from "../core/domain/sweep_spec.ts";
import { epoch } from "../core/domain/units.ts";
import { specOf, sweepCreated } from "../tests/support/specs.ts";
import { plannedTrials, planTrials } from "./plan_trials.ts";

/** Plans to the end, and returns what was asked for. */
function plan(ledger: SweepLedger, chunk = 500): readonly SweepEvent[] {
  const planned: SweepEvent[] = [];
  for (const events of planTrials(ledger, { chunk })) {
    events.forEach((event) => ledger.apply(event));
    planned.push(...events);
  }
  return planned;
}

function valuesOf(name: string, count: number): SweepSpec["parameters"][number] {
  const values = Array.from({ length: count }, (_, i) => (i + 1) / 1000);
  return { name, domain: { kind: "values", values } };
}

Deno.test("planTrials() asks for configurations × replicates, in chunks, and then for nothing", () => {
  const spec = specOf({ replicates: 4, parameters: [valuesOf("lr", 300)] });
  const ledger = new SweepLedger(sweepCreated(spec));
  assert.equal(plan(ledger).length, 3);
  assert.equal(plan(ledger).length, 0);
  assert.equal(ledger.counts.asked, 1200);
  assert.equal(ledger.trials[1199]?.replicate, 3);
  assert.equal(ledger.trials[1199]?.configuration, 299);
  assert.equal(ledger.trials[1199]?.hyperparameters["lr"], 0.3);
});

Deno.test("plannedTrials() never exceeds the run cap, and needs one where nothing else ends", () => {
  assert.equal(plannedTrials(specOf({ runCap: 3 })), 3);
  assert.equal(plannedTrials(specOf({ runCap: 300 })), 4);
  assert.equal(plannedTrials(specOf({ method: "random" })), 4);
  const domain: ParameterDomain = { kind: "float", scale: "log", min: 0.01, max: 0.1 };
  const endless = specOf({ method: "random", parameters: [{ name: "lr", domain }] });
  assert.throws(() => plannedTrials(endless), /must have a run_cap/);
});

Deno.test("planTrials() counts and asks for what conditions and constraints leave of a space", () => {
  const parameters: SweepSpec["parameters"] = [
    { name: "optimizer", domain: { kind: "values", values: ["sgd", "adam"] } },
    {
      name: "momentum",
      domain: { kind: "float", scale: "linear", min: 0.5, max: 0.9, step: 0.1 },
      when: [{ parameter: "optimizer", test: { kind: "in", values: ["adam"] } }],
    },
    { name: "depth", domain: { kind: "int", scale: "linear", min: 1, max: 3 } },
  ];
  const constraints = ["momentum < 0.75 or depth == 1"];
  for (const method of ["grid", "random", "sobol"] as const) {
    const spec = specOf({ method, parameters, constraints, runCap: 100, replicates: 2 });
    // sgd: 3 depths; adam: 3 momenta with 3 depths, 2 with one.
    assert.equal(plannedTrials(spec), 2 * (3 + 9 + 2));
    const ledger = new SweepLedger(sweepCreated(spec));
    plan(ledger);
    assert.equal(ledger.counts.asked, 28);
    const texts = ledger.trials.map(({ hyperparameters }) => canonicalText(hyperparameters));
    assert.equal(new Set(texts).size, 14);
  }
});

Deno.test("planTrials() of a random sweep ends when its finite space is exhausted", () => {
  const ledger = new SweepLedger(sweepCreated(specOf({ method: "random", runCap: 50 })));
  plan(ledger);
  assert.equal(ledger.counts.asked, 4);
});

Deno.test("planTrials() after a larger run cap asks for what a sweep of that size would have", () => {
  const domain: ParameterDomain = { kind: "float", scale: "log", min: 0.01, max: 0.1 };
  const parameters = [{ name: "lr", domain }];
  const small = specOf({ method: "random", parameters, runCap: 7, replicates: 2 });
  const large = { ...small, runCap: 20 };
  const extended = new SweepLedger(sweepCreated(small));
  plan(extended);
  extended.apply({ type: "sweepExtended", spec: large, by: "test" });
  plan(extended);
  const whole = new SweepLedger(sweepCreated(large));
  plan(whole);
  assert.deepEqual(extended.trials, whole.trials);
});

Deno.test("planTrials() goes by what was asked for, whatever trials have taken over since", () => {
  const small = specOf({ method: "random", runCap: 3 });
  const ledgerOf = () => {
    const ledger = new SweepLedger(sweepCreated(small));
    plan(ledger);
    return ledger;
  };
  const before = ledgerOf();
  const snapshot = before.snapshot();
  const paused = { status: "paused", epoch: epoch(1) } as const;
  const trials = snapshot.trials.map((trial) => ({ ...trial, state: paused }));
  const bred = SweepLedger.restore({ ...snapshot, trials });
  // Twice: what it had taken over the first time was not asked for either.
  for (const hyperparameters of [{ lr: 0.3 }, bred.trial(parseTrialId(0)).hyperparameters]) {
    bred.apply({
      type: "trialExploited",
      trial: parseTrialId(1),
      donor: parseTrialId(0),
      checkpoint: { epoch: epoch(1), artifact: "a", lane: parseTrialId(0) },
      hyperparameters,
      message: "",
    });
  }
  for (const ledger of [before, bred]) {
    const spec = { ...small, runCap: 9, replicates: 2 };
    ledger.apply({ type: "sweepExtended", spec, by: "test" });
  }
  assert.deepEqual(plan(bred), plan(before));
  assert.equal(bred.counts.asked, 8);
});

Deno.test("planTrials() of a random race begins with half of the run cap, also after an extension", () => {
  const domain: ParameterDomain = { kind: "float", scale: "log", min: 0.01, max: 0.1 };
  const racing = { replicates: 3, racing: { max: 20 } };
  const spec = specOf({
    method: "random",
    parameters: [{ name: "lr", domain }],
    runCap: 40,
    ...racing,
  });
  const ledger = new SweepLedger(sweepCreated(spec));
  plan(ledger);
  assert.equal(ledger.counts.asked, 18);
  assert.equal(plannedTrials(spec), 18);
  ledger.apply({ type: "sweepExtended", spec: { ...spec, runCap: 80 }, by: "test" });
  plan(ledger);
  assert.equal(ledger.counts.asked, 39);
  const grid = specOf({ runCap: 11, ...racing });
  assert.equal(plannedTrials(grid), 11);
  const small = new SweepLedger(sweepCreated(grid));
  plan(small);
  assert.equal(small.counts.asked, 11);
});

Deno.test("planTrials() passes over 10,000 trials that were asked for, and asks for as many new ones", () => {
  const half = specOf({ parameters: [valuesOf("lr", 100), valuesOf("weight_decay", 100)] });
  const ledger = new SweepLedger(sweepCreated(half));
  plan(ledger);
  const parameters = [valuesOf("lr", 200), valuesOf("weight_decay", 100)];
  ledger.apply({ type: "sweepExtended", spec: { ...half, parameters }, by: "test" });
  assert.equal(plan(ledger).length, 20);
  const texts = new Set(ledger.trials.map((trial) => canonicalText(trial.hyperparameters)));
  assert.equal(texts.size, 20_000);
});

/** How much of everything there is; extensions let these numbers grow. */
interface Size {
  readonly widths: number;
  readonly rates: number;
  readonly depth: number;
  readonly replicates: number;
  readonly runCap: number;
}

const GROWTH: fc.Arbitrary<Size> = fc.record({
  widths: fc.nat(2),
  rates: fc.nat(2),
  depth: fc.nat(2),
  replicates: fc.nat(2),
  runCap: fc.nat(12),
});

function specsOf(method: SweepSpec["method"], growths: readonly Size[]): readonly SweepSpec[] {
  const total = { widths: 1, rates: 1, depth: 1, replicates: 1, runCap: 1 };
  return growths.map((growth) => {
    total.widths += growth.widths;
    total.rates += growth.rates;
    total.depth += growth.depth;
    total.replicates += growth.replicates;
    total.runCap += growth.runCap;
    // New values come first, in the middle of the grid: their place must not matter.
    const values = (count: number, of: (i: number) => ParameterValue): ParameterDomain => ({
      kind: "values",
      values: Array.from({ length: count }, (_, i) => of(i)).reverse(),
    });
    return specOf({
      method,
      replicates: total.replicates,
      runCap: total.runCap,
      parameters: [
        { name: "lr", domain: values(total.rates, (i) => (i + 1) / 10) },
        { name: "hidden_width", domain: values(total.widths, (i) => i + 1) },
        { name: "depth", domain: { kind: "int", scale: "linear", min: 1, max: total.depth + 1 } },
      ],
    });
  });
}

/** The events of a sweep that is extended again and again, without an interruption. */
function wholeStory(specs: readonly SweepSpec[], chunk: number): readonly SweepEvent[] {
  const [first] = specs;
  assert.ok(first !== undefined);
  const created = sweepCreated(first);
  const ledger = new SweepLedger(created);
  const story: SweepEvent[] = [created, ...plan(ledger, chunk)];
  for (const spec of specs.slice(1)) {
    assert.equal(extensionProblem(ledger.spec, spec), null);
    const extended = { type: "sweepExtended", spec, by: "test" } as const;
    ledger.apply(extended);
    story.push(extended, ...plan(ledger, chunk));
  }
  return story;
}

function trialsOf(story: readonly SweepEvent[]): readonly NewTrial[] {
  return story.flatMap((event) => event.type === "trialsQueued" ? event.trials : []);
}

const STORIES = {
  method: fc.constantFrom<SweepSpec["method"]>("grid", "random"),
  growths: fc.array(GROWTH, { minLength: 1, maxLength: 5 }),
  chunk: fc.integer({ min: 1, max: 7 }),
};

Deno.test("planTrials() asks for nothing twice and for all there is, however a sweep is extended", () => {
  fc.assert(fc.property(fc.record(STORIES), ({ method, growths, chunk }) => {
    const specs = specsOf(method, growths);
    const trials = trialsOf(wholeStory(specs, chunk));
    const last = specs.at(-1) ?? assert.fail();
    assert.deepEqual(trials.map(({ trial }) => trial), [...trials.keys()]);
    // The cap counts what was asked for when it was smaller, so it can leave no room but never over-run.
    assert.equal(trials.length, plannedTrials(last));
    const names = trials.map(({ hyperparameters, replicate }) =>
      `${canonicalText(hyperparameters)} ${replicate}`
    );
    assert.equal(new Set(names).size, trials.length);
    const byId = Map.groupBy(trials, ({ configuration }) => configuration);
    assert.deepEqual([...byId.keys()].toSorted((a, b) => a - b), [...byId.keys()]);
    assert.equal(byId.size, new Set(trials.map((t) => canonicalText(t.hyperparameters))).size);
    for (const replicates of byId.values()) {
      assert.equal(new Set(replicates.map((t) => canonicalText(t.hyperparameters))).size, 1);
      assert.deepEqual(replicates.map(({ replicate }) => replicate), [...replicates.keys()]);
      assert.ok(replicates.length <= last.replicates);
    }
  }));
});

Deno.test("planTrials() goes on exactly, wherever the journal of an extended sweep is cut", () => {
  fc.assert(
    fc.property(fc.record({ ...STORIES, at: fc.nat() }), ({ method, growths, chunk, at }) => {
      const story = wholeStory(specsOf(method, growths), chunk);
      const cut = 1 + at % story.length;
      const [created, ...rest] = story;
      assert.ok(created?.type === "sweepCreated");
      const ledger = new SweepLedger(created);
      for (const event of rest.slice(0, cut - 1)) ledger.apply(event);
      // A new coordinator plans from the ledger alone; the next extension comes when it has done so.
      const replayed: SweepEvent[] = [...plan(ledger, chunk)];
      const isLater = story.slice(cut).findIndex(({ type }) => type === "sweepExtended");
      for (const event of isLater < 0 ? [] : story.slice(cut + isLater)) {
        if (event.type !== "sweepExtended") continue;
        ledger.apply(event);
        replayed.push(...plan(ledger, chunk));
      }
      const expected = trialsOf(story.slice(cut));
      assert.deepEqual(trialsOf(replayed), expected);
    }),
  );
});
