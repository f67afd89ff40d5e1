/** Which trials a sweep still has to ask for: configurations × replicates, up to the run cap. */
import type { Hyperparameters } from "../core/domain/hyperparameters.ts";
import {
  parseConfigurationId,
  parsePackId,
  parseTrialId,
  type TrialId,
} from "../core/domain/ids.ts";
import type { NewPack, NewTrial, SweepEvent } from "../core/domain/sweep_event.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";
import type { SweepSpec } from "../core/domain/sweep_spec.ts";
import { formPacks } from "./packing/form_packs.ts";
import { createSampler } from "./samplers/create_sampler.ts";

/** Trials in one journal entry at most: an entry must fit in a NATS message. */
const CHUNK = 500;

/**
 * How many trials a sweep has in the end.
 * @throws {RangeError} If the search space is infinite and there is no run cap.
 */
export function plannedTrials(spec: SweepSpec): number {
  const all = createSampler(spec).size * spec.replicates;
  const planned = Math.min(all, spec.runCap ?? Infinity);
  if (planned === Infinity) {
    throw new RangeError(`Cannot plan sweep "${spec.name}": it must have a run_cap`);
  }
  return planned;
}

/**
 * The next trials to queue, with their packs, as one entry's events; empty when all are queued.
 * Trial n is replicate n mod r of configuration ⌊n / r⌋, so a cut-off plan goes on exactly; trials
 * whose packs were cut off are packed first.
 */
export function planNextTrials(ledger: SweepLedger): readonly SweepEvent[] {
  const { spec } = ledger;
  const unpacked = ledger.trials.filter(({ pack, state }) =>
    pack === null && state.status === "queued"
  );
  if (unpacked.length > 0) return [packsQueued(ledger, unpacked)];
  const first = ledger.trials.length;
  const end = Math.min(plannedTrials(spec), first + CHUNK);
  if (first >= end) return [];
  const sampler = createSampler(spec);
  const trials: NewTrial[] = [];
  for (let n = first; n < end; n++) {
    const configuration = Math.floor(n / spec.replicates);
    trials.push({
      trial: parseTrialId(n),
      configuration: parseConfigurationId(configuration),
      replicate: n % spec.replicates,
      hyperparameters: sampler.propose(configuration),
    });
  }
  const packable = trials.map(({ trial, hyperparameters }) => ({ id: trial, hyperparameters }));
  return [{ type: "trialsQueued", trials }, packsQueued(ledger, packable)];
}

function packsQueued(
  ledger: SweepLedger,
  trials: readonly { readonly id: TrialId; readonly hyperparameters: Hyperparameters }[],
): SweepEvent {
  const packs = formPacks(trials, ledger.spec.maxLanes).map((lanes, i): NewPack => ({
    pack: parsePackId(ledger.packs.length + i),
    trials: lanes,
  }));
  return { type: "packsQueued", packs };
}
