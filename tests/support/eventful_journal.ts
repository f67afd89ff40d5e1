/** A journal in which attempts at packs end in every way, at times that are easy to reckon with. */
import {
  parseAttempt,
  parseConfigurationId,
  parsePackId,
  parseSweepId,
  parseTrialId,
  parseWorkerId,
  type SweepId,
} from "../../core/domain/ids.ts";
import { objectiveValue } from "../../core/domain/objective.ts";
import type { JournalEntry, ReleaseCause, SweepEvent } from "../../core/domain/sweep_event.ts";
import { epoch, instant, milliseconds } from "../../core/domain/units.ts";
import { specOf, sweepCreated } from "./specs.ts";

/** The sweep of the journal. */
export const EVENTFUL_SWEEP: SweepId = parseSweepId("eventful-1");
/** What a worker says that means harm. */
export const HOSTILE_MESSAGE = `</title><img src=x onerror="alert(1)">\u202egnol`;

/** An entry with some events, some seconds after a start. */
export function entryAt(seconds: number, events: readonly SweepEvent[], startAt = 0): JournalEntry {
  return { v: 1, at: instant(startAt + 1000 * seconds), events };
}

/** The first entry: `trials` trials in packs of `lanes`. */
export function planned(trials: number, lanes: number): readonly SweepEvent[] {
  const ids = Array.from({ length: trials }, (_, index) => parseTrialId(index));
  return [
    sweepCreated(specOf(), EVENTFUL_SWEEP),
    {
      type: "trialsQueued",
      trials: ids.map((trial) => ({
        trial,
        configuration: parseConfigurationId(trial),
        replicate: 0,
        hyperparameters: { lr: 0.05, hidden_width: 8, batch_size: 32, epochs: 2 },
      })),
    },
    {
      type: "packsQueued",
      packs: Array.from({ length: Math.ceil(trials / lanes) }, (_, pack) => ({
        pack: parsePackId(pack),
        trials: ids.slice(pack * lanes, (pack + 1) * lanes),
      })),
    },
  ];
}

/** A claim. */
export function leased(pack: number, attempt: number, worker: string): SweepEvent {
  return {
    type: "packLeased",
    pack: parsePackId(pack),
    attempt: parseAttempt(attempt),
    worker: parseWorkerId(worker),
    backend: "wasm",
    delivery: { sequence: 1 + pack, count: attempt },
  };
}

/** A result. */
export function completed(trial: number, pack: number, attempt: number): SweepEvent {
  return {
    type: "trialCompleted",
    trial: parseTrialId(trial),
    pack: parsePackId(pack),
    attempt: parseAttempt(attempt),
    epoch: epoch(2),
    objective: objectiveValue(0.5),
    metrics: { val_accuracy: 0.5 },
    result: null,
    model: null,
  };
}

function released(pack: number, attempt: number, cause: ReleaseCause): SweepEvent {
  return {
    type: "packReleased",
    pack: parsePackId(pack),
    attempt: parseAttempt(attempt),
    cause,
  };
}

function reported(pack: number, attempt: number, trials: readonly number[]): SweepEvent {
  return {
    type: "epochReported",
    pack: parsePackId(pack),
    attempt: parseAttempt(attempt),
    epoch: epoch(1),
    lanes: trials.map((trial) => ({
      trial: parseTrialId(trial),
      kind: "measured",
      metrics: { val_accuracy: 0.4 },
    })),
    durationMs: milliseconds(1000),
  };
}

/**
 * Two workers, five packs of two trials, each attempt ended in another way. Worker alder has two
 * slots; birch comes after 20 s; pack 1 goes on at the end, after 100 s.
 */
export function eventfulJournal(startAt = 0): readonly JournalEntry[] {
  const failure = { kind: "exception", message: HOSTILE_MESSAGE } as const;
  const outOfMemory = { kind: "outOfMemory", message: "2,048 MiB" } as const;
  const steps: readonly (readonly [number, readonly SweepEvent[]])[] = [
    [0, planned(10, 2)],
    [10, [leased(0, 1, "alder-1"), leased(1, 1, "alder-1")]],
    [15, [reported(1, 1, [2, 3])]],
    [20, [leased(2, 1, "birch-2")]],
    [30, [completed(0, 0, 1)]],
    [40, [completed(1, 0, 1), released(1, 1, { kind: "leaseExpired" })]],
    [50, [released(2, 1, { kind: "returned", message: "drains" })]],
    [55, [leased(2, 2, "birch-2")]],
    [60, [released(2, 2, { kind: "failed", reason: failure }), leased(3, 1, "alder-1")]],
    [70, [{
      type: "packSplit",
      pack: parsePackId(3),
      attempt: parseAttempt(1),
      message: "did not fit",
      into: [6, 7].map((trial, index) => ({
        pack: parsePackId(5 + index),
        trials: [parseTrialId(trial)],
      })),
    }]],
    [71, [leased(4, 1, "birch-2")]],
    [
      80,
      [8, 9].map((trial): SweepEvent => ({
        type: "trialCancelled",
        trial: parseTrialId(trial),
      })),
    ],
    [81, [leased(5, 1, "birch-2")]],
    [85, [{ type: "trialFailed", trial: parseTrialId(6), reason: outOfMemory }]],
    [90, [leased(1, 2, "alder-1")]],
    [100, [reported(1, 2, [2, 3])]],
  ];
  return steps.map(([seconds, events]) => entryAt(seconds, events, startAt));
}
