/** Reads journals: what is there, and what comes, without loss or repeat across reconnects. */
import type {
  ConsumerMessages,
  JetStreamClient,
  JetStreamManager,
  JsMsg,
  NatsConnection,
  StoredMsg,
} from "nats";
import type { SweepId } from "../domain/ids.ts";
import { decode } from "../protocol/codec.ts";
import { journalEntrySchema } from "../protocol/journal_schema.ts";
import type { JournalReader, ReadOptions, StoredEntry, Waiting } from "../protocol/ports.ts";
import {
  ALL_JOURNALS,
  JOURNAL_STREAM,
  journalSubject,
  parseJournalSubject,
} from "../protocol/subjects.ts";
import { isNotFound, isTransient } from "./jetstream_errors.ts";
import { abortable, pause } from "./waiting.ts";

/** Entries asked for at once: enough to hide the round trip, few enough to hold in memory. */
const BATCH = 2_000;
/** How long the server may be silent before the subscription is made anew is two halves of this. */
const PULL_MS = 10_000;
const RETRY_MS = 200;
/** A question is asked again for so long: more than one of them takes without an answer. */
const PATIENCE_MS = 6_000;

/** Reads the journals of a server. */
export class NatsJournalReader implements JournalReader {
  readonly #connection: NatsConnection;
  readonly #stream: JetStreamClient;
  readonly #manager: JetStreamManager;

  private constructor(connection: NatsConnection, manager: JetStreamManager) {
    this.#connection = connection;
    this.#stream = connection.jetstream();
    this.#manager = manager;
  }

  /** A reader over a provisioned server. */
  static async open(connection: NatsConnection): Promise<NatsJournalReader> {
    return new NatsJournalReader(
      connection,
      await connection.jetstreamManager({ checkAPI: false }),
    );
  }

  /** The sweeps that have a journal, in no order. */
  async sweeps(options: Waiting = {}): Promise<readonly SweepId[]> {
    return [...(await this.lengths(options)).keys()];
  }

  /** How many entries each of those journals has. */
  async lengths(options: Waiting = {}): Promise<ReadonlyMap<SweepId, number>> {
    const query = { subjects_filter: ALL_JOURNALS };
    const { state } = await answered(
      () => this.#manager.streams.info(JOURNAL_STREAM, query),
      options,
    );
    const subjects = Object.entries(state.subjects ?? {});
    return new Map(subjects.map(([subject, count]) => [parseJournalSubject(subject), count]));
  }

  /** The sequence of the sweep's last entry; 0 if it has none. */
  async lastSequence(sweep: SweepId, options: Waiting = {}): Promise<number> {
    return (await answered(() => this.#lastMessage(sweep), options))?.seq ?? 0;
  }

  /**
   * All entries after `after` up to the present last one.
   * @throws {DecodeError} If an entry cannot be read; it names the sweep and the sequence.
   * @throws The signal's reason, if it aborts first.
   */
  async *read(sweep: SweepId, options: ReadOptions = {}): AsyncGenerator<StoredEntry, void, void> {
    const { after = 0, signal } = options;
    signal?.throwIfAborted();
    const end = await this.lastSequence(sweep, options);
    if (end <= after) return;
    for await (const stored of this.#entries(sweep, options)) {
      yield stored;
      if (stored.sequence >= end) return;
    }
    signal?.throwIfAborted();
  }

  /**
   * As `read`, then new entries as they come, until the signal aborts.
   * @throws {DecodeError} If an entry cannot be read; it names the sweep and the sequence.
   */
  follow(sweep: SweepId, options: ReadOptions = {}): AsyncIterable<StoredEntry> {
    return this.#entries(sweep, options);
  }

  /** The sweep's last entry; null if it has no journal. @throws {DecodeError} If it cannot be read. */
  async last(sweep: SweepId, options: Waiting = {}): Promise<StoredEntry | null> {
    const message = await answered(() => this.#lastMessage(sweep), options);
    return message === null ? null : toStoredEntry(sweep, message);
  }

  /** A name of this stream and its creation: it changes when sequences start anew. */
  async streamEpoch(options: Waiting = {}): Promise<string> {
    const { created } = await answered(
      () => this.#manager.streams.info(JOURNAL_STREAM),
      options,
    );
    const text = new TextEncoder().encode(`${JOURNAL_STREAM} ${created}`);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
    return digest.slice(0, 8).toHex();
  }

  async #lastMessage(sweep: SweepId): Promise<StoredMsg | null> {
    try {
      const last_by_subj = journalSubject(sweep);
      return await this.#manager.streams.getMessage(JOURNAL_STREAM, { last_by_subj });
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  }

  /** Ends quietly when the signal aborts; a subscription that ends by itself is made anew. */
  async *#entries(
    sweep: SweepId,
    { after = 0, signal }: ReadOptions,
  ): AsyncGenerator<StoredEntry, void, void> {
    let last = after;
    while (!signal?.aborted) {
      const messages = await this.#subscribe(sweep, { after: last, signal });
      if (messages === null) continue;
      const stop = (): void => messages.stop();
      signal?.addEventListener("abort", stop, { once: true });
      if (signal?.aborted) stop(); // it may have aborted while the subscription was made
      try {
        for await (const message of messages) {
          if (signal?.aborted) return;
          if (message.seq <= last) continue;
          last = message.seq;
          yield toStoredEntry(sweep, message);
        }
      } finally {
        signal?.removeEventListener("abort", stop);
        messages.stop();
      }
    }
  }

  /** A subscription from `after` on; null after a failed try that may be repeated. */
  async #subscribe(
    sweep: SweepId,
    { after, signal }: { readonly after: number; readonly signal: AbortSignal | undefined },
  ): Promise<ConsumerMessages | null> {
    try {
      const consumer = await this.#stream.consumers.get(JOURNAL_STREAM, {
        filterSubjects: journalSubject(sweep),
        opt_start_seq: after + 1,
        inactive_threshold: PULL_MS * 3,
      });
      return await consumer.consume({ max_messages: BATCH, expires: PULL_MS });
    } catch (error) {
      if (this.#connection.isClosed() || !isTransient(error)) throw error;
      await pause(RETRY_MS, signal).catch(() => {});
      return null;
    }
  }
}

/** A server that is restarted just then has lost the question, and answers it the next time. */
async function answered<T>(ask: () => Promise<T>, { signal }: Waiting): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await abortable(ask(), signal);
    } catch (error) {
      if (signal?.aborted || !isTransient(error) || performance.now() > deadline) throw error;
      await pause(RETRY_MS, signal);
    }
  }
}

function toStoredEntry(sweep: SweepId, message: Pick<JsMsg, "seq" | "data">): StoredEntry {
  const subject = `journal of sweep "${sweep}", sequence ${message.seq}`;
  return {
    sequence: message.seq,
    entry: decode(message.data, journalEntrySchema, { subject }),
  };
}
