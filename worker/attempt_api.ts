/** One attempt's requests to its coordinator: asked again until answered, for as long as the lease holds. */
import { getLogger } from "@logtape/logtape";
import type { AttemptRef } from "../core/protocol/messages.ts";
import type { ApiReplies, ApiRequests } from "../core/protocol/messages.ts";
import {
  type ApiClient,
  ApiRefusedError,
  type Timers,
  type Waiting,
} from "../core/protocol/ports.ts";
import { MessageTooLargeError } from "../core/protocol/codec.ts";
import { type Instant, type Milliseconds, milliseconds } from "../core/domain/units.ts";
import { LeaseFenced } from "./lease_keeper.ts";

const logger = getLogger(["trawl", "worker", "api"]);

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** The requests that name an attempt. */
export type AttemptVerb =
  | "renew"
  | "report"
  | "checkpointed"
  | "detached"
  | "finished"
  | "failed"
  | "returned";

/** Who is told about each answer. */
export interface ContactListener {
  readonly confirmed: (sentAt: Instant) => void;
  readonly fence: () => void;
}

/** What an attempt's requests need. */
export interface AttemptApiOptions {
  readonly api: ApiClient;
  readonly ref: AttemptRef;
  readonly timers: Timers;
  /** How long one request waits for its answer before it is asked again. */
  readonly timeoutMs: Milliseconds;
  readonly contact: ContactListener;
}

/** The pause before the n-th repetition, n from 1: doubling from 100 ms to 2 s. */
export function retryPause(repetition: number): Milliseconds {
  return milliseconds(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (repetition - 1)));
}

/** Whether the same request may be answered the next time. */
function isWorthAsking(error: unknown): boolean {
  return !(error instanceof LeaseFenced || error instanceof ApiRefusedError ||
    error instanceof MessageTooLargeError);
}

/** Sends an attempt's requests; all of them are idempotent, so asking again is always right. */
export class AttemptApi {
  readonly #options: AttemptApiOptions;

  constructor(options: AttemptApiOptions) {
    this.#options = options;
  }

  /** Names the attempt: the head of every body. */
  get ref(): AttemptRef {
    return this.#options.ref;
  }

  /**
   * The answer, however often it has to be asked for.
   * @throws {LeaseFenced} If the answer is `fenced`; the listener has been told.
   * @throws {ApiRefusedError} If the coordinator cannot read or serve the request.
   * @throws {MessageTooLargeError} If no message can hold the request.
   * @throws {unknown} The signal's reason, when it aborts.
   */
  async send<V extends AttemptVerb>(
    verb: V,
    body: ApiRequests[V],
    options: { readonly signal: AbortSignal },
  ): Promise<ApiReplies[V]> {
    const { timers } = this.#options;
    for (let repetition = 1;; repetition++) {
      try {
        return await this.once(verb, body, options);
      } catch (error) {
        options.signal.throwIfAborted();
        if (!isWorthAsking(error)) throw error;
        logger.warn("No answer to {verb} of pack {pack}, asking again: {error}", {
          ...this.#options.ref,
          verb,
          repetition,
          error,
        });
        await timers.sleep(retryPause(repetition), options);
      }
    }
  }

  /**
   * As `send`, but asks once.
   * @throws {CoordinatorAbsentError | ApiTimeoutError} If there is no answer.
   */
  async once<V extends AttemptVerb>(
    verb: V,
    body: ApiRequests[V],
    options: Waiting & { readonly timeoutMs?: Milliseconds },
  ): Promise<ApiReplies[V]> {
    const { api, timers, contact, timeoutMs } = this.#options;
    options.signal?.throwIfAborted();
    const sentAt = timers.now();
    const reply = await api.request(verb, body, { timeoutMs, ...options });
    if (reply.type === "fenced") {
      contact.fence();
      throw new LeaseFenced();
    }
    contact.confirmed(sentAt);
    return reply;
  }
}
