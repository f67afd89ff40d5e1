/** A bad network in front of real ports: messages sent twice or again much later, answers lost. */
import type { Rng } from "../../core/domain/rng.ts";
import { type Milliseconds, milliseconds } from "../../core/domain/units.ts";
import type { ApiReplies, ApiRequests, ApiVerb } from "../../core/protocol/messages.ts";
import {
  type ApiClient,
  ApiTimeoutError,
  type HeldLease,
  type PackQueue,
  type Waiting,
} from "../../core/protocol/ports.ts";

/** How bad it is: shares of the messages, in [0, 1]. */
export interface Noise {
  /** Requests of which a second copy follows at once. */
  readonly twice: number;
  /** Requests of which a copy arrives again when everybody has forgotten them. */
  readonly late: number;
  /** Requests that are served and whose answers never arrive. */
  readonly unanswered: number;
  /** What is said of a lease (renewed, removed, given back) and never arrives at the queue. */
  readonly unheard: number;
}

/** A network as it should be. */
export const QUIET: Noise = { twice: 0, late: 0, unanswered: 0, unheard: 0 };

const LATEST_MS = 2_500;

/** What disturbs the ports, and what is told of each message that is sent. */
export interface NoiseOptions {
  readonly noise: Noise;
  readonly rng: Rng;
  readonly onRequest: (verb: ApiVerb) => void;
}

/** A client whose requests and answers suffer. */
export class NoisyApiClient implements ApiClient {
  readonly #api: ApiClient;
  readonly #options: NoiseOptions;

  constructor(api: ApiClient, options: NoiseOptions) {
    this.#api = api;
    this.#options = options;
  }

  async request<V extends ApiVerb>(
    verb: V,
    body: ApiRequests[V],
    options: Waiting & { readonly timeoutMs?: Milliseconds } = {},
  ): Promise<ApiReplies[V]> {
    const { noise, rng } = this.#options;
    const reply = this.#send(verb, body, options);
    if (rng.uniform() < noise.twice) this.#again(verb, body, 0);
    if (rng.uniform() < noise.late) this.#again(verb, body, 1 + rng.below(LATEST_MS));
    const isUnanswered = rng.uniform() < noise.unanswered;
    const answered = await reply;
    if (isUnanswered) throw new ApiTimeoutError(verb);
    return answered;
  }

  /** A copy that nobody waits for. */
  #again<V extends ApiVerb>(verb: V, body: ApiRequests[V], afterMs: number): void {
    setTimeout(() => {
      this.#send(verb, body, { timeoutMs: milliseconds(1_000) }).catch(() => {});
    }, afterMs);
  }

  #send<V extends ApiVerb>(
    verb: V,
    body: ApiRequests[V],
    options: Waiting & { readonly timeoutMs?: Milliseconds },
  ): Promise<ApiReplies[V]> {
    this.#options.onRequest(verb);
    return this.#api.request(verb, body, options);
  }
}

/** A queue that does not hear all that is said of its leases. */
export function noisyQueue(queue: PackQueue, { noise, rng }: NoiseOptions): PackQueue {
  const heard = (say: () => void): void => {
    if (rng.uniform() >= noise.unheard) say();
  };
  return {
    next: async (options) => {
      const lease = await queue.next(options);
      return lease === null ? null : {
        lease: lease.lease,
        delivery: lease.delivery,
        renew: () => heard(() => lease.renew()),
        ack: () => heard(() => lease.ack()),
        nak: (delay) => heard(() => lease.nak(delay)),
      } satisfies HeldLease;
    },
  };
}
