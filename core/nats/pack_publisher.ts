/** The work queue, seen by a coordinator: puts packs in, takes a sweep's packs out. */
import type { JetStreamClient, JetStreamManager, NatsConnection } from "nats";
import type { SweepId } from "../domain/ids.ts";
import { encode } from "../protocol/codec.ts";
import type { PackLease } from "../protocol/messages.ts";
import type { PackPublisher, Waiting } from "../protocol/ports.ts";
import { ALL_PACKS, PACKS_STREAM, packsSubject, parsePacksSubject } from "../protocol/subjects.ts";
import { isNotFound, isTransient } from "./jetstream_errors.ts";
import { abortable, pause } from "./waiting.ts";

const ANSWER_WITHIN_MS = 2_000;
const RETRY_MS = 250;

/** Publishes pack leases. */
export class NatsPackPublisher implements PackPublisher {
  readonly #stream: JetStreamClient;
  readonly #manager: JetStreamManager;
  /** The last message of each sweep that this publisher put in. */
  readonly #last = new Map<SweepId, number>();

  private constructor(stream: JetStreamClient, manager: JetStreamManager) {
    this.#stream = stream;
    this.#manager = manager;
  }

  /** A publisher over a provisioned server. */
  static async open(connection: NatsConnection): Promise<NatsPackPublisher> {
    const manager = await connection.jetstreamManager({ checkAPI: false });
    return new NatsPackPublisher(connection.jetstream(), manager);
  }

  /**
   * Puts a pack in the queue; tries again through reconnects until the signal aborts. The same `id`
   * within two minutes is one message.
   * @throws The signal's reason; the pack may or may not be in the queue then.
   */
  async publish(
    lease: PackLease,
    options: Waiting & { readonly id: string },
  ): Promise<void> {
    const body = encode(lease);
    const publishing = { msgID: `${lease.sweep}.${options.id}`, timeout: ANSWER_WITHIN_MS };
    const { seq } = await untilAnswered(
      () => this.#stream.publish(packsSubject(lease.sweep), body, publishing),
      options,
    );
    this.#last.set(lease.sweep, Math.max(seq, this.#last.get(lease.sweep) ?? 0));
  }

  /**
   * Removes the leases of a sweep from the queue, those that are held too, up to a place in it: unless
   * told, that of the last one that this publisher put in, since what comes later is of a coordinator
   * that has reopened the sweep. One by one: a purge by subject makes the consumer of nats-server 2.9
   * skip what other sweeps have in the queue, for good.
   * @throws The signal's reason, if it aborts first.
   */
  async purge(
    sweep: SweepId,
    options: Waiting & { readonly through?: number } = {},
  ): Promise<void> {
    const last = options.through ?? this.#last.get(sweep) ?? 0;
    let after = 0;
    while (after < last) {
      const sequence = await untilAnswered(() => this.#find(sweep, after), options);
      if (sequence === null || sequence > last) return;
      await untilAnswered(() => this.#delete(sequence), options);
      after = sequence;
    }
  }

  /** The sweeps that have leases in the queue, held ones too, and the place of its last lease. */
  async waiting(
    options: Waiting = {},
  ): Promise<{ readonly sweeps: readonly SweepId[]; readonly through: number }> {
    const query = { subjects_filter: ALL_PACKS };
    const { state } = await untilAnswered(
      () => this.#manager.streams.info(PACKS_STREAM, query),
      options,
    );
    const sweeps = Object.keys(state.subjects ?? {}).map(parsePacksSubject);
    return { sweeps, through: state.last_seq };
  }

  async #find(sweep: SweepId, after: number): Promise<number | null> {
    // The server reads both fields together since 2.7.1; the library's type offers them apart.
    const query = { seq: after + 1, next_by_subj: packsSubject(sweep) } as { readonly seq: number };
    try {
      return (await this.#manager.streams.getMessage(PACKS_STREAM, query)).seq;
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  }

  async #delete(sequence: number): Promise<void> {
    try {
      await this.#manager.streams.deleteMessage(PACKS_STREAM, sequence, false);
    } catch (error) {
      if (isTransient(error) || await this.#exists(sequence)) throw error;
      // Its holder acked it first.
    }
  }

  async #exists(sequence: number): Promise<boolean> {
    try {
      await this.#manager.streams.getMessage(PACKS_STREAM, { seq: sequence });
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  }
}

async function untilAnswered<T>(attempt: () => Promise<T>, { signal }: Waiting): Promise<T> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await abortable(attempt(), signal);
    } catch (error) {
      if (signal?.aborted || !isTransient(error)) throw error;
      await pause(RETRY_MS, signal);
    }
  }
}
