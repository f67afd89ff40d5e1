import assert from "node:assert/strict";
import {
  labFile,
  labMeasured,
  reportedSweep,
  sampleResult,
} from "../../../tests/support/reported_sweeps.ts";
import type { Trial } from "../../domain/sweep_ledger.ts";
import type { TrialResult } from "../../domain/trial_result.ts";
import { holdAgainst } from "./against.ts";
import { parsePublished } from "./published.ts";

const none = () => Promise.resolve(null);
/** Differences of seeds that do not repeat a pattern. */
const JITTER = [0.011, -0.004, 0.007, -0.012, 0.003, -0.005, 0.009, -0.009];

const PUBLISHED = parsePublished(JSON.stringify({
  source: "a report",
  support: { train: 1500, test: 300 },
  experiments: [
    {
      name: "baseline",
      batch_size: 128,
      lr: 0.005,
      epochs: 250,
      hidden_width: 10,
      depth: 1,
      testAccuracy: 0.81,
    },
    {
      name: "batch 32",
      batch_size: 32,
      lr: 0.005,
      epochs: 62,
      hidden_width: 10,
      depth: 1,
      testAccuracy: 0.83,
    },
    {
      name: "lr 0.001",
      batch_size: 128,
      lr: 0.001,
      epochs: 2000,
      hidden_width: 10,
      depth: 1,
      trainAccuracy: 1,
      testAccuracy: 0.8,
    },
    { name: "hidden 128", hidden_width: 128, depth: 1, testAccuracy: 0.9 },
    { name: "more hidden layers", depth: null, testAccuracy: 0.83, testF1: [0.8, 0.7, 0.9] },
  ],
}));

function views(replicates = 8) {
  const measure =
    (change: (replicate: number, hyperparameters: Record<string, unknown>) => number) =>
    (
      { hyperparameters, replicate }: {
        readonly hyperparameters: Record<string, unknown>;
        readonly replicate: number;
      },
    ) => labMeasured(0.81 + (JITTER[replicate] ?? 0) + change(replicate, hyperparameters));
  return [
    reportedSweep(
      labFile({ batch_size: [128, 32], epochs: [250, 62] }, { name: "batch", replicates }),
      // Batches of 32 help one seed and harm the next as much.
      measure((replicate, { batch_size }) =>
        batch_size === 32 ? (replicate % 2 ? -0.01 : 0.011) : 0
      ),
      { id: "batch-1" },
    ).view,
    reportedSweep(
      labFile({ hidden_width: [10, 128] }, { name: "width", replicates }),
      measure((replicate, { hidden_width }) => hidden_width === 128 ? 0.02 + replicate / 2000 : 0),
      { id: "width-1" },
    ).view,
    reportedSweep(
      labFile({ depth: [2, 3] }, { name: "depth", replicates }),
      measure((replicate, { depth }) => -0.02 * Number(depth) - replicate / 3000),
      { id: "depth-1" },
    ).view,
  ];
}

Deno.test("holdAgainst() matches stated parameters, takes the baseline's for the others, null for another", async () => {
  const { experiments } = await holdAgainst(PUBLISHED, { views: views(), readResult: none });
  assert.deepEqual(
    experiments.map(({ experiment, ours }) => [experiment, ours?.sweep, ours?.configuration]),
    [
      ["baseline", "batch-1", 0],
      ["batch 32", "batch-1", 3],
      ["lr 0.001", undefined, undefined],
      ["hidden 128", "width-1", 1],
      ["more hidden layers", "depth-1", 0],
      ["more hidden layers", "depth-1", 1],
    ],
  );
});

Deno.test("holdAgainst() judges each conclusion by pairs over seeds, corrected for all of them", async () => {
  const { conclusions, sentences } = await holdAgainst(PUBLISHED, {
    views: views(),
    readResult: none,
  });
  assert.deepEqual(
    conclusions.map(({ claim, verdict, comparison }) => [claim, verdict, comparison?.n ?? null]),
    [
      ["A smaller batch regularises", "inside noise", 8],
      ["A smaller learning rate overfits", "not tested", null],
      ["More units help a little", "reproduced", 8],
      ["Depth helps", "not reproduced", 8],
      ["Depth helps", "not reproduced", 8],
    ],
  );
  const [batch, , width] = conclusions;
  // Four pairs of +0.011 and four of −0.010.
  assert.ok(Math.abs((batch?.comparison?.meanDifference ?? 0) - 0.0005) < 1e-9);
  // A twentieth of a standard deviation: more than 1,000 pairs, so no number is told.
  assert.equal(batch?.morePairs, null);
  // 0.02 + replicate/2000, replicates 0 to 7: 0.02175 in the mean.
  assert.ok(Math.abs((width?.comparison?.meanDifference ?? 0) - 0.02175) < 1e-9);
  assert.ok(Math.abs((width?.published ?? 0) - 0.09) < 1e-9);
  // Exact sign-flip of eight differences of one sign, 2/2⁸, and three as clear: four comparisons.
  assert.equal(width?.comparison?.p, 2 / 256);
  assert.equal(width?.adjustedP, 4 * 2 / 256);
  assert.match(
    sentences[1] ?? "",
    /More units help a little: reproduced\. Depth helps: not reproduced\./,
  );
});

Deno.test("holdAgainst() counts a configuration that two sweeps share once", async () => {
  const [batch] = views();
  const again = reportedSweep(
    labFile({ depth: [1] }, { name: "again", replicates: 4 }),
    ({ replicate }) => labMeasured(0.81 + (JITTER[replicate] ?? 0)),
    { id: "again-1" },
  ).view;
  const { experiments } = await holdAgainst(PUBLISHED, {
    views: batch === undefined ? [] : [again, batch],
    readResult: none,
  });
  assert.deepEqual([experiments[0]?.ours?.sweep, experiments[0]?.ours?.completed], ["batch-1", 8]);
});

Deno.test("holdAgainst() judges F1 by the results that are there, and nothing by other data", async () => {
  const readResult = () => Promise.resolve(sampleResult());
  const { experiments } = await holdAgainst(PUBLISHED, { views: views(2), readResult });
  const numbers = experiments.at(-1)?.numbers ?? [];
  assert.deepEqual(numbers.map(({ quantity }) => quantity), [
    "test accuracy",
    "test F1 of apple",
    "test F1 of forest",
    "test F1 of mouse",
  ]);
  // 90 of 100 found among 105 predicted: 2 · 90 / 205.
  assert.ok(Math.abs((numbers[1]?.ours?.mean ?? 0) - 180 / 205) < 1e-12);
  assert.equal(numbers[1]?.ours?.n, 2);
  const elsewhere = { ...PUBLISHED, support: { train: 99, test: null } };
  const other = await holdAgainst(elsewhere, { views: views(2), readResult });
  assert.ok(other.experiments.every(({ ours }) => ours === null));
});

/** A result whose network knows so many of 1,500 training examples at the end. */
function trainedTo(right: number): TrialResult {
  const result = sampleResult();
  const train = [[right - 1000, 1500 - right, 0], [0, 500, 0], [0, 0, 500]];
  return { ...result, confusions: { ...result.confusions!, train } };
}

Deno.test("holdAgainst() takes train accuracy after training, not the running metric of the last epoch", async () => {
  const published = parsePublished(JSON.stringify({
    source: "a report",
    experiments: [
      { name: "baseline", hidden_width: 10, lr: 0.005, trainAccuracy: 0.99, testAccuracy: 0.81 },
      { name: "lr 0.001", lr: 0.001, trainAccuracy: 0.98, testAccuracy: 0.8 },
    ],
  }));
  const { view } = reportedSweep(
    labFile({ lr: [0.005, 0.001] }, { name: "rate", replicates: 6 }),
    // The running metric says the contrary of what is true at the end.
    ({ hyperparameters: { lr }, replicate }) =>
      labMeasured(0.8 + (JITTER[replicate] ?? 0), lr === 0.001 ? 0.5 : 0.97),
    { id: "rate-1" },
  );
  const right = ({ configuration, replicate }: Trial): number =>
    configuration === 1 ? 1490 + replicate : 1480;
  const { experiments, conclusions, rules } = await holdAgainst(published, {
    views: [view],
    // A trial whose file was lost has no such number.
    readResult: (_, trial) => Promise.resolve(trial.id === 3 ? null : trainedTo(right(trial))),
  });
  const [baseline, slow] = experiments.map(({ numbers: [train] }) => train);
  assert.deepEqual([baseline?.quantity, baseline?.ours?.n], ["train accuracy", 5]);
  assert.ok(Math.abs((baseline?.ours?.mean ?? 0) - 1480 / 1500) < 1e-12);
  assert.equal(slow?.ours?.n, 6);
  assert.ok(Math.abs((slow?.ours?.mean ?? 0) - 1492.5 / 1500) < 1e-12);
  assert.equal(experiments[0]?.numbers[1]?.ours?.n, 6);
  // Replicate 3 has no pair; the others learned 10 to 15 of 1,500 more: 12.4 in the mean.
  const [overfits] = conclusions;
  assert.deepEqual([overfits?.measure, overfits?.comparison?.n], ["train − test accuracy", 5]);
  assert.ok(Math.abs((overfits?.comparison?.meanDifference ?? 0) - 12.4 / 1500) < 1e-12);
  assert.ok(rules.some((rule) => /after training/.test(rule)));
});

Deno.test("holdAgainst() reads each result once, 16 at a time, and tells how it goes", async () => {
  const reads: number[] = [];
  const told: string[] = [];
  let underWay = 0;
  let most = 0;
  await holdAgainst(PUBLISHED, {
    views: views(),
    readResult: async (_, trial) => {
      reads.push(trial.id);
      most = Math.max(most, ++underWay);
      await Promise.resolve();
      underWay--;
      return null;
    },
    onRead: (read, all) => void told.push(`${read}/${all}`),
  });
  // Baseline, batch 32, hidden 128, and two depths: five configurations of eight replicates.
  assert.equal(reads.length, 40);
  assert.equal(most, 16);
  assert.deepEqual([told[0], told.at(-1)], ["1/40", "40/40"]);
});

Deno.test("holdAgainst() stops reading when it is interrupted, and when a reader fails", async () => {
  for (const isInterrupted of [true, false]) {
    const interruption = new AbortController();
    const reason = new Error("no more");
    let reads = 0;
    const held = holdAgainst(PUBLISHED, {
      views: views(),
      readResult: async () => {
        const isLast = ++reads === 20;
        await Promise.resolve();
        if (isLast && isInterrupted) interruption.abort(reason);
        else if (isLast) throw reason;
        return null;
      },
      signal: interruption.signal,
    });
    await assert.rejects(held, reason);
    // Those that were under way: 16 at a time.
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert.ok(reads >= 20 && reads < 20 + 16, `${reads} of 40`);
  }
});
