/** Journals as a coordinator would write them: legal entries of a sweep, drawn from a seed. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import {
  type PackId,
  parseAttempt,
  parseConfigurationId,
  parsePackId,
  parseSweepId,
  parseTrialId,
  parseWorkerId,
  type SweepId,
  type WorkerId,
} from "../../core/domain/ids.ts";
import { objectiveValue } from "../../core/domain/objective.ts";
import { createRng, type Rng } from "../../core/domain/rng.ts";
import type { JournalEntry, Metrics, NewTrial, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { epoch, instant, milliseconds } from "../../core/domain/units.ts";
import { specOf, sweepCreated } from "./specs.ts";

/** What a journal is made of. */
export interface JournalOptions {
  readonly sweep?: SweepId;
  readonly seed?: number;
  readonly spec?: Partial<SweepSpec>;
  /** Configurations; each gets the spec's number of replicates. */
  readonly configurations?: number;
  readonly epochs?: number;
  readonly lanes?: number;
  readonly workers?: readonly WorkerId[];
  /** The time of the first entry, and what passes before each further one, in milliseconds. */
  readonly startAt?: number;
  readonly stepMs?: number;
  /** How likely it is that a pack is lost at an epoch. */
  readonly lossRate?: number;
  /** How likely it is that a trial fails or diverges instead of completing. */
  readonly failureRate?: number;
}

interface Held {
  readonly pack: PackId;
  readonly worker: WorkerId;
  readonly attempt: number;
  epoch: number;
}

type World = Required<Omit<JournalOptions, "spec">> & {
  readonly spec: SweepSpec;
  readonly rng: Rng;
  readonly trials: readonly NewTrial[];
};

/** The worker that trains first unless a test names others. */
export const WORKERS: readonly WorkerId[] = ["alder-1", "birch-2"].map(parseWorkerId);

/** The entries of a whole sweep, from `sweepCreated` to `sweepEnded`. */
export function* journalOf(options: JournalOptions = {}): Generator<JournalEntry> {
  const world = worldOf(options);
  let at = world.startAt - world.stepMs;
  for (const events of stepsOf(world)) {
    at += world.stepMs;
    yield { v: 1, at: instant(at), events };
  }
}

function worldOf(options: JournalOptions): World {
  const { seed = 1, configurations = 6, epochs = 4 } = options;
  const rng = createRng(seed, "test journal");
  const spec = specOf({
    parameters: [
      { name: "lr", domain: { kind: "float", scale: "log", min: 0.001, max: 0.5 } },
      { name: "hidden_width", domain: { kind: "values", values: [8, 16, 32, 64] } },
      { name: "batch_size", domain: { kind: "values", values: [32] } },
      { name: "epochs", domain: { kind: "values", values: [epochs] } },
    ],
    ...options.spec,
  });
  const trials = Array.from({ length: configurations }, () => drawn(rng, epochs)).flatMap(
    (hyperparameters, configuration) =>
      Array.from({ length: spec.replicates }, (_, replicate) => ({
        trial: parseTrialId(configuration * spec.replicates + replicate),
        configuration: parseConfigurationId(configuration),
        replicate,
        hyperparameters,
      })),
  );
  return {
    sweep: parseSweepId("grown-1"),
    lanes: 2,
    workers: WORKERS,
    startAt: Date.UTC(2026, 0, 31, 10),
    stepMs: 500,
    lossRate: 0,
    failureRate: 0,
    ...options,
    seed,
    configurations,
    epochs,
    spec,
    rng,
    trials,
  };
}

function drawn(rng: Rng, epochs: number): Hyperparameters {
  return {
    lr: Number((0.001 * 500 ** rng.uniform()).toPrecision(3)),
    hidden_width: [8, 16, 32, 64][rng.below(4)] ?? 8,
    batch_size: 32,
    epochs,
  };
}

function* stepsOf(world: World): Generator<readonly SweepEvent[]> {
  const packs = Array.from(
    { length: Math.ceil(world.trials.length / world.lanes) },
    (_, index) => ({
      pack: parsePackId(index),
      trials: world.trials.slice(index * world.lanes, (index + 1) * world.lanes)
        .map(({ trial }) => trial),
    }),
  );
  yield [
    sweepCreated(world.spec, world.sweep),
    { type: "trialsQueued", trials: world.trials },
    { type: "packsQueued", packs },
  ];
  const queue = packs.map(({ pack }) => pack);
  const attempts = new Map<PackId, number>();
  const held: Held[] = [];
  while (queue.length > 0 || held.length > 0) {
    const busy = new Set(held.map(({ worker }) => worker));
    const free = world.workers.find((worker) => !busy.has(worker));
    const next = queue[0];
    if (free !== undefined && next !== undefined) {
      queue.shift();
      const attempt = (attempts.get(next) ?? 0) + 1;
      attempts.set(next, attempt);
      held.push({ pack: next, worker: free, attempt, epoch: 0 });
      yield [leased(next, attempt, free)];
      continue;
    }
    const index = world.rng.below(held.length);
    const one = held[index];
    if (one === undefined) return;
    if (world.rng.uniform() < world.lossRate && one.attempt < world.spec.maxAttempts) {
      held.splice(index, 1);
      queue.push(one.pack);
      yield [released(one)];
      continue;
    }
    one.epoch++;
    const isLast = one.epoch === world.epochs;
    if (isLast) held.splice(index, 1);
    yield [reported(world, one), ...(isLast ? ended(world, one) : [])];
  }
  yield [{ type: "sweepEnded", outcome: "completed", by: "coordinator" }];
}

function leased(pack: PackId, attempt: number, worker: WorkerId): SweepEvent {
  return {
    type: "packLeased",
    pack,
    attempt: parseAttempt(attempt),
    worker,
    backend: "wasm",
    delivery: { sequence: 1 + pack, count: attempt },
  };
}

function released({ pack, attempt }: Held): SweepEvent {
  return {
    type: "packReleased",
    pack,
    attempt: parseAttempt(attempt),
    cause: { kind: "leaseExpired" },
  };
}

function reported(world: World, held: Held): SweepEvent {
  return {
    type: "epochReported",
    pack: held.pack,
    attempt: parseAttempt(held.attempt),
    epoch: epoch(held.epoch),
    lanes: lanesOf(world, held).map(({ trial, hyperparameters }) => ({
      trial,
      kind: "measured",
      metrics: measured(world, hyperparameters, held.epoch),
    })),
    durationMs: milliseconds(world.stepMs),
  };
}

function ended(world: World, held: Held): readonly SweepEvent[] {
  return lanesOf(world, held).map(({ trial, hyperparameters }): SweepEvent => {
    if (world.rng.uniform() < world.failureRate) {
      const message = "Cannot allocate 2,048 MiB on the device";
      return { type: "trialFailed", trial, reason: { kind: "outOfMemory", message } };
    }
    const metrics = measured(world, hyperparameters, held.epoch);
    const objective = world.rng.uniform() < world.failureRate
      ? objectiveValue(NaN)
      : objectiveValue(metrics[world.spec.metric.name] ?? 0);
    return {
      type: "trialCompleted",
      result: null,
      model: null,
      trial,
      pack: held.pack,
      attempt: parseAttempt(held.attempt),
      epoch: epoch(held.epoch),
      objective,
      metrics: { ...metrics, test_accuracy: Math.max(0, (metrics["val_accuracy"] ?? 0) - 0.004) },
    };
  });
}

function lanesOf(world: World, { pack }: Held): readonly NewTrial[] {
  return world.trials.slice(pack * world.lanes, (pack + 1) * world.lanes);
}

/** Plausible metrics: better near lr 0.05 and for wide networks, saturating over epochs. */
function measured(world: World, settings: Hyperparameters, at: number): Metrics {
  const distance = Math.abs(Math.log10(Number(settings["lr"] ?? 0.05) / 0.05));
  const width = Math.log2(Number(settings["hidden_width"] ?? 8)) / 6;
  const ceiling = 0.99 - 0.12 * distance - 0.06 * (1 - width);
  const accuracy = Math.max(0.05, Math.min(1, ceiling * (1 - Math.exp(-0.9 * at)) + noise(world)));
  const loss = 2.3 * Math.exp(-0.5 * at) * (1 + distance) + 0.05 + 0.3 * (1 - ceiling);
  return { train_loss: loss * 0.9, val_loss: loss, val_accuracy: accuracy };
}

function noise({ rng }: World): number {
  return 0.006 * rng.normal();
}
