/** Whole races without workers, for tests: a formula gives each trial's result. */
import { parseAttempt, parsePackId, parseWorkerId, type TrialId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { SweepLedger, type Trial } from "../../core/domain/sweep_ledger.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { epoch } from "../../core/domain/units.ts";
import { specOf, sweepCreated } from "./specs.ts";
import { Planner } from "../../coordinator/planner.ts";
import { SEARCH_METHODS } from "../../coordinator/search_methods.ts";

/** What becomes of a trial. */
export type Fate = number | "diverged" | "failed";

const WORKER = parseWorkerId("w");

/** A race of so many configurations. */
export function raceOf(configurations: number, change: Partial<SweepSpec> = {}): SweepSpec {
  const values = Array.from({ length: configurations }, (_, i) => (i + 1) / 1000);
  const parameters = [{ name: "lr", domain: { kind: "values", values } as const }];
  return specOf({ replicates: 3, racing: { max: 20 }, parameters, ...change });
}

/** The ledger of a race that was just created. */
export function newRace(spec: SweepSpec): SweepLedger {
  return new SweepLedger(sweepCreated(spec));
}

/** Takes what is to be asked for now; returns the events. */
export function advance(ledger: SweepLedger): readonly SweepEvent[] {
  const taken: SweepEvent[] = [];
  // Anew each time, as a coordinator that has just taken over.
  const planner = new Planner(ledger, SEARCH_METHODS);
  for (const events of planner.steps()) {
    for (const event of events) {
      ledger.apply(event);
      planner.follow(event);
    }
    taken.push(...events);
  }
  return taken;
}

/** Ends all trials that are queued, as the formula says. */
export function settle(ledger: SweepLedger, fateOf: (trial: Trial) => Fate): void {
  const queued = ledger.trials.filter(({ state }) => state.status === "queued");
  if (queued.length === 0) return;
  const pack = parsePackId(ledger.packs.length);
  const trials = queued.map(({ id }) => id);
  ledger.apply({ type: "packsQueued", packs: [{ pack, trials }] });
  const attempt = parseAttempt(1);
  ledger.apply({
    type: "packLeased",
    pack,
    attempt,
    worker: WORKER,
    backend: "cpu",
    delivery: { sequence: pack + 1, count: 1 },
  });
  for (const trial of queued) ledger.apply(endOf(trial.id, fateOf(trial), { pack, attempt }));
}

function endOf(
  trial: TrialId,
  fate: Fate,
  at: Pick<Extract<SweepEvent, { type: "trialCompleted" }>, "pack" | "attempt">,
): SweepEvent {
  if (fate === "failed") {
    return { type: "trialFailed", trial, reason: { kind: "exception", message: "x" } };
  }
  const objective = fate === "diverged"
    ? { kind: "diverged" } as const
    : { kind: "finite", value: fate } as const;
  return {
    type: "trialCompleted",
    trial,
    ...at,
    epoch: epoch(2),
    objective,
    metrics: {},
    result: null,
    model: null,
  };
}

/** Runs a race to its end. */
export function runRace(ledger: SweepLedger, fateOf: (trial: Trial) => Fate): SweepLedger {
  while (ledger.status === "running") {
    settle(ledger, fateOf);
    advance(ledger);
  }
  return ledger;
}
