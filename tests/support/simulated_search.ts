/**
 * Whole sweeps without processes: a coordinator's decisions over workers whose training is a formula
 * and whose order is drawn from a seed. The coordinator can be killed after any journal entry; the
 * workers are not: they ask again what was not answered.
 */
import { DeciderWorld, type SimulationOptions } from "./decider_world.ts";
import { createRng } from "../../core/domain/rng.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { parseMlpHyperparameters } from "../../core/domain/mlp_parameters.ts";
import { type Epoch, epoch, milliseconds } from "../../core/domain/units.ts";
import type { ApiReplies, LaneOutcome } from "../../core/protocol/messages.ts";
import { checkpointArtifact } from "../../core/protocol/subjects.ts";

type Grant = Extract<ApiReplies["claim"], { type: "granted" }>;

/** A slot's pack under way. */
interface Held {
  readonly ref: Parameters<DeciderWorld["report"]>[0];
  readonly grant: Grant;
  readonly live: Set<TrialId>;
  readonly diverged: Map<TrialId, Epoch>;
  epoch: number;
}

/** What a simulation gave. */
export interface Simulated {
  /** Each entry's events, from the first after the sweep's creation; what workers cannot see is left out. */
  readonly entries: readonly (readonly SweepEvent[])[];
  readonly ledger: SweepLedger;
}

const MOST_STEPS = 200_000;

/** Runs a sweep to its end. @throws {Error} If it does not come to one. */
export function simulate(
  options: SimulationOptions & {
    readonly slots?: number;
    /** What somebody asks for by hand, and at which step. */
    readonly enqueue?: readonly (readonly [step: number, hyperparameters: Hyperparameters])[];
    /** What the sweep shall be, and from which step on. */
    readonly extend?: readonly (readonly [step: number, spec: SweepSpec])[];
  },
): Simulated {
  const { slots = 2, seed = 1, deaths = 0, enqueue = [], extend = [] } = options;
  const world = new DeciderWorld(options);
  const held: (Held | null)[] = Array.from({ length: slots }, () => null);
  for (let step = 0; !world.isOver; step++) {
    if (step > MOST_STEPS) throw new Error("Cannot end the simulated sweep: nothing goes on");
    for (const [at, hyperparameters] of enqueue) {
      const body = { v: 1, sweep: world.ledger.id, hyperparameters, by: "test" } as const;
      if (at === step) world.ask("enqueue", body);
    }
    for (const [at, spec] of extend) {
      const body = { v: 1, sweep: world.ledger.id, spec, by: "test" } as const;
      if (at === step) world.ask("extend", body);
    }
    const rng = createRng(seed, "simulated step", step);
    const slot = rng.below(slots);
    const own = held[slot] ?? null;
    if (own === null) held[slot] = claim(world, slot);
    else if (rng.uniform() < deaths) {
      world.expire(own.ref.pack);
      held[slot] = null;
    } else if (!train(world, own, seed)) held[slot] = null;
  }
  return { entries: world.entries, ledger: world.ledger };
}

function claim(world: DeciderWorld, slot: number): Held | null {
  const claimed = world.claim(`w-${slot}`);
  if (claimed === null) return null;
  const { ref, grant } = claimed;
  const start = grant.lanes.map(({ checkpoint }) => checkpoint?.epoch ?? 0);
  if (new Set(start).size > 1) throw new Error("Cannot train: lanes of several epochs in a pack");
  const live = new Set(grant.lanes.map(({ trial }) => trial));
  return { ref, grant, live, diverged: new Map(), epoch: start[0] ?? 0 };
}

/** One epoch, or the end; false when the pack is done with. */
function train(world: DeciderWorld, held: Held, seed: number): boolean {
  const { ref, grant, live, diverged } = held;
  const [first] = grant.lanes;
  const { epochs } = parseMlpHyperparameters(first?.hyperparameters ?? {});
  const last = Math.min(grant.until ?? epochs, epochs);
  if (held.epoch >= last || live.size === 0) {
    world.finish(ref, outcomes(world, held, { last, epochs, seed }));
    return false;
  }
  const at = epoch(++held.epoch);
  const lanes = grant.lanes.filter(({ trial }) => live.has(trial)).map(
    ({ trial, hyperparameters, replicate }) => {
      const metrics = metricsAt(hyperparameters, { replicate, at, seed });
      if (metrics !== null) return { trial, kind: "measured", metrics } as const;
      diverged.set(trial, at);
      return { trial, kind: "diverged" } as const;
    },
  );
  const decisions = world.report(ref, [{ epoch: at, durationMs: milliseconds(1), lanes }]);
  if (decisions === null) return false;
  for (const trial of diverged.keys()) live.delete(trial);
  for (const { trial, decision } of decisions) {
    if (decision !== "stop") continue;
    live.delete(trial);
    diverged.delete(trial);
  }
  return true;
}

function outcomes(
  world: DeciderWorld,
  { ref, grant, live, diverged }: Held,
  { last, epochs, seed }: { readonly last: number; readonly epochs: number; readonly seed: number },
): readonly LaneOutcome[] {
  const at = epoch(last);
  const artifact = checkpointArtifact(world.ledger.id, { ...ref, epoch: at });
  return grant.lanes.flatMap(({ trial, hyperparameters, replicate }): readonly LaneOutcome[] => {
    const lost = diverged.get(trial);
    if (lost !== undefined) return [{ trial, kind: "diverged", epoch: lost }];
    if (!live.has(trial)) return [];
    const metrics = metricsAt(hyperparameters, { replicate, at: last, seed }) ?? {};
    return last < epochs
      ? [{ trial, kind: "paused", epoch: at, metrics, artifact }]
      : [{ trial, kind: "trained", epoch: at, metrics, result: null, model: null }];
  });
}

/** Better near lr 0.05 and with every epoch; null: diverged, as large rates do. */
export function metricsAt(
  { lr, hidden_width }: Hyperparameters,
  { replicate, at, seed }: {
    readonly replicate: number;
    readonly at: number;
    readonly seed: number;
  },
): { readonly val_accuracy: number; readonly val_loss: number } | null {
  const rate = Number(lr);
  if (rate > 0.4 && at > 2) return null;
  const distance = Math.abs(Math.log10(rate / 0.05)) +
    0.1 * Math.abs(Number(hidden_width ?? 8) - 8);
  const noise = 0.02 * createRng(seed, "noise", String(rate), replicate, at).uniform();
  const accuracy = (1 - 0.2 * distance) * (1 - Math.exp(-0.4 * at)) - noise;
  return { val_accuracy: accuracy, val_loss: 1 - accuracy };
}
