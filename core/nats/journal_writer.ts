/** Writes one sweep's journal under an expected last sequence, so that there is only one writer. */
import { type JetStreamClient, type JetStreamManager, type NatsConnection, NatsError } from "nats";
import type { SweepId } from "../domain/ids.ts";
import type { JournalEntry } from "../domain/sweep_event.ts";
import type { Bytes } from "../domain/units.ts";
import { encode, messageLimit } from "../protocol/codec.ts";
import {
  JournalConflictError,
  type JournalWriter,
  StreamLostError,
  type Waiting,
} from "../protocol/ports.ts";
import { JOURNAL_STREAM, journalSubject } from "../protocol/subjects.ts";
import { apiErrorCode, isNotFound, isTransient, WRONG_LAST_SEQUENCE } from "./jetstream_errors.ts";
import { abortable, pause } from "./waiting.ts";

/** How a journal is opened for writing. */
export interface OpenJournalWriterOptions extends Waiting {
  /** The last sequence that the opener has folded; 0 for a new sweep. */
  readonly after: number;
  /** Told of each failed try that is going to be repeated. */
  readonly onRetry?: (error: unknown) => void;
  /** Told when a try succeeds after failed ones. */
  readonly onAnswered?: () => void;
}

/** How long one try may wait for its answer. */
const ANSWER_WITHIN_MS = 2_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const MESSAGE_ID_HEADER = "Nats-Msg-Id";

/** The only writer of a sweep's journal, as long as it gets no conflict. */
export class NatsJournalWriter implements JournalWriter {
  readonly #stream: JetStreamClient;
  readonly #manager: JetStreamManager;
  readonly #sweep: SweepId;
  readonly #limit: Bytes;
  readonly #id = crypto.randomUUID();
  readonly #onRetry: (error: unknown) => void;
  #last: number;
  #count = 0;
  readonly #onAnswered: () => void;
  #conflict: JournalConflictError | StreamLostError | null = null;
  #isAppending = false;

  private constructor(
    connection: NatsConnection,
    manager: JetStreamManager,
    options: OpenJournalWriterOptions & { readonly sweep: SweepId },
  ) {
    this.#stream = connection.jetstream();
    this.#manager = manager;
    this.#sweep = options.sweep;
    this.#last = options.after;
    this.#limit = messageLimit(connection.info?.max_payload ?? Infinity);
    this.#onRetry = options.onRetry ?? (() => {});
    this.#onAnswered = options.onAnswered ?? (() => {});
  }

  /**
   * Opens a journal for appending after the last entry that the opener knows.
   * @throws {JournalConflictError} If the journal's last entry is another one.
   * @throws The signal's reason, if it aborts first.
   */
  static async open(
    connection: NatsConnection,
    sweep: SweepId,
    options: OpenJournalWriterOptions,
  ): Promise<NatsJournalWriter> {
    const manager = await connection.jetstreamManager({ checkAPI: false });
    const writer = new NatsJournalWriter(connection, manager, { ...options, sweep });
    const last = await writer.#untilAnswered(() => writer.#lastMessage(), options);
    if ((last?.sequence ?? 0) !== options.after) throw new JournalConflictError(sweep);
    return writer;
  }

  /** The largest entry, in bytes: what is larger must be split by whoever decided it. */
  get limit(): Bytes {
    return this.#limit;
  }

  /** The sequence of the last entry that this writer knows. */
  get lastSequence(): number {
    return this.#last;
  }

  /**
   * Appends an entry; tries again through reconnects until the signal aborts.
   * @returns The entry's sequence.
   * @throws {JournalConflictError} If somebody else has written, and at every call after that.
   * @throws {StreamLostError} If the journal that was begun is gone; nothing was written instead.
   * @throws {MessageTooLargeError} If the entry exceeds `limit`; nothing was written.
   * @throws {RangeError} If another append is under way.
   * @throws The signal's reason; the entry may or may not be written, so this writer must not go on.
   */
  async append(entry: JournalEntry, options: Waiting = {}): Promise<number> {
    if (this.#conflict !== null) throw this.#conflict;
    if (this.#isAppending) {
      throw new RangeError(`Cannot append to the journal of "${this.#sweep}" twice at once`);
    }
    const body = encode(entry, { limit: this.#limit });
    this.#isAppending = true;
    try {
      const id = `${this.#id}.${++this.#count}`;
      this.#last = await this.#untilAnswered(() => this.#publish(body, id), options);
      return this.#last;
    } finally {
      this.#isAppending = false;
    }
  }

  async #publish(body: Uint8Array, msgID: string): Promise<number> {
    try {
      const expect = { lastSubjectSequence: this.#last };
      const ack = await this.#stream.publish(journalSubject(this.#sweep), body, {
        msgID,
        expect,
        timeout: ANSWER_WITHIN_MS,
      });
      return ack.seq;
    } catch (cause) {
      if (apiErrorCode(cause) !== WRONG_LAST_SEQUENCE) throw cause;
      // The server forgets message ids after the dedup window; the journal itself does not.
      const last = await this.#lastMessage();
      if (last?.id === msgID) return last.sequence;
      this.#conflict = last === null
        ? new StreamLostError(JOURNAL_STREAM, `has no journal of sweep "${this.#sweep}" any more`, {
          cause,
        })
        : new JournalConflictError(this.#sweep, { cause });
      throw this.#conflict;
    }
  }

  async #lastMessage(): Promise<{ readonly sequence: number; readonly id: string } | null> {
    try {
      const last_by_subj = journalSubject(this.#sweep);
      const message = await this.#manager.streams.getMessage(JOURNAL_STREAM, { last_by_subj });
      return { sequence: message.seq, id: message.header.get(MESSAGE_ID_HEADER) };
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  }

  async #untilAnswered<T>(attempt: () => Promise<T>, { signal }: Waiting): Promise<T> {
    for (let wait = FIRST_PAUSE_MS;; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      signal?.throwIfAborted();
      try {
        const answer = await abortable(attempt(), signal);
        if (wait > FIRST_PAUSE_MS) this.#onAnswered();
        return answer;
      } catch (error) {
        if (signal?.aborted || !(error instanceof NatsError) || !isTransient(error)) throw error;
        this.#onRetry(error);
        await pause(wait, signal);
      }
    }
  }
}
