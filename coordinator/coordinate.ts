/** The coordinator's loop: requests and the clock in, journal entries, answers and leases out. */
import { getLogger } from "@logtape/logtape";
import type { PackId } from "../core/domain/ids.ts";
import type { SweepEvent, Versions } from "../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../core/domain/sweep_ledger.ts";
import { isOver, type SweepOutcome } from "../core/domain/sweep.ts";
import { type Instant, type Milliseconds, milliseconds } from "../core/domain/units.ts";
import type { ApiReplies, ApiRequests, ApiVerb } from "../core/protocol/messages.ts";
import {
  type ApiCall,
  type ApiServer,
  ConnectionClosedError,
  type JournalWriter,
  type PackPublisher,
  type PresenceDirectory,
  type Timers,
} from "../core/protocol/ports.ts";
import { Farewell, FarewellOverdue, SweepOver } from "./farewell.ts";
import { createDeciders, type Deciders } from "./decisions/decide.ts";
import { decideCutOff } from "./decisions/decide_cut_off.ts";
import { decideRelease } from "./decisions/decide_release.ts";
import { JournalCommitter } from "./journal_committer.ts";
import { LastHolders } from "./last_holders.ts";
import { isFromHolder, LeaseWatch } from "./lease_watch.ts";
import type { Part } from "./packing/split_tail.ts";
import { TailWatch } from "./packing/tail_watch.ts";
import { UnpackedTrials } from "./packing/unpacked_trials.ts";
import type { ModelKeeper } from "./model_keeper.ts";
import { PackOffers } from "./pack_offers.ts";
import { exhaustion, Planner, type SearchMethods } from "./planner.ts";
import { SEARCH_METHODS } from "./search_methods.ts";
import type { SnapshotKeeper } from "./recovery/snapshot_keeper.ts";
import { Wake } from "./wake.ts";
import { NO_SLOTS, type WorkerSlots, workerSlots } from "./worker_slots.ts";

const logger = getLogger(["trawl", "coordinator"]);
/** How often leases are watched and live slots counted. */
const TICK: Milliseconds = milliseconds(500);
/** The pause between two lists of the workers, in times of how long one took, and at most. */
const LISTING_PAUSE = 10;
const MOST_TICKS_SKIPPED = 10;
/** How long expected slots count before they have said that they live. */
const STARTING: Milliseconds = milliseconds(15_000);
/** Packs in the queue for each live slot: a slot that ends one finds the next at once. */
const PACKS_PER_SLOT = 2;
/** Packs in the queue when no worker lives, so that the first one finds work at once. */
const LEAST_QUEUED = 2;

/** What a coordinator works with. */
export interface CoordinatorParts {
  readonly writer: JournalWriter;
  readonly api: ApiServer;
  readonly queue: PackPublisher;
  readonly presence: PresenceDirectory;
  readonly timers: Timers;
  /** Keeps what makes a restart short; without it a restart reads the whole journal. */
  readonly snapshots?: SnapshotKeeper;
  /** Removes models that nobody will ask for; without it all are kept. */
  readonly models?: ModelKeeper;
}

/** How a coordinator works. */
export interface CoordinatorOptions {
  /** This process's name in the journal. */
  readonly coordinator: string;
  readonly versions: Versions;
  /** Its start is in the journal already, with what was decided before it. */
  readonly hasStarted?: boolean;
  /** How long a holder may be silent. */
  readonly leaseMs: Milliseconds;
  /** Slots that are about to join: packs are shared out over them before they say so. */
  readonly expectedSlots?: number;
  /** The samplers that learn and the schedulers; Trawl's own unless told otherwise. */
  readonly methods?: SearchMethods;
  /** Ends the coordinator; the sweep stays as it is and can be resumed. */
  readonly signal: AbortSignal;
}

/**
 * Runs a sweep from where its ledger stands until it is over or the signal aborts. What was decided
 * before the abort is still journalled and answered, unless the server is away for too long: then it
 * was never answered, and is decided anew on resume.
 *
 * @returns How the sweep ended, or null if it was interrupted.
 * @throws {JournalConflictError} If another coordinator has taken the sweep over.
 * @throws {ConnectionClosedError} If requests cannot come any more.
 */
export async function coordinate(
  ledger: SweepLedger,
  parts: CoordinatorParts,
  options: CoordinatorOptions,
): Promise<SweepOutcome | null> {
  if (isOver(ledger.status)) return ledger.status;
  return await new Coordinator(ledger, parts, options).run();
}

class Coordinator {
  readonly #ledger: SweepLedger;
  readonly #parts: CoordinatorParts;
  readonly #options: CoordinatorOptions;
  readonly #deciders: Deciders;
  readonly #committer: JournalCommitter;
  readonly #leases: LeaseWatch;
  readonly #offers = new PackOffers();
  readonly #unpacked: UnpackedTrials;
  readonly #offerWake = new Wake();
  /** Aborts when the sweep is over, when it is interrupted, or when a task throws. */
  readonly #end = new AbortController();
  readonly #startedAt: Instant;
  readonly #tail: TailWatch;
  readonly #planner: Planner;
  readonly #lastHolders = new LastHolders();
  #isLeaving = false;
  #found: WorkerSlots = NO_SLOTS;

  constructor(ledger: SweepLedger, parts: CoordinatorParts, options: CoordinatorOptions) {
    this.#ledger = ledger;
    this.#parts = parts;
    this.#options = options;
    this.#planner = new Planner(ledger, options.methods ?? SEARCH_METHODS);
    this.#deciders = createDeciders(options.leaseMs, {
      coordinator: options.coordinator,
      judge: this.#planner.judge,
      partsToDetach: (pack) => this.#partsToDetach(pack),
    });
    this.#tail = new TailWatch(ledger);
    this.#committer = new JournalCommitter(parts.writer, parts.timers.now, {
      onAppended: (stored) => parts.snapshots?.observe(stored),
    });
    this.#leases = new LeaseWatch(options.leaseMs);
    this.#unpacked = new UnpackedTrials(ledger);
    this.#startedAt = parts.timers.now();
  }

  async run(): Promise<SweepOutcome | null> {
    const { coordinator, versions, hasStarted, signal } = this.#options;
    const ended = AbortSignal.any([signal, this.#end.signal]);
    if (!hasStarted) this.#record([{ type: "coordinatorStarted", coordinator, versions }]);
    this.#plan();
    this.#record(decideCutOff(this.#ledger));
    using farewell = new Farewell(ended, this.#parts.timers);
    const { snapshots, models } = this.#parts;
    const source = {
      ledger: this.#ledger,
      mark: (onReached: () => void) => this.#committer.mark(onReached),
    };
    const keeping = snapshots?.run(source, ended);
    const tidying = models?.run(source, ended);
    const tasks = [this.#serve(ended), this.#watch(ended), this.#offer(ended), keeping, tidying];
    const writing = this.#committer.run(ended, farewell.signal);
    try {
      await Promise.all([...tasks, writing]);
    } catch (error) {
      this.#end.abort(error);
      await Promise.allSettled([...tasks, writing]);
      if (!(signal.aborted && error instanceof FarewellOverdue)) throw error;
      logger.warn("{error}", { error });
      return null;
    }
    await Promise.all([snapshots?.saveLast(this.#ledger), models?.finish(this.#ledger)]);
    const { status } = this.#ledger;
    return isOver(status) ? status : null;
  }

  /** Decides what follows by itself: what is asked for, who goes on, and when the sweep is over. */
  #plan(): void {
    if (!this.#planner.isDue) return;
    for (const events of this.#planner.steps()) this.#record(events);
    if (this.#planner.takeExhaustion()) logger.info("{end}", { end: exhaustion(this.#ledger) });
  }

  /** Answers requests, each when what it decided is in the journal. */
  async #serve(signal: AbortSignal): Promise<void> {
    for await (const call of this.#parts.api.calls({ signal })) this.#answerCall(call);
    // A coordinator that nobody can reach would wait for ever.
    if (!signal.aborted) {
      throw new ConnectionClosedError(`coordinate sweep "${this.#ledger.id}"`);
    }
  }

  #answerCall(call: ApiCall): void {
    // One case for each verb: only so does the compiler know that answer and request belong.
    switch (call.verb) {
      case "claim":
        return this.#answer(call.verb, call);
      case "renew":
        return this.#answer(call.verb, call);
      case "report":
        return this.#answer(call.verb, call);
      case "checkpointed":
        return this.#answer(call.verb, call);
      case "detached":
        return this.#answer(call.verb, call);
      case "finished":
        return this.#answer(call.verb, call);
      case "failed":
        return this.#answer(call.verb, call);
      case "returned":
        return this.#answer(call.verb, call);
      case "ping":
        // At once: it says that somebody is here, not that the journal can be written.
        return call.respond(this.#deciders.ping(this.#ledger, call.body).reply);
      case "control":
        return this.#answer(call.verb, call);
      case "stopTrials":
        return this.#answer(call.verb, call);
      case "drain":
        return this.#answer(call.verb, call);
      case "retry":
        return this.#answer(call.verb, call);
      case "extend":
        return this.#answer(call.verb, call);
      case "enqueue":
        return this.#answer(call.verb, call);
      default:
        call satisfies never;
    }
  }

  #answer<V extends ApiVerb>(
    verb: V,
    call: { readonly body: ApiRequests[V]; readonly respond: (reply: ApiReplies[V]) => void },
  ): void {
    const { body } = call;
    // An answer that was decided before the end, and is sent after it, does not tell of it.
    const tellsOfEnd = isOver(this.#ledger.status) && verb !== "claim";
    const { events, reply } = this.#deciders[verb](this.#ledger, body);
    const pack = "pack" in body ? body.pack : undefined;
    if (pack !== undefined && isFromHolder(reply)) {
      this.#leases.touch(pack, this.#parts.timers.now());
    }
    this.#record(events, {
      about: pack,
      onCommitted: () => {
        call.respond(reply);
        if (pack !== undefined && tellsOfEnd) this.#lastHolders.told(pack);
      },
    });
    // At once: what is asked for counts before the last of the other trials can end the sweep.
    this.#plan();
  }

  /** Takes facts as true at once, for the next decision, and journals them. */
  #record(
    events: readonly SweepEvent[],
    { about, onCommitted = () => {} }: {
      /** The pack whose holder knows already, or is not there to be told. */
      readonly about?: PackId | undefined;
      readonly onCommitted?: () => void;
    } = {},
  ): void {
    if (events.some(({ type }) => type === "sweepEnded")) {
      this.#lastHolders.add([...this.#ledger.leasedPacks].filter((pack) => pack !== about));
    }
    for (const event of events) {
      this.#ledger.apply(event);
      this.#tail.follow(event);
      this.#planner.follow(event);
    }
    this.#committer.commit(events, () => {
      onCommitted();
      if (isOver(this.#ledger.status) && !this.#isLeaving) void this.#leave();
      if (events.length > 0) this.#offerWake.ring();
    });
  }

  /** Ends the coordinator of a sweep that is over, once those who train for it have heard so. */
  async #leave(): Promise<void> {
    this.#isLeaving = true;
    const { timers } = this.#parts;
    // By then a holder that lives has renewed.
    const withinMs = milliseconds(this.#options.leaseMs / 3 + TICK);
    const signal = AbortSignal.any([this.#options.signal, this.#end.signal]);
    await this.#lastHolders.wait({ timers, withinMs, signal });
    this.#end.abort(new SweepOver());
  }

  /** Releases packs whose holders fell silent, and counts the slots that live. */
  async #watch(signal: AbortSignal): Promise<void> {
    const { timers, presence } = this.#parts;
    let ticksToSkip = 0;
    while (!signal.aborted) {
      const now = timers.now();
      for (const id of this.#leases.expired(this.#ledger.leasedPacks, now)) {
        const pack = this.#ledger.pack(id);
        logger.warn("Pack {pack}: lease of attempt {attempt} expired", {
          pack: id,
          attempt: pack.attempts,
        });
        const cause = { kind: "leaseExpired" } as const;
        this.#record(decideRelease(this.#ledger, pack, cause), { about: id });
        this.#plan();
      }
      try {
        if (ticksToSkip > 0) ticksToSkip--;
        else {
          const workers = await presence.list({ signal });
          const { quarantine: { reasons }, interventions: { draining } } = this.#ledger;
          this.#found = workerSlots(workers, draining.union(new Set(reasons.keys())));
          // A list of many workers takes long: it is asked for a small part of the time.
          const ticks = Math.floor((timers.now() - now) * LISTING_PAUSE / TICK);
          ticksToSkip = Math.max(0, Math.min(MOST_TICKS_SKIPPED, ticks));
        }
        this.#offerWake.ring();
        await timers.sleep(TICK, { signal });
      } catch (error) {
        if (signal.aborted) return;
        // Presence only sizes the queue: without it the last count is good enough.
        logger.warn("Cannot list workers: {error}", { error });
        await timers.sleep(TICK, { signal }).catch(() => {});
      }
    }
  }

  /** Forms packs when the queue runs low: late, so that they fit the slots that live then. */
  #formPacks(): void {
    const { queuedPacks, status } = this.#ledger;
    if (status !== "running") return;
    const slots = this.#slots();
    const enough = Math.max(LEAST_QUEUED, PACKS_PER_SLOT * slots);
    // Several at a time: an entry for each would be one more for each pack.
    if (queuedPacks.size > enough / 2) return;
    const wanted = enough - queuedPacks.size;
    const packs = this.#unpacked.form({ packs: wanted, slots });
    if (packs.length > 0) this.#record([{ type: "packsQueued", packs }]);
  }

  /** In the tail only: while anything waits for a pack, an idle slot finds work by itself. */
  #partsToDetach(pack: Pack): readonly Part[] {
    // Presence is old: of the packs that were leased since then the ledger knows.
    const { live, idle } = this.#found;
    const free = Math.min(idle.count, live - this.#ledger.leasedPacks.size);
    const count = free > 0 && this.#unpacked.size === 0 ? free : 0;
    return this.#tail.partsToDetach(pack, { ...idle, count });
  }

  /** Slots to share the work out over: those that live, and at first those that are expected. */
  #slots(): number {
    const { expectedSlots = 0 } = this.#options;
    const isStarting = this.#parts.timers.now() - this.#startedAt < STARTING;
    return isStarting ? Math.max(this.#found.live, expectedSlots) : this.#found.live;
  }

  /** Publishes leases whenever the queue runs low. */
  async #offer(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#formPacks();
      await Promise.all(this.#offers.take(this.#ledger).map((id) => this.#publish(id, signal)));
      await this.#offerWake.wait(signal);
    }
  }

  async #publish(id: PackId, signal: AbortSignal): Promise<void> {
    const { attempts } = this.#ledger.pack(id);
    const lease = { v: 1, sweep: this.#ledger.id, pack: id } as const;
    const message = `${id}.${attempts}.${this.#options.coordinator}`;
    try {
      await this.#parts.queue.publish(lease, { id: message, signal });
    } catch (error) {
      if (signal.aborted) return;
      this.#offers.forget(id);
      logger.warn("Cannot offer pack {pack}: {error}", { pack: id, error });
    }
  }
}
