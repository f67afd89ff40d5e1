import assert from "node:assert/strict";
import { MeddledSearch } from "../tests/support/meddled_search.ts";
import { specOf } from "../tests/support/specs.ts";
import { createRng, type Rng } from "../core/domain/rng.ts";
import type { SchedulerSpec } from "../core/domain/scheduler_spec.ts";
import type { SweepEvent } from "../core/domain/sweep_event.ts";
import type { SweepSpec } from "../core/domain/sweep_spec.ts";

const SCHEDULERS: readonly (SchedulerSpec | undefined)[] = [
  undefined,
  { type: "asha", variant: "promotion", minEpochs: 1, eta: 3 },
  { type: "asha", variant: "promotion", minEpochs: 2, eta: 2 },
  { type: "asha", variant: "stopping", minEpochs: 1, eta: 3 },
  { type: "hyperband", minEpochs: 1, eta: 3 },
  { type: "median", minEpochs: 2, minTrials: 2, interval: 2 },
  { type: "pbt", interval: 2, quantile: 0.25, resample: 0.25, factors: [0.8, 1.2] },
  { type: "patience", patience: 2, minDelta: 0.05, minEpochs: 2 },
];
const METHODS: readonly SweepSpec["method"][] = ["tpe", "random", "nsga2", "cmaes", "sobol"];

function pick<T>(rng: Rng, all: readonly T[]): T {
  return all[rng.below(all.length)]!;
}

/** Of every so many spaces one is finite, and often smaller than the run cap. */
const FINITE_EVERY = 5;

/** Any method with any scheduler: numbers that fit together, and more often numbers that do not. */
function drawSpec(seed: number): SweepSpec {
  const rng = createRng(seed, "spec");
  const isFinite = seed % FINITE_EVERY === 0;
  const scheduler = SCHEDULERS[seed % SCHEDULERS.length];
  const method = scheduler?.type === "pbt" ? "random" : pick(rng, METHODS);
  const objectives = [
    { name: "val_accuracy", goal: "maximize" },
    { name: "val_loss", goal: "minimize" },
  ] as const;
  return specOf({
    method,
    seed,
    runCap: 3 + rng.below(22),
    replicates: 1 + rng.below(3),
    maxLanes: 1 + rng.below(5),
    maxAttempts: 1 + rng.below(4),
    ...(scheduler === undefined ? {} : { scheduler }),
    ...(rng.below(2) === 0 ? { batch: 1 + rng.below(7) } : {}),
    ...(method === "nsga2" ? { objectives } : {}),
    parameters: [
      isFinite ? { name: "lr", domain: { kind: "values", values: [0.01, 0.05, 0.3, 0.5] } } : {
        name: "lr",
        domain: { kind: "float", scale: "log", min: 0.0005, max: pick(rng, [0.6, 9]) },
      },
      {
        name: "hidden_width",
        domain: { kind: "int", scale: "linear", min: 4, max: isFinite ? 6 : 12 },
      },
      { name: "epochs", domain: { kind: "values", values: [pick(rng, [4, 9])] } },
    ],
  });
}

Deno.test("a sweep comes to its end, and to the same one when its coordinator is killed, whatever happens to it", () => {
  const seen = new Set<SweepEvent["type"]>();
  for (let seed = 0; seed < 64; seed++) {
    const spec = drawSpec(seed);
    const { world } = new MeddledSearch({ spec, seed }).run();
    const { counts, spec: { runCap } } = world.ledger;
    if (seed % FINITE_EVERY !== 0) assert.equal(counts.asked, runCap, `seed ${seed}`);
    const { completed, pruned, failed, cancelled } = counts;
    assert.equal(completed + pruned + failed + cancelled, counts.asked, `seed ${seed}`);
    for (const { type } of world.entries.flat()) seen.add(type);
    const rng = createRng(seed, "kills");
    const killAfter = world.entries.map((_, i) => i + 1).filter(() => rng.uniform() < 0.05);
    const again = new MeddledSearch({ spec, seed, killAfter }).run();
    assert.deepEqual(again.world.entries, world.entries, `seed ${seed}`);
  }
  const types: readonly SweepEvent["type"][] = [
    "checkpointStored",
    "drainAsked",
    "lanesDetached",
    "packReleased",
    "packSplit",
    "rungReached",
    "sweepExtended",
    "sweepPaused",
    "trialExploited",
    "trialFailed",
    "trialPaused",
    "trialPromoted",
    "trialPruned",
    "trialCancelled",
    "trialRetried",
    "workerQuarantined",
  ];
  for (const type of types) assert.ok(seen.has(type), type);
});
