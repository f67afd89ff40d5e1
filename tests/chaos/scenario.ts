/** A scenario: which sweep runs on what, and what is done to it when. A pure function of its seed. */
import { createRng, type Rng } from "../../core/domain/rng.ts";

/** What is done to the processes of a sweep. Indices are taken modulo what there is. */
export type Act =
  /** SIGKILL; a new worker takes its place. */
  | { readonly kind: "killWorker"; readonly worker: number }
  /** SIGTERM; a new worker takes its place. */
  | { readonly kind: "drainWorker"; readonly worker: number }
  /** SIGSTOP and, later, SIGCONT: for more than a lease, it comes back as a zombie. */
  | { readonly kind: "freezeWorker"; readonly worker: number; readonly forMs: number }
  /** SIGKILL, then `resume`. */
  | { readonly kind: "killCoordinator" }
  /** SIGTERM, then `resume`. */
  | { readonly kind: "drainCoordinator" }
  /** `resume` while the first one lives. */
  | { readonly kind: "secondCoordinator" }
  /** SIGKILL, then a new one on the same port and store. */
  | { readonly kind: "killServer"; readonly forMs: number }
  /** The workers' cable is cut: their bytes are held back, or their connections closed. */
  | { readonly kind: "cutWorkers"; readonly how: "stall" | "sever"; readonly forMs: number }
  /** The same lease in the queue once more. */
  | { readonly kind: "repeatLease"; readonly pack: number };

/** The name of an act. */
export type ActKind = Act["kind"];

/** An act and its moment, in milliseconds since the sweep's first report. */
export interface Deed {
  readonly at: number;
  readonly act: Act;
}

/** Everything that is decided before anything is started. */
export interface Scenario {
  readonly seed: number;
  readonly workers: number;
  readonly learningRates: number;
  readonly replicates: number;
  readonly epochs: number;
  /** 1 forbids fusing. */
  readonly maxLanes: number;
  /** In the order of their moments. */
  readonly deeds: readonly Deed[];
}

/** How long a silent worker keeps its pack in these scenarios. */
export const LEASE_SECONDS = 2;
/** The moments of deeds: trials are still being trained then. */
const DEEDS_WITHIN_MS = 4_000;

/** Every act, in the order in which the draw counts them. */
const DRAWS: readonly ((rng: Rng) => Act)[] = [
  (rng) => ({ kind: "killWorker", worker: rng.below(3) }),
  (rng) => ({ kind: "drainWorker", worker: rng.below(3) }),
  (rng) => ({ kind: "freezeWorker", worker: rng.below(3), forMs: aroundLease(rng) }),
  () => ({ kind: "killCoordinator" }),
  () => ({ kind: "drainCoordinator" }),
  () => ({ kind: "secondCoordinator" }),
  (rng) => ({ kind: "killServer", forMs: 100 + rng.below(2_900) }),
  (rng) => ({
    kind: "cutWorkers",
    how: rng.below(2) === 0 ? "stall" : "sever",
    forMs: aroundLease(rng),
  }),
  (rng) => ({ kind: "repeatLease", pack: rng.below(8) }),
];

/** The scenario that a seed names. */
export function planScenario(seed: number): Scenario {
  const rng = createRng(seed, "chaos");
  const workers = 1 + rng.below(3);
  const learningRates = 3 + rng.below(4);
  const maxLanes = [1, 2, 4][rng.below(3)] ?? 1;
  const epochs = 100 + rng.below(100);
  const count = 1 + rng.below(4);
  // Seeds in a row begin with different acts: a short run of them shows every one.
  const acts = Array.from(
    { length: count },
    (_, n) => DRAWS[n === 0 ? seed % DRAWS.length : rng.below(DRAWS.length)],
  );
  const deeds = acts
    .flatMap((draw) => draw === undefined ? [] : [draw(rng)])
    .map((act) => ({ at: rng.below(DEEDS_WITHIN_MS), act }))
    .sort((a, b) => a.at - b.at);
  return { seed, workers, learningRates, replicates: 2, epochs, maxLanes, deeds };
}

/** How many trials the sweep asks for. */
export function trialsOf({ learningRates, replicates }: Scenario): number {
  return learningRates * replicates;
}

/** The sweep file: xor, so that a trial takes about a second and nothing is downloaded. */
export function sweepFileOf(scenario: Scenario): string {
  const rates = Array.from({ length: scenario.learningRates }, (_, n) => 0.02 * (n + 1));
  return `
name: chaos-${scenario.seed}
seed: ${scenario.seed}
task: { dataset: xor, examples: 400, validation: 0.2 }
method: grid
metric: { name: val_loss, goal: minimize }
replicates: ${scenario.replicates}
max_attempts: 50 # a machine under load may lose leases by itself: that fails no trial here
parameters:
  batch_size: { value: 32 }
  lr: { values: [${rates.map((rate) => rate.toFixed(2)).join(", ")}] }
  hidden_width: { value: 16 }
  depth: { value: 1 }
  epochs: { value: ${scenario.epochs} }
  optimizer: { value: adam }
`;
}

/** One line for people: what runs, and what happens to it. */
export function describeScenario(scenario: Scenario): string {
  const { seed, workers, epochs, maxLanes, deeds } = scenario;
  const acts = deeds.map(({ at, act }) => `${at} ms ${describeAct(act)}`).join(", ");
  return `seed ${seed}: ${
    trialsOf(scenario)
  } trials of ${epochs} epochs, ${maxLanes} lanes at most, ` +
    `${workers} workers; ${acts}`;
}

/** An act in a few words. */
export function describeAct(act: Act): string {
  switch (act.kind) {
    case "killWorker":
    case "drainWorker":
      return `${act.kind} ${act.worker}`;
    case "freezeWorker":
      return `freezeWorker ${act.worker} for ${act.forMs} ms`;
    case "killServer":
      return `killServer for ${act.forMs} ms`;
    case "cutWorkers":
      return `cutWorkers (${act.how}) for ${act.forMs} ms`;
    case "repeatLease":
      return `repeatLease of pack ${act.pack}`;
    case "killCoordinator":
    case "drainCoordinator":
    case "secondCoordinator":
      return act.kind;
    default:
      return act satisfies never;
  }
}

/** Half of them shorter than a lease, half of them longer. */
function aroundLease(rng: Rng): number {
  const lease = 1000 * LEASE_SECONDS;
  return rng.below(2) === 0 ? 200 + rng.below(lease - 600) : lease + 500 + rng.below(lease);
}
