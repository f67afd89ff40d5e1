/** A scenario: which sweep runs on what, and what is done to it when. A pure function of its seed. */
import { createRng, type Rng } from "../../core/domain/rng.ts";
import type { SweepEventType } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { type Act, describeAct, drawAct, drawCount } from "./acts.ts";
import { type Noise, QUIET } from "./noisy_ports.ts";

/** Light: the real roles, training in miniature. Full: the program as its users start it. */
export type ScenarioKind = "light" | "full";

/** When the journal has so many events of a type, and so many milliseconds later. */
export interface Moment {
  readonly type: SweepEventType;
  /** From 1. */
  readonly count: number;
  readonly delayMs: number;
}

/** An act and its moment. */
export interface Deed {
  readonly after: Moment;
  readonly act: Act;
}

/** Everything that is decided before anything is started. */
export interface Scenario {
  readonly seed: number;
  readonly kind: ScenarioKind;
  readonly workers: number;
  /** Of each worker. */
  readonly slots: number;
  readonly configurations: number;
  readonly replicates: number;
  readonly epochs: number;
  /** 1 forbids fusing. */
  readonly maxLanes: number;
  /** How long a silent worker keeps its pack. */
  readonly leaseMs: number;
  /** How bad the workers' network is all the time. */
  readonly noise: Noise;
  /** The workers' clocks stand still while they are stopped. */
  readonly isUnaware: boolean;
  readonly deeds: readonly Deed[];
}

const MAX_DEEDS = 4;

/** The scenario that a seed names. */
export function planScenario(seed: number, kind: ScenarioKind = "light"): Scenario {
  const rng = createRng(seed, "chaos", kind);
  const isLight = kind === "light";
  const base = {
    seed,
    kind,
    workers: 1 + rng.below(3),
    slots: isLight ? 1 + rng.below(2) : 1,
    configurations: 2 + rng.below(4),
    replicates: 2,
    epochs: isLight ? 12 + rng.below(30) : 60 + rng.below(60),
    maxLanes: [1, 2, 4][rng.below(3)] ?? 1,
    leaseMs: isLight ? 1_000 : 2_000,
    noise: isLight && rng.below(2) === 0 ? drawNoise(rng) : QUIET,
    isUnaware: isLight && rng.below(3) === 0,
  };
  const kinds = drawCount({ isLight });
  const deeds = Array.from({ length: 1 + rng.below(MAX_DEEDS) }, (_, n): Deed => ({
    // Seeds in a row begin with different acts: a short run of them shows every one.
    act: drawAct(rng, n === 0 ? seed % kinds : rng.below(kinds), {
      isLight,
      leaseMs: base.leaseMs,
    }),
    after: drawMoment(rng, base),
  }));
  return { ...base, deeds };
}

/** How many trials the sweep asks for. */
export function trialsOf(
  { configurations, replicates }: Pick<Scenario, "configurations" | "replicates">,
): number {
  return configurations * replicates;
}

/** The sweep of a light scenario. Its data are never opened. */
export function specOfScenario(scenario: Scenario): SweepSpec {
  return {
    name: `chaos-${scenario.seed}`,
    description: null,
    seed: scenario.seed,
    task: {
      dataset: "xor",
      examples: 400,
      noise: 0,
      validation: { kind: "cut", fraction: 0.2 },
      trainExamples: null,
    },
    method: "grid",
    metric: { name: "val_loss", goal: "minimize" },
    replicates: scenario.replicates,
    runCap: null,
    maxLanes: scenario.maxLanes,
    maxAttempts: MAX_ATTEMPTS,
    parameters: [
      { name: "lr", domain: { kind: "values", values: learningRates(scenario) } },
      { name: "epochs", domain: { kind: "values", values: [scenario.epochs] } },
    ],
  };
}

/** The sweep file of a full scenario: xor, so that a trial takes about a second, and offline. */
export function sweepFileOf(scenario: Scenario): string {
  return `
name: chaos-${scenario.seed}
seed: ${scenario.seed}
task: { dataset: xor, examples: 400, validation: 0.2 }
method: grid
metric: { name: val_loss, goal: minimize }
replicates: ${scenario.replicates}
max_attempts: ${MAX_ATTEMPTS}
parameters:
  batch_size: { value: 32 }
  lr: { values: [${learningRates(scenario).map((rate) => rate.toFixed(2)).join(", ")}] }
  hidden_width: { value: 16 }
  depth: { value: 1 }
  epochs: { value: ${scenario.epochs} }
  optimizer: { value: adam }
`;
}

/** One line for people: what runs, and what happens to it. */
export function describeScenario(scenario: Scenario): string {
  const { seed, kind, workers, slots, epochs, maxLanes, noise, deeds } = scenario;
  const told = deeds.map(({ after, act }) => {
    const delay = after.delayMs === 0 ? "" : ` + ${after.delayMs} ms`;
    return `after ${after.type} ${after.count}${delay}: ${describeAct(act)}`;
  });
  const trials = `${trialsOf(scenario)} trials of ${epochs} epochs, ${maxLanes} lanes at most`;
  const network = noise === QUIET ? "" : ", bad network";
  const clocks = scenario.isUnaware ? ", clocks that stop with them" : "";
  return `seed ${seed} (${kind}): ${trials}, ${workers} workers of ${slots} slots${network}${clocks}; ${
    told.join("; ")
  }`;
}

/** A machine under load may lose leases by itself: that fails no trial here. */
const MAX_ATTEMPTS = 90;

function learningRates({ configurations }: Scenario): readonly number[] {
  return Array.from({ length: configurations }, (_, n) => (n + 1) / 50);
}

function drawNoise(rng: Rng): Noise {
  const share = (most: number): number => rng.below(2) === 0 ? 0 : most * rng.uniform();
  return { twice: share(0.4), late: share(0.2), unanswered: share(0.15), unheard: share(0.3) };
}

/** A moment at which trials are still being trained, whatever else is done. */
function drawMoment(
  rng: Rng,
  sweep: Pick<Scenario, "configurations" | "replicates" | "maxLanes" | "epochs">,
): Moment {
  const packs = Math.ceil(trialsOf(sweep) / sweep.maxLanes);
  const upTo = (most: number): number => 1 + rng.below(Math.max(1, Math.floor(most)));
  const delayMs = rng.below(2) === 0 ? 0 : rng.below(300);
  switch (rng.below(8)) {
    case 0:
      return { type: "packLeased", count: upTo(packs), delayMs };
    case 1:
      return { type: "checkpointStored", count: upTo(0.6 * packs), delayMs };
    case 2:
      return { type: "trialCompleted", count: upTo(0.6 * trialsOf(sweep)), delayMs };
    case 3:
      return { type: "coordinatorStarted", count: 1, delayMs };
    default:
      return { type: "epochReported", count: upTo(0.7 * packs * sweep.epochs), delayMs };
  }
}
