/** Watches that the streams of a sweep stay the ones that they were: a lost store must be told at once. */
import type { JetStreamManager, NatsConnection } from "nats";
import { StreamLostError, type Waiting } from "../protocol/ports.ts";
import { JOURNAL_STREAM, PACKS_STREAM } from "../protocol/subjects.ts";
import { isNotFound } from "./jetstream_errors.ts";
import { abortable, pause } from "./waiting.ts";

/** How a guard looks. */
export interface GuardStreamsOptions extends Waiting {
  /** Waits between two looks; for 2 s unless told. */
  readonly between?: () => Promise<void>;
}

const EVERY_MS = 2_000;
/** A look while a cluster finds itself again may miss what is there; so many in a row do not. */
const MISSES = 2;

/**
 * Looks at the streams until one is lost; a server that is away is waited for.
 *
 * A server that comes back with an empty store takes writes again as soon as somebody provisions it,
 * such as a worker that starts anew. The name alone says nothing then: the time of creation does.
 * @throws {StreamLostError} If a stream is gone, or was created after the first look.
 * @throws The signal's reason, when it aborts.
 */
export async function guardStreams(
  connection: NatsConnection,
  options: GuardStreamsOptions = {},
): Promise<never> {
  const { signal, between = () => pause(EVERY_MS, signal) } = options;
  const manager = await abortable(connection.jetstreamManager({ checkAPI: false }), signal);
  const watched = [JOURNAL_STREAM, PACKS_STREAM].map((name) => new WatchedStream(manager, name));
  for (;;) {
    for (const stream of watched) await abortable(stream.look(), signal);
    await abortable(between(), signal);
  }
}

class WatchedStream {
  readonly #manager: JetStreamManager;
  readonly #name: string;
  #created: string | null = null;
  #misses = 0;

  constructor(manager: JetStreamManager, name: string) {
    this.#manager = manager;
    this.#name = name;
  }

  async look(): Promise<void> {
    const created = await this.#ask();
    if (created === undefined) return;
    this.#misses = created === null ? this.#misses + 1 : 0;
    if (this.#misses >= MISSES) throw new StreamLostError(this.#name, "is gone from the server");
    if (created === null) return;
    this.#created ??= created;
    if (created !== this.#created) throw new StreamLostError(this.#name, "was made anew");
  }

  /** When it was created; null if it is not there, undefined if nobody can tell at present. */
  async #ask(): Promise<string | null | undefined> {
    try {
      return (await this.#manager.streams.info(this.#name)).created;
    } catch (error) {
      if (isNotFound(error)) return null;
      return undefined;
    }
  }
}
