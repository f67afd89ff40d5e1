/** The work queue, seen by a coordinator: puts packs in, takes a sweep's packs out. */
import { type JetStreamClient, type JetStreamManager, type NatsConnection } from "nats";
import type { SweepId } from "../domain/ids.ts";
import { encode } from "../protocol/codec.ts";
import type { PackLease } from "../protocol/messages.ts";
import type { PackPublisher, Waiting } from "../protocol/ports.ts";
import { PACKS_STREAM, packsSubject } from "../protocol/subjects.ts";
import { isTransient } from "./jetstream_errors.ts";
import { abortable, pause } from "./waiting.ts";

const ANSWER_WITHIN_MS = 2_000;
const RETRY_MS = 250;

/** Publishes pack leases. */
export class NatsPackPublisher implements PackPublisher {
  readonly #stream: JetStreamClient;
  readonly #manager: JetStreamManager;

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
    await untilAnswered(
      () => this.#stream.publish(packsSubject(lease.sweep), body, publishing),
      options,
    );
  }

  /**
   * Removes all leases of a sweep from the queue, those that are held too.
   * @throws The signal's reason, if it aborts first.
   */
  async purge(sweep: SweepId, options: Waiting = {}): Promise<void> {
    const filter = packsSubject(sweep);
    await untilAnswered(() => this.#manager.streams.purge(PACKS_STREAM, { filter }), options);
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
