/** Reads journals: what is there, and what comes, without loss or repeat across reconnects. */
import {
  AckPolicy,
  type ConsumerConfig,
  type ConsumerMessages,
  DeliverPolicy,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  nanos,
  type NatsConnection,
  type StoredMsg,
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
import { isDenied, isNotFound, isTransient } from "./jetstream_errors.ts";
import { abortable, pause } from "./waiting.ts";

/** Entries asked for at once: enough to hide the round trip, few enough to hold in memory. */
const BATCH = 2_000;
/** A reader whose server cuts it off again and again asks for less each time, down to this. */
const LEAST_BATCH = 16;
const BATCH_DIVISOR = 8;
/** How long a question is repeated that nobody answers, as while a cluster elects a leader. */
const ANSWER_WITHIN_MS = 20_000;
/** How long the server may be silent before the subscription is made anew is two halves of this. */
const PULL_MS = 10_000;
/** How long the server may take to make a consumer: a node of a cluster that is dead takes for ever. */
const CONSUMER_WITHIN_MS = 2_000;
const RETRY_MS = 200;
/** After so long without an entry the journal's end is compared with what has come. */
const IDLE_MS = 4_000;

/** Reads the journals of a server. */
export class NatsJournalReader implements JournalReader {
  readonly #connection: NatsConnection;
  readonly #stream: JetStreamClient;
  readonly #manager: JetStreamManager;
  /** Waits less long. */
  readonly #maker: JetStreamManager;

  private constructor(
    connection: NatsConnection,
    { manager, maker }: { readonly manager: JetStreamManager; readonly maker: JetStreamManager },
  ) {
    this.#connection = connection;
    this.#stream = connection.jetstream();
    this.#manager = manager;
    this.#maker = maker;
  }

  /** A reader over a provisioned server. */
  static async open(connection: NatsConnection): Promise<NatsJournalReader> {
    const checkAPI = false;
    const manager = await connection.jetstreamManager({ checkAPI });
    const timeout = CONSUMER_WITHIN_MS;
    const maker = await connection.jetstreamManager({ checkAPI, timeout });
    return new NatsJournalReader(connection, { manager, maker });
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
    const { created } = await answered(() => this.#manager.streams.info(JOURNAL_STREAM), options);
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
    const place = { last: after };
    for (let batch = BATCH; !signal?.aborted;) {
      const messages = await this.#subscribe(sweep, { after: place.last, batch, signal });
      if (messages === null) continue;
      const stop = (): void => messages.stop();
      signal?.addEventListener("abort", stop, { once: true });
      if (signal?.aborted) stop(); // it may have aborted while the subscription was made
      const watching = new AbortController();
      const watched = this.#stopIfStuck(messages, { sweep, place, signal: watching.signal });
      try {
        let delivered = 0;
        for await (const message of untilBroken(messages, signal)) {
          if (signal?.aborted) return;
          // What was on its way when the connection broke does not come again by itself.
          if (message.info.deliverySequence !== ++delivered) break;
          if (message.seq <= place.last) continue;
          place.last = message.seq;
          yield toStoredEntry(sweep, message);
        }
      } finally {
        signal?.removeEventListener("abort", stop);
        messages.stop();
        watching.abort();
        await watched;
        batch = Math.max(LEAST_BATCH, Math.floor(batch / BATCH_DIVISOR));
      }
    }
  }

  /**
   * Ends a subscription that stays silent though the journal has gone on. The client makes its
   * consumer anew after missed heartbeats, but not in every case: the node of a cluster that held it
   * may be gone, or a server may have cut off a reader that was too slow.
   */
  async #stopIfStuck(
    messages: ConsumerMessages,
    { sweep, place, signal }: {
      readonly sweep: SweepId;
      readonly place: { readonly last: number };
      readonly signal: AbortSignal;
    },
  ): Promise<void> {
    while (!signal.aborted) {
      const before = place.last;
      await pause(IDLE_MS, signal).catch(() => {});
      if (signal.aborted || place.last !== before) continue;
      // While nobody answers, there is nothing to compare with.
      const end = await this.lastSequence(sweep, { signal }).catch(() => 0);
      if (end > place.last && place.last === before) return messages.stop();
    }
  }

  /**
   * A subscription from `after` on; null after a failed try that may be repeated.
   *
   * Not the library's ordered consumer: the server puts a consumer on any node of the cluster, also on
   * one that is dead, and the library then asks for the same one, by its name, for ever. Here each try
   * has a new name, and so another node.
   */
  async #subscribe(
    sweep: SweepId,
    { after, batch, signal }: {
      readonly after: number;
      readonly batch: number;
      readonly signal: AbortSignal | undefined;
    },
  ): Promise<ConsumerMessages | null> {
    try {
      const config = consumerConfig(sweep, after);
      const made = await abortable(this.#maker.consumers.add(JOURNAL_STREAM, config), signal);
      return await this.#stream.consumers.getPullConsumerFor(made).consume({
        max_messages: batch,
        expires: PULL_MS,
        abort_on_missing_resource: true,
      });
    } catch (error) {
      if (signal?.aborted) return null;
      if (this.#connection.isClosed() || !isTransient(error)) throw error;
      await pause(RETRY_MS, signal).catch(() => {});
      return null;
    }
  }
}

/**
 * The messages of a subscription; one that the server has ended, as when its consumer went down with
 * its node, ends without an error, because the next one tells what is wrong.
 * @throws {NatsError} If the user may not read.
 */
async function* untilBroken(
  messages: ConsumerMessages,
  signal: AbortSignal | undefined,
): AsyncGenerator<JsMsg, void, void> {
  try {
    yield* messages;
  } catch (error) {
    if (isDenied(error)) throw error;
    await pause(RETRY_MS, signal).catch(() => {});
  }
}

/** Of one reader, in memory, on one node: who has lost it makes another. */
function consumerConfig(sweep: SweepId, after: number): Partial<ConsumerConfig> {
  return {
    name: `reader-${crypto.randomUUID()}`,
    filter_subject: journalSubject(sweep),
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: after + 1,
    ack_policy: AckPolicy.None,
    max_deliver: 1,
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: nanos(PULL_MS * 3),
  };
}

/** Asks again while nobody can answer for a moment. */
async function answered<T>(ask: () => Promise<T>, { signal }: Waiting): Promise<T> {
  const deadline = performance.now() + ANSWER_WITHIN_MS;
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
