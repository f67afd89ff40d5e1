import assert from "node:assert/strict";
import type { SchedulerSpec } from "../../core/domain/scheduler_spec.ts";
import { choice, float, int, when } from "./parameters.ts";
import { optimize, TrialInterrupted } from "./optimize.ts";

const SQUARE = { x: float(-5, 5), y: float(-5, 5) };

function square({ x, y }: { readonly x: number; readonly y: number }): number {
  return (x - 1) ** 2 + (y + 2) ** 2;
}

Deno.test("optimize() comes close to the minimum of a function", async () => {
  const { best, trials, end } = await optimize({
    parameters: SQUARE,
    objective: square,
    trials: 80,
    seed: 3,
  });
  assert.equal(trials.length, 80);
  assert.equal(end, "finished");
  assert.ok(best !== null && (best.values[0] ?? 99) < 0.2, `${best?.values}`);
  assert.equal(square(best.parameters), best.values[0]);
});

Deno.test("optimize() is the same for the same seed, and maximises what it is told to", async () => {
  const options = {
    parameters: SQUARE,
    objective: (point: { readonly x: number; readonly y: number }) => -square(point),
    goal: "maximize",
    trials: 30,
  } as const;
  const [one, same, other] = [
    await optimize({ ...options, seed: 1 }),
    await optimize({ ...options, seed: 1 }),
    await optimize({ ...options, seed: 2 }),
  ];
  assert.deepEqual(one, same);
  assert.notDeepEqual(one.trials, other.trials);
  const values = one.trials.map(({ state }) =>
    state.status === "completed" ? state.values[0] ?? NaN : NaN
  );
  assert.equal(one.best?.values[0], Math.max(...values));
});

Deno.test("optimize() fails a trial whose function throws, and goes on", async () => {
  const { trials, best } = await optimize({
    parameters: { n: int(0, 9) },
    sampler: "random",
    objective: ({ n }) => {
      if (n % 2 === 1) throw new TypeError(`odd: ${n}`);
      return n === 4 ? NaN : n;
    },
    trials: 10,
  });
  const failed = trials.filter(({ state }) => state.status === "failed");
  assert.equal(failed.length, 5);
  assert.match(JSON.stringify(failed[0]?.state), /TypeError: odd/);
  // NaN is a result, and never the best.
  assert.equal(best?.values[0], 0);
});

Deno.test("optimize() ends by itself when the space has no more, and says so", async () => {
  const parameters = { act: choice(["relu", "tanh"]), k: when({ act: ["tanh"] }, int(1, 3)) };
  const { trials, end } = await optimize({
    parameters,
    sampler: "grid",
    objective: ({ k }) => k ?? 0,
    trials: 100,
  });
  assert.equal(end, "exhausted");
  assert.deepEqual(trials.map(({ parameters: { act, k } }) => [act, k]), [
    ["relu", undefined],
    ["tanh", 1],
    ["tanh", 2],
    ["tanh", 3],
  ]);
});

Deno.test("optimize() runs several at a time, and each once", async () => {
  let running = 0;
  let most = 0;
  const { trials } = await optimize({
    parameters: SQUARE,
    sampler: "random",
    concurrency: 4,
    trials: 20,
    objective: async (point) => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      return square(point);
    },
  });
  assert.equal(most, 4);
  assert.equal(new Set(trials.map(({ parameters }) => JSON.stringify(parameters))).size, 20);
});

Deno.test("optimize() ends at the signal with what it knows", async () => {
  const ending = new AbortController();
  const { trials, end } = await optimize({
    parameters: SQUARE,
    trials: 1000,
    signal: ending.signal,
    objective: (point, { number }) => {
      if (number === 5) ending.abort();
      return square(point);
    },
  });
  assert.equal(end, "aborted");
  assert.equal(trials.length, 6);
});

Deno.test("optimize() spends fewer epochs with successive halving, and finds as good a point", async () => {
  for (const variant of ["promotion", "stopping"] as const) {
    let epochs = 0;
    const { best, trials } = await optimize({
      parameters: SQUARE,
      sampler: "random",
      trials: 81,
      seed: 4,
      scheduler: {
        spec: { type: "asha", variant, minEpochs: 1, eta: 3 },
        maxEpochs: 27,
      },
      objective: (point, trial) => {
        let value = Infinity;
        for (let epoch = (trial.resumed?.epoch ?? 0) + 1; epoch <= 27; epoch++) {
          epochs++;
          value = square(point) + 1 / epoch;
          trial.save(epoch, null);
          trial.report(epoch, value);
        }
        return value;
      },
    });
    const least = Math.min(...trials.map(({ parameters }) => square(parameters)));
    assert.ok(epochs < 81 * 27 / 3, `${variant}: ${epochs} epochs`);
    assert.ok(best !== null && square(best.parameters) < least + 2, `${best?.values}`);
    assert.ok(trials.every(({ state }) => ["completed", "pruned"].includes(state.status)));
  }
});

Deno.test("optimize() refuses options that make no sense", async () => {
  const options = { parameters: SQUARE, objective: square };
  await assert.rejects(() => optimize({ ...options, trials: 0 }), /run 0 trials/);
  await assert.rejects(
    () => optimize({ ...options, trials: 1, concurrency: 0 }),
    /0 trials at a time/,
  );
});

Deno.test("optimize() compares who reports more rarely than its rungs lie, and comes to an end", async () => {
  const specs: readonly SchedulerSpec[] = [
    { type: "asha", variant: "promotion", minEpochs: 1, eta: 3 },
    { type: "hyperband", minEpochs: 1, eta: 3 },
    { type: "pbt", interval: 3, quantile: 0.25, resample: 0.25, factors: [0.8, 1.2] },
  ];
  for (const spec of specs) {
    const { trials, best } = await optimize({
      parameters: SQUARE,
      sampler: "random",
      trials: 12,
      concurrency: 3,
      scheduler: { spec, maxEpochs: 27 },
      objective: async (point, trial) => {
        for (let epoch = (trial.resumed?.epoch ?? 0) + 5; epoch <= 27; epoch += 5) {
          trial.save(epoch, null);
          await Promise.resolve();
          trial.report(epoch, square(point));
        }
        return square(point);
      },
    });
    assert.equal(trials.length, 12);
    assert.ok(best !== null, spec.type);
    const open = trials.filter(({ state }) => ["running", "paused"].includes(state.status));
    assert.deepEqual(open, [], spec.type);
  }
});

Deno.test("optimize() runs no trial twice at a time, and hears nothing of a call that was paused", async () => {
  const running = new Map<number, number>();
  const { trials } = await optimize({
    parameters: SQUARE,
    sampler: "random",
    trials: 40,
    concurrency: 8,
    scheduler: {
      spec: { type: "asha", variant: "promotion", minEpochs: 1, eta: 2 },
      maxEpochs: 16,
    },
    objective: async (point, trial) => {
      assert.equal(running.get(trial.number) ?? 0, 0);
      running.set(trial.number, 1);
      const first = (trial.resumed?.epoch ?? 0) + 1;
      for (let epoch = first; epoch <= 16; epoch++) {
        // Calls get ahead of each other.
        for (let i = 0; i < trial.number % 3; i++) await Promise.resolve();
        trial.save(epoch, null);
        try {
          trial.report(epoch, square(point) + 1 / epoch);
        } catch {
          running.set(trial.number, 0);
          // Whoever has time for this may find its trial resumed by another call.
          for (let i = 0; i < 20; i++) await Promise.resolve();
          assert.throws(() => trial.report(epoch + 1, -1), TrialInterrupted);
          assert.throws(() => trial.save(epoch + 1, "stale"), TrialInterrupted);
          return -1;
        }
      }
      running.set(trial.number, 0);
      return square(point);
    },
  });
  for (const { parameters, state } of trials) {
    assert.ok(["completed", "pruned"].includes(state.status), state.status);
    if (state.status === "completed") assert.deepEqual(state.values, [square(parameters)]);
  }
});

Deno.test("optimize() returns at the signal though a function never settles and others wait", async () => {
  const ending = new AbortController();
  const finished: number[] = [];
  const { trials, best, end } = await optimize({
    parameters: { n: choice([1, 2]) },
    sampler: "grid",
    trials: 10,
    concurrency: 3,
    signal: ending.signal,
    onTrial: ({ number }) => finished.push(number),
    objective: ({ n }, { number }) => {
      if (number === 0) return n;
      setTimeout(() => ending.abort());
      return new Promise<number>(() => {});
    },
  });
  assert.equal(end, "aborted");
  assert.equal(best?.values[0], 1);
  assert.deepEqual(trials.map(({ state }) => state.status), ["completed", "running"]);
  assert.deepEqual(finished, [0]);
});

Deno.test("optimize() ends with what onTrial throws, and calls nothing any more", async () => {
  let calls = 0;
  const search = optimize({
    parameters: SQUARE,
    trials: 1000,
    concurrency: 2,
    onTrial: ({ number }) => {
      if (number === 4) throw new TypeError("no room");
    },
    objective: async (point) => {
      calls++;
      await Promise.resolve();
      return square(point);
    },
  });
  await assert.rejects(search, /no room/);
  const before = calls;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(calls, before);
});

Deno.test("optimize() fails a trial whose values are no numbers, or not as many as goals", async () => {
  const answers: readonly unknown[] = [[1, 2], undefined, "1", [1], [1, "2"], null, [3, NaN]];
  const { trials } = await optimize({
    parameters: SQUARE,
    sampler: "random",
    goals: ["minimize", "maximize"],
    trials: answers.length,
    objective: (_, { number }) => answers[number] as number[],
  });
  const told = trials.map(({ state }) => state.status === "failed" ? state.message : state.status);
  assert.deepEqual(told.map((each) => each.replace(/ of trial .*| what trial .*?:/, "")), [
    "completed",
    "TypeError: Cannot take it must be a list of 2 numbers",
    "TypeError: Cannot take it must be a list of 2 numbers",
    "RangeError: Cannot take 1 values",
    "TypeError: Cannot take it must be a list of 2 numbers",
    "TypeError: Cannot take it must be a list of 2 numbers",
    "completed",
  ]);
});

Deno.test("optimize() tries what was enqueued first, and refuses what is no new point of the space", async () => {
  const options = {
    parameters: {
      optimizer: choice(["sgd", "momentum"]),
      momentum: when({ optimizer: ["momentum"] }, float(0, 0.99)),
      depth: int(1, 3),
      loss: choice(["mse"]),
    },
    constraint: (
      { depth, momentum = 0 }: { readonly depth: number; readonly momentum: number | undefined },
    ) => depth < 3 || momentum < 0.5,
    objective: () => 0,
    trials: 3,
  };
  const { trials } = await optimize({
    ...options,
    enqueue: [{ optimizer: "sgd", depth: 2 }, { depth: 1, momentum: 0.5, optimizer: "momentum" }],
  });
  assert.deepEqual(trials.slice(0, 2).map(({ parameters }) => parameters), [
    { optimizer: "sgd", depth: 2, loss: "mse" },
    { optimizer: "momentum", momentum: 0.5, depth: 1, loss: "mse" },
  ]);
  const refused: readonly (readonly [Record<string, unknown>, RegExp])[] = [
    [{ optimizer: "sgd", dept: 2 }, /enqueue "dept": there is no such parameter.*depth/],
    [{ optimizer: "sgd" }, /enqueue "depth": it is missing; it must be integers from 1 to 3/],
    [{ optimizer: "sgd", depth: 2.5 }, /enqueue "depth": found 2.5; it must be integers/],
    [{ optimizer: "sgd", depth: NaN }, /enqueue "depth"/],
    [{ optimizer: "adam", depth: 2 }, /found "adam"; it must be sgd, momentum/],
    [{ optimizer: "sgd", momentum: 0.5, depth: 2 }, /only where optimizer is momentum/],
    [{ optimizer: "momentum", momentum: 0.5, depth: 3 }, /the constraint refuses it/],
  ];
  for (const [parameters, message] of refused) {
    await assert.rejects(() => optimize({ ...options, enqueue: [parameters] }), message);
  }
  const twice = { optimizer: "sgd", depth: 2 } as const;
  await assert.rejects(
    () => optimize({ ...options, enqueue: [twice, { ...twice, loss: "mse" }] }),
    /asked for already/,
  );
});

Deno.test("optimize() keeps a population inside the constraint when it explores", async () => {
  const seen: number[] = [];
  await optimize({
    parameters: { x: float(0, 10) },
    constraint: ({ x }) => x < 5,
    sampler: "random",
    trials: 8,
    scheduler: {
      spec: { type: "pbt", interval: 1, quantile: 0.5, resample: 0.5, factors: [0.5, 2] },
      maxEpochs: 8,
    },
    objective: ({ x }, trial) => {
      seen.push(x);
      for (let epoch = (trial.resumed?.epoch ?? 0) + 1; epoch <= 8; epoch++) {
        trial.save(epoch, null);
        trial.report(epoch, -x);
      }
      return -x;
    },
  });
  assert.ok(new Set(seen).size > 8, "it has explored");
  assert.ok(seen.every((x) => x < 5), `${seen}`);
});

Deno.test("optimize() ends with what its constraint throws, whenever it is asked", async () => {
  let explored = 0;
  const search = optimize({
    parameters: { x: float(0, 10) },
    // Asked for each new trial, and again when the population explores.
    constraint: () => {
      if (explored > 0) throw new TypeError("no such limit");
      return true;
    },
    sampler: "random",
    trials: 4,
    scheduler: {
      spec: { type: "pbt", interval: 1, quantile: 0.5, resample: 0.5, factors: [0.5, 2] },
      maxEpochs: 4,
    },
    objective: ({ x }, trial) => {
      if (trial.number === 3) explored = 1;
      for (let epoch = (trial.resumed?.epoch ?? 0) + 1; epoch <= 4; epoch++) trial.report(epoch, x);
      return x;
    },
  });
  await assert.rejects(search, /no such limit/);
});
