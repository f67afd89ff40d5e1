/**
 * Asks for the trials of a sweep whose sampler learns, wave by wave. A wave is a batch of
 * configurations that are proposed together, so that they can train in one pack. Wave w is asked for
 * when nothing of the waves up to w − 2 is queued or runs; what came of those is its evidence, and
 * wave w − 1 is told as pending, whatever is known of it by then. So one wave trains while the next is
 * proposed, and yet what is proposed does not depend on how many workers there are or how fast.
 */
import {
  type ConfigurationId,
  parseConfigurationId,
  parseTrialId,
  type TrialId,
} from "../../core/domain/ids.ts";
import type { NewTrial, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger, Trial } from "../../core/domain/sweep_ledger.ts";
import { isAdaptive, MAX_TRIALS, type SweepSpec } from "../../core/domain/sweep_spec.ts";
import type { PlacedTrial } from "../decisions/trial_judge.ts";
import { configurationsOf } from "../plan_trials.ts";
import type { AdaptiveSampler } from "../samplers/adaptive_sampler.ts";
import { touchedTrials } from "../touched_trials.ts";
import { isInSpace } from "./is_in_space.ts";
import { isSettled, observationOf, pendingObservation } from "./observations.ts";

/** Configurations in a wave unless the sweep says otherwise. */
export const DEFAULT_BATCH = 8;
/** Trials in one event at most: an entry must fit in a NATS message. */
const CHUNK = 250;

/** Makes the sampler that a sweep asks for. */
export type AdaptiveFactory = (spec: SweepSpec) => AdaptiveSampler;

/** What an asker needs. */
export interface WaveAskerOptions {
  readonly createSampler: AdaptiveFactory;
  /** Where the trial with this number begins. */
  readonly place: (trial: TrialId) => PlacedTrial;
}

/** The waves of one sweep. All that it knows can be read off the ledger again. */
export class WaveAsker {
  readonly #ledger: SweepLedger;
  readonly #options: WaveAskerOptions;
  readonly #touched = new Set<TrialId>();
  /** The trials of each configuration, by its id. */
  readonly #trials: TrialId[][] = [];
  readonly #unsettled = new Set<TrialId>();
  /** Configurations of which the sampler does not know what the ledger does. */
  readonly #news = new Set<ConfigurationId>();
  readonly #pending = new Set<ConfigurationId>();
  #sampler: AdaptiveSampler | null = null;
  #isExhausted = false;
  /** Configurations at most; null before they were counted. */
  #most: number | null = null;

  constructor(ledger: SweepLedger, options: WaveAskerOptions) {
    this.#ledger = ledger;
    this.#options = options;
    if (!isAdaptive(ledger.spec.method)) return;
    for (const { id } of ledger.trials) this.#touched.add(id);
  }

  /** Takes a fact in that the ledger has already. */
  follow(event: SweepEvent): void {
    if (!isAdaptive(this.#ledger.spec.method)) return;
    if (event.type === "sweepExtended") this.#forget();
    else for (const trial of touchedTrials(this.#ledger, event)) this.#touched.add(trial);
  }

  /** Whether the sampler has found no further configuration in the space. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  /** The next wave, or what is lacking of one; null if it is not its time, or all is asked for. */
  next(): readonly SweepEvent[] | null {
    const { spec } = this.#ledger;
    if (!isAdaptive(spec.method) || this.#isExhausted) return null;
    this.#takeIn();
    const { batch = DEFAULT_BATCH } = spec;
    const wave = Math.floor(this.#trials.length / batch);
    this.#most ??= configurationsOf(spec);
    const end = Math.min((wave + 1) * batch, this.#most);
    if (this.#room() <= 0 || this.#trials.length >= end || !this.#isTimeFor(wave, batch)) {
      return null;
    }
    const sampler = this.#tell(wave, batch);
    const trials: NewTrial[] = [];
    for (let n = this.#trials.length; n < end && trials.length < this.#room(); n++) {
      const configuration = parseConfigurationId(n);
      const proposal = sampler.propose(configuration);
      if (proposal === null) {
        this.#isExhausted = true;
        break;
      }
      const { hyperparameters, note } = proposal;
      sampler.observe({ configuration, hyperparameters, outcome: { kind: "pending" } });
      this.#pending.add(configuration);
      for (let replicate = 0; replicate < spec.replicates; replicate++) {
        if (trials.length >= this.#room()) break;
        const trial = parseTrialId(this.#ledger.trials.length + trials.length);
        const placed = this.#options.place(trial);
        trials.push({
          trial,
          configuration,
          replicate,
          hyperparameters,
          proposal: note,
          ...placed,
        });
      }
    }
    return trials.length === 0 ? null : chunked(trials);
  }

  /** What was asked for by an older specification tells a new sampler all there is. */
  #forget(): void {
    this.#sampler = null;
    this.#most = null;
    this.#isExhausted = false;
    this.#pending.clear();
    for (const { id } of this.#ledger.trials) this.#touched.add(id);
  }

  #takeIn(): void {
    for (const id of this.#touched) {
      const trial = this.#ledger.trial(id);
      const known = this.#trials[trial.configuration] ??= [];
      if (!known.includes(id)) known.push(id);
      if (isSettled(trial)) this.#unsettled.delete(id);
      else this.#unsettled.add(id);
      this.#news.add(trial.configuration);
    }
    this.#touched.clear();
  }

  #room(): number {
    const { spec, trials } = this.#ledger;
    return Math.min(spec.runCap ?? Infinity, MAX_TRIALS) - trials.length;
  }

  #isTimeFor(wave: number, batch: number): boolean {
    for (const id of this.#unsettled) {
      if (waveOf(this.#ledger.trial(id), batch) <= wave - 2) return false;
    }
    return true;
  }

  /** Tells the sampler the evidence of this wave. */
  #tell(wave: number, batch: number): AdaptiveSampler {
    const { spec } = this.#ledger;
    const sampler = this.#sampler ??= this.#options.createSampler(spec);
    for (const configuration of this.#news) {
      const trials = (this.#trials[configuration] ?? []).map((id) => this.#ledger.trial(id));
      const [first] = trials;
      if (first === undefined || !isInSpace(spec.parameters, first.hyperparameters)) {
        this.#news.delete(configuration);
        continue;
      }
      const isEvidence = waveOf(first, batch) <= wave - 2;
      if (!isEvidence && this.#pending.has(configuration)) continue;
      const observation = isEvidence ? observationOf(trials, spec) : pendingObservation(trials);
      if (observation !== null) sampler.observe(observation);
      if (isEvidence) this.#news.delete(configuration);
      else this.#pending.add(configuration);
    }
    return sampler;
  }
}

function waveOf({ configuration }: Trial, batch: number): number {
  return Math.floor(configuration / batch);
}

function chunked(trials: readonly NewTrial[]): readonly SweepEvent[] {
  const events: SweepEvent[] = [];
  for (let from = 0; from < trials.length; from += CHUNK) {
    events.push({ type: "trialsQueued", trials: trials.slice(from, from + CHUNK) });
  }
  return events;
}
