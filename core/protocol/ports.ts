/**
 * What the roles need of the transport, as small interfaces. `core/nats/` implements them; tests
 * run against a real server.
 */
import type { SweepId, WorkerId } from "../domain/ids.ts";
import type { Delivery } from "../domain/pack.ts";
import type { JournalEntry } from "../domain/sweep_event.ts";
import type { Bytes, Instant, Milliseconds } from "../domain/units.ts";
import type { ApiError, ApiReplies, ApiRequests, ApiVerb, PackLease } from "./messages.ts";
import type { Presence } from "./presence.ts";
import type { SweepRecord } from "./sweep_record.ts";

/** An entry with its place in the journal's stream: sequences grow, with gaps. */
export interface StoredEntry {
  readonly sequence: number;
  readonly entry: JournalEntry;
}

/** Reads journals. */
export interface JournalReader {
  /** The sweeps that have a journal, in no order. */
  readonly sweeps: (options?: Waiting) => Promise<readonly SweepId[]>;
  /** The sequence of the sweep's last entry; 0 if it has none. */
  readonly lastSequence: (sweep: SweepId, options?: Waiting) => Promise<number>;
  /** How many entries each of those journals has: a number that grows tells of news cheaply. */
  readonly lengths: (options?: Waiting) => Promise<ReadonlyMap<SweepId, number>>;
  /** All entries after `after` (exclusive; 0: from the start) up to the present last one. */
  readonly read: (sweep: SweepId, options?: ReadOptions) => AsyncIterable<StoredEntry>;
  /** As `read`, then goes on with new entries until the signal aborts; then ends without a throw. */
  readonly follow: (sweep: SweepId, options?: ReadOptions) => AsyncIterable<StoredEntry>;
  /** The sweep's last entry; null if it has no journal. */
  readonly last: (sweep: SweepId, options?: Waiting) => Promise<StoredEntry | null>;
  /** Changes when the stream was created anew, so that old sequences mean nothing. */
  readonly streamEpoch: (options?: Waiting) => Promise<string>;
}

/** Writes one sweep's journal, as its only writer. */
export interface JournalWriter {
  /**
   * Appends an entry after the last one that this writer knows. Calls must not overlap.
   * A lost answer is retried under the same message id, so an entry is never written twice.
   * @throws {JournalConflictError} If somebody else has written: this writer must stop for good.
   */
  readonly append: (entry: JournalEntry, options?: Waiting) => Promise<number>;
}

/** A lease message in hand. After the lease without renewal somebody else gets it. */
export interface HeldLease {
  readonly lease: PackLease;
  readonly delivery: Delivery;
  /** Extends the queue's own deadline by a whole lease. */
  readonly renew: () => void;
  /** The attempt is over, whatever its outcome: removes the message. */
  readonly ack: () => void;
  /** Gives the message back, for delivery after a delay. */
  readonly nak: (delay: Milliseconds) => void;
}

/** The work queue, seen by workers. */
export interface PackQueue {
  /**
   * The next lease, or null after `expiresMs` without one. Poison messages are terminated inside.
   * @throws {ConnectionClosedError} If none will ever come.
   */
  readonly next: (
    options: Waiting & { readonly expiresMs: Milliseconds },
  ) => Promise<HeldLease | null>;
}

/** The work queue, seen by a coordinator. */
export interface PackPublisher {
  /** Puts a pack in the queue. `id` makes a repeated publish of the same offer harmless. */
  readonly publish: (lease: PackLease, options: Waiting & { readonly id: string }) => Promise<void>;
  /**
   * Removes the leases of a sweep from the queue, up to a place in it: unless told, that of the last
   * one that this publisher put in.
   */
  readonly purge: (
    sweep: SweepId,
    options?: Waiting & { readonly through?: number },
  ) => Promise<void>;
  /** The sweeps that have leases in the queue, and the place of the queue's last lease. */
  readonly waiting: (
    options?: Waiting,
  ) => Promise<{ readonly sweeps: readonly SweepId[]; readonly through: number }>;
}

/** Asks coordinators. */
export interface ApiClient {
  /**
   * @throws {CoordinatorAbsentError} If no coordinator serves the sweep at present.
   * @throws {ApiTimeoutError} If none answers in time.
   * @throws {ApiRefusedError} If it could not read or serve the request.
   */
  readonly request: <V extends ApiVerb>(
    verb: V,
    body: ApiRequests[V],
    options?: Waiting & { readonly timeoutMs?: Milliseconds },
  ) => Promise<ApiReplies[V]>;
}

/** A request that waits for its answer. */
export type ApiCall = {
  readonly [V in ApiVerb]: {
    readonly verb: V;
    readonly body: ApiRequests[V];
    readonly respond: (reply: ApiReplies[V] | ApiError) => void;
  };
}[ApiVerb];

/** Serves a sweep's requests. Undecodable ones are answered with an error and counted inside. */
export interface ApiServer {
  /** Ends without a throw when the signal aborts. */
  readonly calls: (options: Waiting) => AsyncIterable<ApiCall>;
}

/** Which workers live. */
export interface PresenceDirectory {
  readonly put: (presence: Presence) => Promise<void>;
  readonly remove: (worker: WorkerId) => Promise<void>;
  readonly list: (options?: Waiting) => Promise<readonly Presence[]>;
}

/** A line for each sweep, written by its coordinator. It may be old, absent or lost at any time. */
export interface SweepIndex {
  readonly put: (record: SweepRecord, options?: Waiting) => Promise<void>;
  /** @returns The record, or null if there is none that can be read. */
  readonly get: (sweep: SweepId, options?: Waiting) => Promise<SweepRecord | null>;
  readonly list: (options?: Waiting) => Promise<readonly SweepRecord[]>;
}

/** Binary files by name. */
export interface ArtifactStore {
  readonly put: (name: string, data: Uint8Array) => Promise<void>;
  /** @returns The bytes, or null if there is no such artifact. */
  readonly get: (name: string, options?: { readonly limit?: Bytes }) => Promise<Uint8Array | null>;
  readonly remove: (name: string) => Promise<void>;
}

/** What can be given up. */
export interface Waiting {
  readonly signal?: AbortSignal;
}

/** Where to read from. */
export interface ReadOptions extends Waiting {
  /** The last sequence already known. */
  readonly after?: number;
}

/** Timers as a parameter: `sleep` rejects with the signal's reason when it aborts. */
export interface Timers {
  readonly now: () => Instant;
  readonly sleep: (duration: Milliseconds, options?: Waiting) => Promise<void>;
}

/** Somebody else writes this sweep's journal. */
export class JournalConflictError extends Error {
  override readonly name = "JournalConflictError";
  readonly sweep: SweepId;

  constructor(sweep: SweepId, options?: ErrorOptions) {
    super(
      `Cannot write the journal of sweep "${sweep}": another coordinator has written it`,
      options,
    );
    this.sweep = sweep;
  }
}

/** A stream that the sweep stands on is gone from the server, or is another one by the same name. */
export class StreamLostError extends Error {
  override readonly name = "StreamLostError";
  readonly stream: string;

  constructor(stream: string, state: string, options?: ErrorOptions) {
    super(
      `Cannot go on: stream "${stream}" ${state}; the server must have the store with which the ` +
        `sweep was started`,
      options,
    );
    this.stream = stream;
  }
}

/** The connection is closed for good, as after a login that is refused by now: nothing comes back. */
export class ConnectionClosedError extends Error {
  override readonly name = "ConnectionClosedError";

  constructor(what: string) {
    super(`Cannot ${what}: the connection to the NATS server was closed for good`);
  }
}

/** No coordinator serves the sweep. */
export class CoordinatorAbsentError extends Error {
  override readonly name = "CoordinatorAbsentError";

  constructor(sweep: SweepId, options?: ErrorOptions) {
    super(`Cannot reach the coordinator of sweep "${sweep}": none is running`, options);
  }
}

/** A coordinator did not answer in time. */
export class ApiTimeoutError extends Error {
  override readonly name = "ApiTimeoutError";

  constructor(verb: ApiVerb, options?: ErrorOptions) {
    super(`Cannot complete "${verb}": the coordinator did not answer in time`, options);
  }
}

/** A coordinator could not read or serve the request. */
export class ApiRefusedError extends Error {
  override readonly name = "ApiRefusedError";
}
