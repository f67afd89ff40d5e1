/**
 * Which trials a sweep still has to ask for: configurations × replicates, up to the run cap. A race
 * begins so, and then asks for what its last round decided.
 */
import { isAllowedIn } from "../core/domain/constraints.ts";
import { canonicalText, type Hyperparameters } from "../core/domain/hyperparameters.ts";
import {
  type ConfigurationId,
  parseConfigurationId,
  parseTrialId,
  type TrialId,
} from "../core/domain/ids.ts";
import { proposedOf } from "../core/domain/ledger_trial.ts";
import type { ProposalNote } from "../core/domain/observation.ts";
import { countPoints } from "../core/domain/space_points.ts";
import type { NewTrial, SweepEvent } from "../core/domain/sweep_event.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";
import { isAdaptive, MAX_TRIALS, type SweepSpec } from "../core/domain/sweep_spec.ts";
import type { PlacedTrial } from "./decisions/trial_judge.ts";
import { createSampler } from "./samplers/create_sampler.ts";

/** Trials in one journal entry at most: an entry must fit in a NATS message. */
const CHUNK = 500;

/** A random sweep that races begins with two configurations at least. */
const LEAST_CONFIGURATIONS = 2;

/**
 * How many trials a sweep has in the end; a race, how many in its first round.
 * @throws {RangeError} If the search space is infinite and there is no run cap.
 */
export function plannedTrials(spec: SweepSpec): number {
  const all = configurationsOf(spec) * spec.replicates;
  const planned = Math.min(all, spec.runCap ?? Infinity);
  if (planned === Infinity) {
    throw new RangeError(`Cannot plan sweep "${spec.name}": it must have a run_cap`);
  }
  return planned;
}

/**
 * How many configurations a sweep has. One that draws them without end begins a race with half of
 * its run cap, so that the other half is left to race with.
 */
export function configurationsOf(spec: SweepSpec): number {
  const { parameters, constraints = [], method, racing, runCap, replicates } = spec;
  const size = countPoints(parameters, constraints.length === 0 ? null : isAllowedIn(spec));
  if (racing === undefined || method === "grid" || runCap === null) return size;
  return Math.min(size, Math.max(LEAST_CONFIGURATIONS, Math.floor(runCap / 2 / replicates)));
}

/**
 * The trials that are still to be queued, an entry's events at a time. First the replicates that the
 * known configurations lack, then new configurations, each with all its replicates. What comes next
 * depends on the trials asked for so far and on the specification alone: a plan that is cut off
 * anywhere goes on exactly, and after an extension only what is new is asked for.
 *
 * Every trial of the ledger is looked at once, at the start.
 */
export function* planTrials(
  ledger: SweepLedger,
  { chunk = CHUNK, place = () => ({}) }: {
    readonly chunk?: number;
    /** Where the trial with this number begins. */
    readonly place?: (trial: TrialId) => PlacedTrial;
  } = {},
): Generator<readonly SweepEvent[], void, void> {
  const { spec } = ledger;
  // A race asks for more than it begins with, and decides itself how much.
  const end = spec.racing === undefined ? lastTrial(spec) : spec.runCap ?? Infinity;
  let next = ledger.trials.length;
  if (next >= end) return;
  let trials: NewTrial[] = [];
  for (const lacking of lackingTrials(ledger)) {
    const trial = parseTrialId(next++);
    trials.push({ trial, ...lacking, ...place(trial) });
    if (trials.length === chunk || next === end) {
      yield [{ type: "trialsQueued", trials }];
      trials = [];
    }
    if (next === end) return;
  }
  // A space of ranges may turn out to have no room for as many as the run cap admits.
  if (trials.length > 0) yield [{ type: "trialsQueued", trials }];
}

/** Trials at most. What somebody asked for by hand may stand beside those of a finite space. */
function lastTrial(spec: SweepSpec): number {
  plannedTrials(spec);
  return Math.min(spec.runCap ?? MAX_TRIALS, MAX_TRIALS);
}

/** A configuration as the ledger knows it. */
interface Known {
  readonly configuration: ConfigurationId;
  readonly hyperparameters: Hyperparameters;
  readonly proposal: ProposalNote | undefined;
  /** Replicates asked for: always the first ones. */
  replicates: number;
}

type LackingTrial = Omit<NewTrial, "trial">;

function* lackingTrials(ledger: SweepLedger): Generator<LackingTrial, void, void> {
  const { spec, race } = ledger;
  const raised = new Set(race.raised);
  const known = knownConfigurations(ledger);
  for (const { configuration, hyperparameters, proposal, replicates } of known) {
    const wanted = raised.has(configuration)
      ? Math.max(spec.replicates, race.replicates)
      : spec.replicates;
    for (let replicate = replicates; replicate < wanted; replicate++) {
      yield { configuration, replicate, hyperparameters, ...noted(proposal) };
    }
  }
  // One that learns asks for new ones itself, as it learns.
  if (isAdaptive(spec.method)) return;
  const most = spec.racing === undefined ? Infinity : configurationsOf(spec);
  if (known.length >= most) return;
  const asked = new Set(known.map(({ hyperparameters }) => canonicalText(hyperparameters)));
  let id = known.length;
  for (const hyperparameters of createSampler(spec).fresh(asked)) {
    if (id >= most) return;
    const configuration = parseConfigurationId(id++);
    for (let replicate = 0; replicate < spec.replicates; replicate++) {
      yield { configuration, replicate, hyperparameters, ...noted(noteOf(spec)) };
    }
  }
}

/** A grid's place says everything. */
function noteOf({ method }: SweepSpec): ProposalNote | undefined {
  return method === "grid" ? undefined : { sampler: method, facts: {} };
}

function noted(proposal: ProposalNote | undefined): Pick<NewTrial, "proposal"> {
  return proposal === undefined ? {} : { proposal };
}

/** Every configuration that was asked for, by its id. */
function knownConfigurations({ trials }: SweepLedger): readonly Known[] {
  const known: Known[] = [];
  for (const trial of trials) {
    const { configuration, proposal } = trial;
    const one = known[configuration];
    if (one === undefined) {
      const hyperparameters = proposedOf(trial);
      known[configuration] = { configuration, hyperparameters, proposal, replicates: 1 };
    } else one.replicates++;
  }
  return known;
}
