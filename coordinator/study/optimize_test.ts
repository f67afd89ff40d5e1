import assert from "node:assert/strict";
import { choice, float, int, when } from "./parameters.ts";
import { optimize } from "./optimize.ts";

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
