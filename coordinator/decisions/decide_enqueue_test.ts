import assert from "node:assert/strict";
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { DeciderWorld } from "../../tests/support/decider_world.ts";
import { simulate } from "../../tests/support/simulated_search.ts";
import { specOf } from "../../tests/support/specs.ts";

function learning(change: Partial<SweepSpec> = {}): SweepSpec {
  return specOf({
    method: "tpe",
    runCap: 20,
    batch: 4,
    replicates: 2,
    parameters: [
      { name: "lr", domain: { kind: "float", scale: "log", min: 0.001, max: 0.3 } },
      { name: "hidden_width", domain: { kind: "int", scale: "linear", min: 4, max: 12 } },
      { name: "epochs", domain: { kind: "values", values: [3] } },
      {
        name: "momentum",
        domain: { kind: "float", scale: "linear", min: 0.5, max: 0.9 },
        when: [{ parameter: "lr", test: { kind: "range", min: null, max: 0.01 } }],
      },
    ],
    constraints: ["hidden_width <= 100"],
    ...change,
  });
}

function enqueueIn(world: DeciderWorld, hyperparameters: Hyperparameters) {
  const body = { v: 1, sweep: world.ledger.id, hyperparameters, by: "test" } as const;
  return world.ask("enqueue", body);
}

Deno.test("decideEnqueue() asks for the configuration with all its replicates, and says whose it is", () => {
  const world = new DeciderWorld({ spec: learning() });
  const before = world.ledger.trials.length;
  assert.deepEqual(enqueueIn(world, { lr: 0.5 }), { type: "accepted" });
  const added = world.ledger.trials.slice(before, before + 2);
  assert.deepEqual(added.map(({ hyperparameters }) => hyperparameters), [
    { lr: 0.5, hidden_width: 32, epochs: 3 },
    { lr: 0.5, hidden_width: 32, epochs: 3 },
  ]);
  assert.deepEqual(added.map(({ replicate }) => replicate), [0, 1]);
  assert.deepEqual(added[0]?.proposal, { sampler: "manual", facts: { by: "test" } });
  const { length } = world.entries;
  assert.deepEqual(enqueueIn(world, { lr: 0.5 }), { type: "accepted" }, "the answer was lost");
  assert.equal(world.entries.length, length);
});

Deno.test("decideEnqueue() says what is wrong with a configuration", () => {
  const world = new DeciderWorld({ spec: learning() });
  const known = world.ledger.trials[0]?.hyperparameters ?? {};
  const wrong: readonly (readonly [Hyperparameters, RegExp])[] = [
    [{ lr: 0.1, hiden_width: 3 }, /no parameter "hiden_width"; did you mean "hidden_width"\?/],
    [{ constructor: 3 }, /no parameter "constructor".*it must be one of lr, hidden_width/],
    [{ lr: -1 }, /lr is -1; it must be a number > 0/],
    [{ lr: "fast" }, /lr is "fast"; it must be a number/],
    [{ lr: 0.1, epochs: 9 }, /epochs is 9; it must be as in the sweep/],
    [{ lr: 0.1, momentum: 0.6 }, /momentum is not there unless its conditions hold/],
    [{ lr: 0.1, hidden_width: 101 }, /it must fulfil hidden_width <= 100/],
    [known, /it was asked for already, as configuration 0/],
  ];
  for (const [hyperparameters, told] of wrong) {
    const reply = enqueueIn(world, hyperparameters);
    assert.equal(reply.type, "refused");
    assert.match(reply.type === "refused" ? reply.message : "", told);
  }
});

Deno.test("decideEnqueue() counts within the run cap, and after the end there is nothing to enqueue", () => {
  const full = new DeciderWorld({ spec: learning({ method: "random" }) });
  assert.equal(full.ledger.trials.length, 20);
  const reply = enqueueIn(full, { lr: 0.1 });
  assert.match(
    reply.type === "refused" ? reply.message : "",
    /there would be 22 trials, and its run_cap is 20; random has planned them all.*of its own/,
  );
  const stop = { v: 1, sweep: full.ledger.id, action: "stop", by: "test" } as const;
  full.ask("control", stop);
  assert.match(JSON.stringify(enqueueIn(full, { lr: 0.1 })), /it is cancelled, and that is final/);
});

Deno.test("decideEnqueue() names the extension that makes room in a sweep that learns", () => {
  const world = new DeciderWorld({ spec: learning() });
  let reply = enqueueIn(world, { lr: 0.4 });
  for (let i = 0; reply.type === "accepted" && i < 20; i++) {
    reply = enqueueIn(world, { lr: 0.4 + i / 1_000 });
  }
  const told = reply.type === "refused" ? reply.message : "";
  const [, sweep, cap] = /; deno task trawl extend (\S+) --run-cap (\d+) makes room$/.exec(told) ??
    [];
  assert.equal(sweep, world.ledger.id, told);
  const spec = { ...world.ledger.spec, runCap: Number(cap) };
  world.ask("extend", { v: 1, sweep: world.ledger.id, spec, by: "test" } as never);
  assert.equal(world.ledger.spec.runCap, Number(cap));
  assert.deepEqual(enqueueIn(world, { lr: 0.5 }), { type: "accepted" });
});

Deno.test("decideEnqueue() names what makes room in a grid that is cut off", () => {
  const values = { kind: "values", values: [0.1, 0.2, 0.3] } as const;
  const parameters = [{ name: "lr", domain: values }];
  const world = new DeciderWorld({ spec: specOf({ method: "grid", runCap: 2, parameters }) });
  const reply = enqueueIn(world, { lr: 0.5 });
  assert.match(
    reply.type === "refused" ? reply.message : "",
    /; deno task trawl extend small-1 --run-cap none makes room, beside the whole grid$/,
  );
  const spec = { ...world.ledger.spec, runCap: null };
  world.ask("extend", { v: 1, sweep: world.ledger.id, spec, by: "test" } as never);
  assert.deepEqual(enqueueIn(world, { lr: 0.5 }), { type: "accepted" });
});

Deno.test("a sweep that learns goes on around configurations that were enqueued", () => {
  const spec = learning();
  const { ledger } = simulate({ spec, enqueue: [[3, { lr: 0.45 }], [9, { lr: 0.02 }]] });
  assert.equal(ledger.status, "completed");
  assert.equal(ledger.counts.completed, 20);
  const manual = ledger.trials.filter(({ proposal }) => proposal?.sampler === "manual");
  assert.equal(manual.length, 4);
  assert.equal(new Set(ledger.trials.map(({ configuration }) => configuration)).size, 10);
});

Deno.test("a grid keeps all its points beside those that were enqueued", () => {
  const spec = specOf();
  const { ledger } = simulate({ spec, enqueue: [[1, { lr: 0.7 }]] });
  assert.equal(ledger.counts.completed, 5);
});

Deno.test("decideEnqueue() takes no text for a number, though a module takes anything", () => {
  const permissions = { net: [], read: [], write: [], env: [], sys: [] };
  const task = { dataset: "module", folder: "/", path: "train.ts", permissions } as const;
  const world = new DeciderWorld({ spec: learning({ task, constraints: [] }) });
  const reply = enqueueIn(world, { lr: "fast", hidden_width: 8 });
  assert.match(reply.type === "refused" ? reply.message : "", /lr is "fast"; it must be a number/);
});
