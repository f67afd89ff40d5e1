/** Every attempt at a pack: who trained it when, in which slot, and how that ended. */
import type { PackId, TrialId, WorkerId } from "../../core/domain/ids.ts";
import type { JournalEntry, ReleaseCause, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { Instant } from "../../core/domain/units.ts";
import type { AttemptOutcome } from "../client/timeline/timeline_model.ts";

/** One attempt. */
export interface PackAttempt {
  readonly pack: PackId;
  readonly attempt: number;
  readonly worker: WorkerId;
  /** Which of the worker's packs of that moment it was, from 0: the least number that was free. */
  readonly slot: number;
  readonly backend: string;
  /** Trials that it began with. */
  readonly lanes: number;
  /** How many times the lease was delivered, from 1. */
  readonly delivery: number;
  readonly startedAt: Instant;
  /** The last report; the start where there was none. */
  readonly heardAt: Instant;
  /** Null: it goes on. */
  readonly endedAt: Instant | null;
  readonly outcome: AttemptOutcome;
  /** Why it ended, where somebody said so. */
  readonly message: string | null;
}

/** What is known of an attempt that goes on. */
interface Open {
  /** Its place among all. */
  readonly index: number;
  readonly trials: readonly TrialId[];
  heardAt: Instant;
  results: number;
  failures: number;
  departures: number;
}

interface Ending {
  readonly at: Instant;
  readonly outcome: AttemptOutcome;
  readonly message: string | null;
}

/** What is known beside an entry's events. */
interface Moment {
  /** The entry's time, never before that of the one before. */
  readonly at: Instant;
  /** With the entry folded. */
  readonly ledger: SweepLedger;
}

/** The attempts of a journal. */
export class PackAttempts {
  readonly #all: PackAttempt[] = [];
  readonly #open = new Map<PackId, Open>();
  readonly #packOf = new Map<TrialId, PackId>();
  readonly #slots = new Map<WorkerId, Set<number>>();

  /** In the order of their starts. What goes on was heard of as late as is known. */
  get all(): readonly PackAttempt[] {
    for (const { index, heardAt } of this.#open.values()) this.#replace(index, { heardAt });
    return this.#all;
  }

  /** Takes an entry in. */
  apply({ events }: Pick<JournalEntry, "events">, now: Moment): void {
    const { at, ledger } = now;
    let mayEnd = false;
    for (const event of events) {
      if (event.type === "epochReported") {
        const open = this.#open.get(event.pack);
        if (open !== undefined) open.heardAt = at;
      } else {
        this.#take(event, now);
        mayEnd = true;
      }
    }
    if (!mayEnd) return;
    // A pack ends with its last trial: no event says so, and few are open at a time.
    for (const [pack, open] of this.#open) {
      if (ledger.pack(pack).state.status !== "over") continue;
      this.#close(pack, { at, outcome: outcomeOf(open), message: null });
    }
  }

  #take(event: SweepEvent, now: Moment): void {
    const { at, ledger } = now;
    switch (event.type) {
      case "packLeased":
        return this.#begin(event, now);
      case "packReleased":
        return this.#close(event.pack, { at, ...releaseOf(event.cause) });
      case "packSplit":
        return this.#close(event.pack, { at, outcome: "split", message: event.message });
      case "lanesDetached":
        return this.#count(event.pack, "departures");
      case "trialCompleted":
      case "trialPaused":
        return this.#count(event.pack, "results");
      case "trialFailed":
        return this.#count(this.#packOf.get(event.trial), "failures");
      case "sweepEnded":
        for (const pack of [...this.#open.keys()]) {
          if (ledger.pack(pack).state.status === "over") continue;
          this.#close(pack, { at, outcome: "stopped", message: "the sweep ended" });
        }
        return;
      default:
        return;
    }
  }

  #begin(event: Extract<SweepEvent, { type: "packLeased" }>, { at, ledger }: Moment): void {
    const { pack, attempt, worker, backend, delivery } = event;
    const trials = ledger.liveTrials(pack);
    const open = { trials, heardAt: at, results: 0, failures: 0, departures: 0 };
    this.#open.set(pack, { ...open, index: this.#all.length });
    for (const trial of trials) this.#packOf.set(trial, pack);
    this.#all.push({
      pack,
      attempt,
      worker,
      slot: this.#takeSlot(worker),
      backend,
      lanes: trials.length,
      delivery: delivery.count,
      startedAt: at,
      heardAt: at,
      endedAt: null,
      outcome: "running",
      message: null,
    });
  }

  #takeSlot(worker: WorkerId): number {
    const taken = this.#slots.get(worker) ?? new Set();
    this.#slots.set(worker, taken);
    let slot = 0;
    while (taken.has(slot)) slot++;
    taken.add(slot);
    return slot;
  }

  #count(pack: PackId | undefined, what: "results" | "failures" | "departures"): void {
    const open = pack === undefined ? undefined : this.#open.get(pack);
    if (open !== undefined) open[what]++;
  }

  #close(pack: PackId, { at, outcome, message }: Ending): void {
    const open = this.#open.get(pack);
    const known = open && this.#all[open.index];
    if (open === undefined || known === undefined) return;
    this.#open.delete(pack);
    for (const trial of open.trials) {
      if (this.#packOf.get(trial) === pack) this.#packOf.delete(trial);
    }
    this.#slots.get(known.worker)?.delete(known.slot);
    this.#replace(open.index, { heardAt: open.heardAt, endedAt: at, outcome, message });
  }

  #replace(index: number, change: Partial<PackAttempt>): void {
    const known = this.#all[index];
    if (known !== undefined) this.#all[index] = { ...known, ...change };
  }
}

/** A pack that is over: by results, by failures, by lanes that left, or because nobody wants it. */
function outcomeOf({ results, failures, departures }: Open): AttemptOutcome {
  if (results > 0) return "completed";
  if (failures > 0) return "failed";
  return departures > 0 ? "split" : "stopped";
}

function releaseOf(cause: ReleaseCause): Omit<Ending, "at"> {
  switch (cause.kind) {
    case "leaseExpired":
      return { outcome: "lost", message: "the lease expired" };
    case "returned":
      return { outcome: "returned", message: cause.message };
    case "failed":
      return { outcome: "failed", message: `${cause.reason.kind}: ${cause.reason.message}` };
    default:
      return cause satisfies never;
  }
}
