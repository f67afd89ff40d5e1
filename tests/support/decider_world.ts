/** A coordinator's decisions with their journal, for simulations: it can be killed and taken over. */
import { type PackId, parseAttempt, parseWorkerId } from "../../core/domain/ids.ts";
import { isOver } from "../../core/domain/sweep.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { instant, milliseconds } from "../../core/domain/units.ts";
import { decode, encode } from "../../core/protocol/codec.ts";
import { journalEntrySchema } from "../../core/protocol/journal_schema.ts";
import { sweepSnapshotSchema } from "../../core/protocol/sweep_record_schema.ts";
import type {
  ApiReplies,
  ApiRequests,
  ApiVerb,
  AttemptRef,
  EpochRecord,
  LaneDecision,
  LaneOutcome,
} from "../../core/protocol/messages.ts";
import { createDeciders, type Deciders } from "../../coordinator/decisions/decide.ts";
import { decideCutOff } from "../../coordinator/decisions/decide_cut_off.ts";
import { decideRelease } from "../../coordinator/decisions/decide_release.ts";
import { UnpackedTrials } from "../../coordinator/packing/unpacked_trials.ts";
import { Planner, type SearchMethods } from "../../coordinator/planner.ts";
import { SEARCH_METHODS } from "../../coordinator/search_methods.ts";
import { sweepCreated } from "./specs.ts";

/** What is simulated. */
export interface SimulationOptions {
  readonly spec: SweepSpec;
  readonly seed?: number;
  /** How likely a worker dies instead of training an epoch. */
  readonly deaths?: number;
  /** The coordinator is killed when its journal has so many entries. */
  readonly killAfter?: readonly number[];
  readonly methods?: SearchMethods;
}

type Grant = Extract<ApiReplies["claim"], { type: "granted" }>;

/** What a coordinator holds in memory. */
interface Mind {
  readonly ledger: SweepLedger;
  readonly planner: Planner;
  readonly unpacked: UnpackedTrials;
  readonly deciders: Deciders;
}

const LEASE = milliseconds(10_000);
/** Packs that wait for a slot at most. */
const QUEUED = 2;

/** The sweep as its coordinator has it. */
export class DeciderWorld {
  readonly #spec: SweepSpec;
  readonly #methods: SearchMethods;
  readonly #kills: Set<number>;
  readonly #entries: (readonly SweepEvent[])[] = [];
  #mind: Mind;

  constructor({ spec, methods = SEARCH_METHODS, killAfter = [] }: SimulationOptions) {
    this.#spec = spec;
    this.#methods = methods;
    this.#kills = new Set(killAfter);
    this.#mind = this.#recover();
    this.#survive(() => this.#goOn());
  }

  get entries(): readonly (readonly SweepEvent[])[] {
    return this.#entries;
  }
  get ledger(): SweepLedger {
    return this.#mind.ledger;
  }
  get isOver(): boolean {
    return isOver(this.#mind.ledger.status);
  }

  /** Claims the pack that has waited for longest; null if there is none. */
  claim(name: string): { readonly ref: AttemptRef; readonly grant: Grant } | null {
    const [pack] = this.ledger.queuedPacks;
    if (pack === undefined) return null;
    const worker = parseWorkerId(name);
    const delivery = { sequence: pack + 1, count: this.ledger.pack(pack).attempts + 1 };
    const head = { v: 1, sweep: this.ledger.id, pack, worker } as const;
    const grant = this.#ask("claim", { ...head, backend: "cpu", delivery });
    return grant.type === "granted" ? { ref: { ...head, attempt: grant.attempt }, grant } : null;
  }

  /** The decisions, or null for who is fenced. */
  report(ref: AttemptRef, epochs: readonly EpochRecord[]): readonly LaneDecision[] | null {
    const reply = this.#ask("report", { ...ref, epochs });
    return reply.type === "decided" ? reply.decisions : null;
  }

  finish(ref: AttemptRef, lanes: readonly LaneOutcome[]): void {
    this.#ask("finished", { ...ref, lanes });
  }

  /** Any other request. */
  ask<V extends ApiVerb>(verb: V, body: ApiRequests[V]): ApiReplies[V] {
    return this.#ask(verb, body);
  }

  /** The pack's holder is not heard of any more. */
  expire(pack: PackId): void {
    this.#survive(() => {
      const known = this.ledger.pack(pack);
      if (known.state.status === "leased") {
        this.#record(decideRelease(this.ledger, known, { kind: "leaseExpired" }));
      }
      this.#goOn();
    });
  }

  #ask<V extends ApiVerb>(verb: V, body: ApiRequests[V]): ApiReplies[V] {
    return this.#survive(() => {
      const { events, reply } = this.#mind.deciders[verb](this.ledger, body);
      this.#record(events);
      this.#goOn();
      return reply;
    });
  }

  /** Does it, and does it again where the coordinator was killed before it could answer. */
  #survive<T>(act: () => T): T {
    while (true) {
      try {
        return act();
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
      while (!this.#takesOver()) { /* that one was killed, too */ }
    }
  }

  #takesOver(): boolean {
    this.#mind = this.#recover();
    try {
      this.#goOn();
      if (!this.isOver) this.#record(decideCutOff(this.ledger));
      return true;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      return false;
    }
  }

  #goOn(): void {
    for (const events of this.#mind.planner.steps()) this.#record(events);
    const { ledger, unpacked } = this.#mind;
    if (ledger.status !== "running") return;
    const wanted = QUEUED - ledger.queuedPacks.size;
    const packs = wanted > 0 ? unpacked.form({ packs: wanted, slots: 1 }) : [];
    if (packs.length > 0) this.#record([{ type: "packsQueued", packs }]);
  }

  #record(events: readonly SweepEvent[]): void {
    if (events.length === 0) return;
    // As the journal has them.
    const entry = { v: 1, at: instant(0), events } as const;
    const stored = decode(encode(entry), journalEntrySchema, { subject: "simulated" }).events;
    this.#entries.push(stored);
    if (this.#kills.has(this.#entries.length)) throw new Killed();
    for (const event of events) {
      this.#mind.ledger.apply(event);
      this.#mind.planner.follow(event);
    }
  }

  /** By the journal's first half as a snapshot has it, and the rest of the journal. */
  #restored(): SweepLedger {
    const half = Math.floor(this.#entries.length / 2);
    const first = new SweepLedger(sweepCreated(this.#spec));
    for (const event of this.#entries.slice(0, half).flat()) first.apply(event);
    const at = instant(0);
    const times = { createdAt: at, updatedAt: at, endedAt: null, idleMs: milliseconds(0) };
    const document = {
      v: 1,
      sequence: 1,
      streamEpoch: "",
      times,
      ledger: first.snapshot(),
    } as const;
    const stored = decode(encode(document), sweepSnapshotSchema, { subject: "snapshot" });
    const ledger = SweepLedger.restore(stored.ledger);
    for (const event of this.#entries.slice(half).flat()) ledger.apply(event);
    return ledger;
  }

  #recover(): Mind {
    const ledger = this.#restored();
    const planner = new Planner(ledger, this.#methods);
    const unpacked = new UnpackedTrials(ledger);
    const deciders = createDeciders(LEASE, { judge: planner.judge });
    return { ledger, planner, unpacked, deciders };
  }
}

/** The coordinator is gone in the middle of something. */
class Killed extends Error {}

/** The attempt that a pack is at. */
export function attemptOf(ledger: SweepLedger, pack: PackId): AttemptRef["attempt"] {
  return parseAttempt(ledger.pack(pack).attempts);
}
