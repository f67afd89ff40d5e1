/** What must be true of any journal of a finished sweep, whatever was done to its processes. */
import type { Attempt, PackId, TrialId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { TRIAL_STATUSES, type TrialStatus } from "../../core/domain/trial.ts";
import type { StoredEntry } from "../../core/protocol/ports.ts";
import { SweepView } from "../../core/views/sweep_view.ts";

/** What the journal is compared with. */
export interface Expected {
  /** Trials that the sweep file asks for. */
  readonly trials: number;
  /** How far each of them is trained. */
  readonly epochs: number;
}

/** Everything that is wrong with the journal; empty if nothing is. */
export function journalProblems(
  entries: readonly StoredEntry[],
  expected: Expected,
): readonly string[] {
  return [...foldProblems(entries, expected), ...historyProblems(entries, expected)];
}

/** A state as text: equal states are equal texts. */
export function stateOf(
  { ledger, epochsTrained, laneSteps, workers, sequence }: SweepView,
): string {
  const { status, counts, trials, packs, queuedPacks, leasedPacks, splitPacks } = ledger;
  const ids = { queued: [...queuedPacks], leased: [...leasedPacks], split: splitPacks };
  const sums = { sequence, epochsTrained, laneSteps, workers };
  return JSON.stringify({ status, counts, trials, packs, ...ids, ...sums });
}

/** Folds entries, from the start or onto a view. */
export function fold(entries: readonly StoredEntry[], onto?: SweepView): SweepView {
  const [first, ...others] = entries;
  if (onto === undefined) {
    if (first === undefined) throw new RangeError("Cannot fold a journal: it is empty");
    return fold(others, new SweepView(first));
  }
  for (const entry of entries) onto.apply(entry);
  return onto;
}

function foldProblems(entries: readonly StoredEntry[], expected: Expected): readonly string[] {
  const problems: string[] = [];
  const [first, ...others] = entries;
  if (first === undefined) return ["the journal is empty"];
  try {
    const view = new SweepView(first);
    problems.push(...countProblems(view));
    for (const entry of others) {
      view.apply(entry);
      problems.push(...countProblems(view));
    }
    const { status, counts } = view.ledger;
    if (status !== "completed") problems.push(`the sweep is ${status}`);
    if (counts.asked !== expected.trials) {
      problems.push(`${counts.asked} trials were asked for instead of ${expected.trials}`);
    }
    if (counts.completed !== counts.asked) problems.push(`counts are ${JSON.stringify(counts)}`);
    if (stateOf(fold(entries)) !== stateOf(view)) problems.push("two folds differ");
  } catch (error) {
    problems.push(`the journal does not fold: ${error instanceof Error ? error.message : error}`);
  }
  return problems;
}

/** The ledger's counts against a count of its own trials. */
function countProblems({ ledger, sequence }: SweepView): readonly string[] {
  const { asked, ...counts } = ledger.counts;
  const sum = Object.values(counts).reduce((total, count) => total + count, 0);
  const problems = asked === sum ? [] : [`at ${sequence}: ${asked} asked, ${sum} accounted for`];
  const seen = new Map<TrialStatus, number>();
  for (const { state: { status } } of ledger.trials) seen.set(status, (seen.get(status) ?? 0) + 1);
  for (const status of TRIAL_STATUSES) {
    const found = seen.get(status) ?? 0;
    if (found !== counts[status]) {
      problems.push(`at ${sequence}: ${counts[status]} trials counted as ${status}, ${found} are`);
    }
  }
  return problems;
}

/** Judges events by what came before them, without the ledger's own rules. */
function historyProblems(entries: readonly StoredEntry[], expected: Expected): readonly string[] {
  const problems: string[] = [];
  const history = new History(expected);
  for (const { sequence, entry } of entries) {
    for (const event of entry.events) {
      const problem = history.judge(event);
      if (problem !== null) problems.push(`at ${sequence}: ${problem}`);
    }
  }
  return [...problems, ...history.missing()];
}

class History {
  readonly #expected: Expected;
  /** The attempt that may speak; null when it was released. */
  readonly #holders = new Map<PackId, Attempt | null>();
  readonly #attempts = new Map<PackId, Attempt>();
  /** The last report of each trial: a new attempt begins at a checkpoint, which lies before it. */
  readonly #reports = new Map<TrialId, { readonly attempt: Attempt; readonly epoch: number }>();
  readonly #completed = new Map<TrialId, number>();
  #isOver = false;

  constructor(expected: Expected) {
    this.#expected = expected;
  }

  /** What is wrong with the next event, or null. */
  judge(event: SweepEvent): string | null {
    if (this.#isOver && event.type !== "lateMessageRejected") {
      return `${event.type} after the sweep's end`;
    }
    switch (event.type) {
      case "packLeased":
        return this.#lease(event);
      case "packReleased":
      case "packSplit":
        return this.#release(event);
      case "checkpointStored":
      case "lanesDetached":
        return this.#speaker(event);
      case "epochReported":
        return this.#speaker(event) ?? this.#report(event);
      case "trialCompleted":
        return this.#speaker(event) ?? this.#complete(event);
      case "trialFailed":
      case "trialCancelled":
        return `${event.type} of trial ${event.trial}`;
      case "sweepEnded":
        this.#isOver = true;
        return null;
      default:
        return null;
    }
  }

  /** Trials without a result. */
  missing(): readonly string[] {
    const all = Array.from({ length: this.#expected.trials }, (_, trial) => trial as TrialId);
    return all.filter((trial) => !this.#completed.has(trial))
      .map((trial) => `trial ${trial} was never completed`);
  }

  #lease({ pack, attempt }: Extract<SweepEvent, { type: "packLeased" }>): string | null {
    const last = this.#attempts.get(pack) ?? 0;
    const holder = this.#holders.get(pack) ?? null;
    this.#attempts.set(pack, attempt);
    this.#holders.set(pack, attempt);
    if (holder !== null) return `pack ${pack} was leased while attempt ${holder} held it`;
    return attempt === last + 1 ? null : `pack ${pack}: attempt ${attempt} after ${last}`;
  }

  #release(event: Extract<SweepEvent, { type: "packReleased" | "packSplit" }>): string | null {
    const problem = this.#speaker(event);
    this.#holders.set(event.pack, null);
    return problem;
  }

  #speaker(
    { type, pack, attempt }: { readonly type: string; readonly pack: PackId; attempt: Attempt },
  ): string | null {
    const holder = this.#holders.get(pack) ?? null;
    return holder === attempt
      ? null
      : `${type} of attempt ${attempt} of pack ${pack}, which ${holder ?? "nobody"} holds`;
  }

  #report(event: Extract<SweepEvent, { type: "epochReported" }>): string | null {
    const { attempt, epoch, lanes } = event;
    for (const { trial } of lanes) {
      const last = this.#reports.get(trial);
      this.#reports.set(trial, { attempt, epoch });
      if (last?.attempt === attempt && epoch <= last.epoch) {
        return `trial ${trial} reported epoch ${epoch} after ${last.epoch}`;
      }
    }
    return null;
  }

  #complete({ trial, epoch }: Extract<SweepEvent, { type: "trialCompleted" }>): string | null {
    const times = (this.#completed.get(trial) ?? 0) + 1;
    this.#completed.set(trial, times);
    if (times > 1) return `trial ${trial} was completed ${times} times`;
    const { epochs } = this.#expected;
    return epoch === epochs ? null : `trial ${trial} ended at epoch ${epoch} of ${epochs}`;
  }
}
