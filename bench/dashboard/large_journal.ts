/** Journals of large sweeps, made up fast: legal entries whose results look like training. */
import {
  parseAttempt,
  parseConfigurationId,
  parsePackId,
  parseSweepId,
  parseTrialId,
  parseWorkerId,
  type SweepId,
} from "../../core/domain/ids.ts";
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { objectiveValue } from "../../core/domain/objective.ts";
import { createRng, type Rng } from "../../core/domain/rng.ts";
import type { JournalEntry, Metrics, NewTrial, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { epoch, instant, milliseconds } from "../../core/domain/units.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";

/** What a large sweep is made of. */
export interface LargeSweep {
  readonly sweep: SweepId;
  readonly asked: number;
  /** Trials that complete; the others stay queued. A whole number of packs. */
  readonly completed: number;
  readonly reports: number;
  /** Trials trained together. */
  readonly lanes: number;
  readonly workers: number;
}

/** 100,000 trials are completed, few reports each; some more are asked for, to go on with. */
export const MANY_TRIALS: LargeSweep = {
  sweep: parseSweepId("many-trials"),
  asked: 101_600,
  completed: 100_000,
  reports: 3,
  lanes: 16,
  workers: 8,
};

/** 10,000 trials with 30 reports each; it runs. */
export const MANY_REPORTS: LargeSweep = {
  sweep: parseSweepId("many-reports"),
  asked: 10_000,
  completed: 9_600,
  reports: 30,
  lanes: 16,
  workers: 8,
};

/** Trials of one entry: a message has a limit. */
const TRIALS_AN_ENTRY = 1_000;
const STEP_MS = 40;
const STARTED_AT = Date.UTC(2026, 0, 31, 10);

/** A journal that can be continued: what is completed first, then what runs, without an end. */
export class LargeJournal {
  readonly #large: LargeSweep;
  readonly #rng: Rng;
  readonly #trials: readonly NewTrial[];
  #at = STARTED_AT;

  constructor(large: LargeSweep) {
    this.#large = large;
    this.#rng = createRng(1, "large journal", large.sweep);
    this.#trials = Array.from({ length: large.asked }, (_, index) => this.#trial(index));
  }

  /** The entries up to the last completed trial. */
  *completed(): Generator<JournalEntry> {
    const { asked, sweep, lanes, completed, workers } = this.#large;
    yield this.#entry([sweepCreated(largeSpec(), sweep)]);
    for (let from = 0; from < asked; from += TRIALS_AN_ENTRY) {
      const trials = this.#trials.slice(from, from + TRIALS_AN_ENTRY);
      yield this.#entry([{ type: "trialsQueued", trials }]);
    }
    const packs = Array.from({ length: asked / lanes }, (_, pack) => ({
      pack: parsePackId(pack),
      trials: this.#lanesOf(pack).map(({ trial }) => trial),
    }));
    for (let from = 0; from < packs.length; from += TRIALS_AN_ENTRY) {
      yield this.#entry([{
        type: "packsQueued",
        packs: packs.slice(from, from + TRIALS_AN_ENTRY),
      }]);
    }
    for (let pack = 0; pack < completed / lanes; pack += workers) {
      const held = Array.from(
        { length: Math.min(workers, completed / lanes - pack) },
        (_, index) => pack + index,
      );
      yield* this.#trained(held);
    }
  }

  /** What comes after that, an entry at a time: packs one after the other. */
  *going(): Generator<JournalEntry> {
    const { asked, lanes, completed } = this.#large;
    for (let pack = completed / lanes; pack < asked / lanes; pack++) yield* this.#trained([pack]);
  }

  *#trained(packs: readonly number[]): Generator<JournalEntry> {
    for (const pack of packs) yield this.#entry([this.#leased(pack)]);
    for (let at = 1; at <= this.#large.reports; at++) {
      const isLast = at === this.#large.reports;
      for (const pack of packs) {
        yield this.#entry([this.#reported(pack, at), ...(isLast ? this.#ended(pack) : [])]);
      }
    }
  }

  #entry(events: readonly SweepEvent[]): JournalEntry {
    this.#at += STEP_MS;
    return { v: 1, at: instant(this.#at), events };
  }

  #trial(index: number): NewTrial {
    return {
      trial: parseTrialId(index),
      configuration: parseConfigurationId(index),
      replicate: 0,
      hyperparameters: drawn(this.#rng, this.#large.reports),
    };
  }

  #lanesOf(pack: number): readonly NewTrial[] {
    const { lanes } = this.#large;
    return this.#trials.slice(pack * lanes, (pack + 1) * lanes);
  }

  #leased(pack: number): SweepEvent {
    const worker = parseWorkerId(`node-${pack % this.#large.workers}`);
    const delivery = { sequence: 1 + pack, count: 1 };
    return {
      type: "packLeased",
      pack: parsePackId(pack),
      attempt: parseAttempt(1),
      worker,
      backend: "wasm",
      delivery,
    };
  }

  #reported(pack: number, at: number): SweepEvent {
    return {
      type: "epochReported",
      pack: parsePackId(pack),
      attempt: parseAttempt(1),
      epoch: epoch(at),
      lanes: this.#lanesOf(pack).map(({ trial, hyperparameters }) => ({
        trial,
        kind: "measured",
        metrics: measured(this.#rng, hyperparameters, at),
      })),
      durationMs: milliseconds(STEP_MS),
    };
  }

  #ended(pack: number): readonly SweepEvent[] {
    return this.#lanesOf(pack).map(({ trial, hyperparameters }): SweepEvent => {
      const metrics = measured(this.#rng, hyperparameters, this.#large.reports);
      const accuracy = metrics["val_accuracy"] ?? 0;
      return {
        type: "trialCompleted",
        trial,
        pack: parsePackId(pack),
        attempt: parseAttempt(1),
        epoch: epoch(this.#large.reports),
        objective: objectiveValue(this.#rng.below(200) === 0 ? NaN : accuracy),
        metrics: { ...metrics, test_accuracy: Math.max(0, accuracy - 0.004) },
        result: null,
        model: null,
      };
    });
  }
}

function largeSpec(): Partial<SweepSpec> & SweepSpec {
  return specOf({
    name: "large",
    method: "random",
    runCap: 200_000,
    maxLanes: 16,
    parameters: [
      { name: "lr", domain: { kind: "float", scale: "log", min: 0.001, max: 0.5 } },
      { name: "weight_decay", domain: { kind: "float", scale: "linear", min: 0, max: 0.1 } },
      { name: "momentum", domain: { kind: "float", scale: "linear", min: 0, max: 0.99 } },
      { name: "hidden_width", domain: { kind: "values", values: [8, 16, 32, 64, 128] } },
      { name: "batch_size", domain: { kind: "values", values: [32, 64, 128] } },
      { name: "activation", domain: { kind: "values", values: ["relu", "sigmoid", "tanh"] } },
      { name: "epochs", domain: { kind: "values", values: [3] } },
    ],
  });
}

function drawn(rng: Rng, epochs: number): Hyperparameters {
  return {
    lr: Number((0.001 * 500 ** rng.uniform()).toPrecision(4)),
    weight_decay: Number((0.1 * rng.uniform()).toPrecision(3)),
    momentum: Number((0.99 * rng.uniform()).toPrecision(3)),
    hidden_width: [8, 16, 32, 64, 128][rng.below(5)] ?? 8,
    batch_size: [32, 64, 128][rng.below(3)] ?? 32,
    activation: ["relu", "sigmoid", "tanh"][rng.below(3)] ?? "relu",
    epochs,
  };
}

/** Better near lr 0.05 and for wide networks, saturating over epochs. */
function measured(rng: Rng, settings: Hyperparameters, at: number): Metrics {
  const distance = Math.abs(Math.log10(Number(settings["lr"]) / 0.05));
  const width = Math.log2(Number(settings["hidden_width"])) / 7;
  const ceiling = 0.99 - 0.12 * distance - 0.06 * (1 - width);
  const accuracy = Math.max(0.05, Math.min(1, ceiling * (1 - Math.exp(-0.9 * at)))) -
    0.004 * rng.uniform();
  const loss = 2.3 * Math.exp(-0.5 * at) * (1 + distance) + 0.05 + 0.3 * (1 - ceiling);
  return {
    train_loss: Number((loss * 0.9).toFixed(6)),
    val_loss: Number(loss.toFixed(6)),
    val_accuracy: Number(accuracy.toFixed(6)),
  };
}
