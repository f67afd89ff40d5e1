/** The work queue, seen by workers: one lease at a time, of whichever sweep is next. */
import { type Msg, nanos, type NatsConnection } from "nats";
import { type Milliseconds, milliseconds } from "../domain/units.ts";
import { decode, DecodeError } from "../protocol/codec.ts";
import type { PackLease } from "../protocol/messages.ts";
import { packLeaseSchema } from "../protocol/pack_lease_schema.ts";
import {
  ConnectionClosedError,
  type HeldLease,
  type PackQueue,
  type Waiting,
} from "../protocol/ports.ts";
import { PACKS_CONSUMER, PACKS_STREAM } from "../protocol/subjects.ts";
import { parseAckSubject } from "./ack_subject.ts";
import { isNotFound, isTransient } from "./jetstream_errors.ts";
import { PackPulls } from "./pack_pull.ts";
import { abortable, pause } from "./waiting.ts";

/** How a queue is opened. */
export interface PackQueueOptions {
  /** Told of each message that is no lease; it is out of the queue by then. */
  readonly onPoison?: (error: DecodeError) => void;
  /** Where answers may come; `_INBOX` unless told. */
  readonly inboxPrefix?: string;
}

const RETRY_MS = 250;

/** Pulls leases from the consumer that all workers share. */
export class NatsPackQueue implements PackQueue {
  readonly #connection: NatsConnection;
  readonly #onPoison: (error: DecodeError) => void;
  readonly #pulls: PackPulls;
  #poisoned = 0;

  private constructor(connection: NatsConnection, options: PackQueueOptions) {
    this.#connection = connection;
    this.#onPoison = options.onPoison ?? (() => {});
    this.#pulls = new PackPulls(connection, options.inboxPrefix);
  }

  /** A queue over a provisioned server. */
  static open(connection: NatsConnection, options: PackQueueOptions = {}): NatsPackQueue {
    return new NatsPackQueue(connection, options);
  }

  /** How many messages were no lease. */
  get poisoned(): number {
    return this.#poisoned;
  }

  /**
   * The next lease, or null after `expiresMs` without one, also while the server is away.
   * @throws {ConnectionClosedError} If the connection is closed: nothing will ever come.
   * @throws {PackQueueUnavailableError} If the server is there, but not the queue, all that time.
   * @throws The signal's reason, if it aborts first; no lease is held then.
   */
  async next(
    options: Waiting & { readonly expiresMs: Milliseconds },
  ): Promise<HeldLease | null> {
    const { expiresMs, signal } = options;
    signal?.throwIfAborted();
    if (this.#connection.isClosed()) throw new ConnectionClosedError("pull from the pack queue");
    const deadline = performance.now() + expiresMs;
    for (;;) {
      const left = milliseconds(Math.max(1, Math.round(deadline - performance.now())));
      const outcome = await this.#pulls.one({ expiresMs: left, ...(signal && { signal }) });
      if (outcome.kind === "empty") return null;
      if (outcome.kind === "silent") {
        await abortable(this.#assertProvisioned(), signal);
        return null;
      }
      if (outcome.kind === "message") {
        const held = this.#hold(outcome.message);
        if (held !== null) return held;
      } else {
        await pause(Math.min(RETRY_MS, left), signal);
      }
      if (performance.now() < deadline) continue;
      if (outcome.kind === "message") return null;
      throw new PackQueueUnavailableError(outcome.reason);
    }
  }

  /** A server that is away will be back; one that answers without the consumer will not help. */
  async #assertProvisioned(): Promise<void> {
    try {
      const manager = await this.#connection.jetstreamManager({ checkAPI: false });
      await manager.consumers.info(PACKS_STREAM, PACKS_CONSUMER);
    } catch (error) {
      if (isNotFound(error)) throw new PackQueueUnavailableError("consumer not found");
      if (!isTransient(error)) throw error;
    }
  }

  /** The lease in a message, or null after its removal because it is none. */
  #hold(message: Msg): HeldLease | null {
    const { subject, reply = "" } = message;
    let lease: PackLease;
    try {
      lease = decode(message.data, packLeaseSchema, { subject });
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.#poisoned++;
      this.#answer(reply, "+TERM");
      this.#onPoison(error);
      return null;
    }
    return {
      lease,
      delivery: parseAckSubject(reply),
      renew: () => this.#answer(reply, "+WPI"),
      ack: () => this.#answer(reply, "+ACK"),
      nak: (delay) => this.#answer(reply, `-NAK ${JSON.stringify({ delay: nanos(delay) })}`),
    };
  }

  #answer(reply: string, text: string): void {
    // Without a connection the queue delivers again by itself; there is nothing to say it to.
    if (!this.#connection.isClosed()) this.#connection.publish(reply, text);
  }
}

/** The server answers, but has no queue to pull from. */
export class PackQueueUnavailableError extends Error {
  override readonly name = "PackQueueUnavailableError";

  constructor(reason: string) {
    super(`Cannot pull from the pack queue: the server says "${reason}"; it must be provisioned`);
  }
}
