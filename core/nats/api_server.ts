/** Serves a sweep's requests, over request and reply. */
import type { Msg, NatsConnection, Subscription } from "nats";
import type { z } from "zod";
import type { SweepId } from "../domain/ids.ts";
import type { Bytes } from "../domain/units.ts";
import { apiRequestSchemas } from "../protocol/api_schemas.ts";
import {
  decode,
  DecodeError,
  encode,
  messageLimit,
  MessageTooLargeError,
} from "../protocol/codec.ts";
import type { ApiError, ApiRequests, ApiVerb } from "../protocol/messages.ts";
import type { ApiCall, ApiServer, Waiting } from "../protocol/ports.ts";
import { allApiSubjects, apiSubject, parseApiVerb } from "../protocol/subjects.ts";

/** How a server is opened. */
export interface ApiServerOptions {
  /** Told of each request that cannot be read; its sender has been answered by then. */
  readonly onUndecodable?: (error: DecodeError) => void;
}

/** Listens for the requests of one sweep. */
export class NatsApiServer implements ApiServer {
  readonly #connection: NatsConnection;
  readonly #sweep: SweepId;
  readonly #onUndecodable: (error: DecodeError) => void;
  #undecodable = 0;

  private constructor(connection: NatsConnection, sweep: SweepId, options: ApiServerOptions) {
    this.#connection = connection;
    this.#sweep = sweep;
    this.#onUndecodable = options.onUndecodable ?? (() => {});
  }

  /** A server for one sweep; it listens once `calls` is called. */
  static open(
    connection: NatsConnection,
    sweep: SweepId,
    options: ApiServerOptions = {},
  ): NatsApiServer {
    return new NatsApiServer(connection, sweep, options);
  }

  /** How many requests could not be read. */
  get undecodable(): number {
    return this.#undecodable;
  }

  /**
   * The requests from this call on, in the order in which they came; those that come before the
   * iteration starts wait. Ends without a throw when the signal aborts or the connection closes.
   */
  calls(options: Waiting): AsyncIterable<ApiCall> {
    // Subscribed here, not at the first step of the generator, so that no early request is lost.
    return this.#serve(this.#connection.subscribe(allApiSubjects(this.#sweep)), options);
  }

  async *#serve(
    subscription: Subscription,
    { signal }: Waiting,
  ): AsyncGenerator<ApiCall, void, void> {
    const stop = (): void => {
      if (!subscription.isClosed()) subscription.unsubscribe();
    };
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
    try {
      for await (const message of subscription) {
        if (signal?.aborted) return;
        const call = this.#toCall(message);
        if (call !== null) yield call;
      }
    } finally {
      signal?.removeEventListener("abort", stop);
      stop();
    }
  }

  /** The call in a message, or null after an answer that says why there is none. */
  #toCall(message: Msg): ApiCall | null {
    try {
      return decodeCall(message, (reply) => this.#respond(message, reply));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.#undecodable++;
      this.#respond(message, { type: "error", message: error.message });
      this.#onUndecodable(error);
      return null;
    }
  }

  #respond(message: Msg, reply: object): void {
    // While the connection is away or gone, the sender asks again by itself.
    if (this.#connection.isClosed()) return;
    message.respond(
      encodeReply(reply, messageLimit(this.#connection.info?.max_payload ?? Infinity)),
    );
  }
}

function decodeCall(message: Msg, respond: (reply: object) => void): ApiCall {
  const { subject } = message;
  const verb = decodeVerb(message);
  const schema: z.ZodType<ApiRequests[ApiVerb]> = apiRequestSchemas[verb];
  const body = decode(message.data, schema, { subject });
  if (apiSubject(body.sweep, verb) !== subject) {
    throw new DecodeError(subject, { reason: "it names another sweep", bytes: message.data });
  }
  // The schema of the verb gave the body, which the compiler cannot tie together over a union.
  return { verb, body, respond } as ApiCall;
}

function decodeVerb(message: Msg): ApiVerb {
  try {
    return parseApiVerb(message.subject);
  } catch (cause) {
    const { subject, data: bytes } = message;
    throw new DecodeError(subject, { reason: "its verb is unknown", bytes, cause });
  }
}

/** A reply that no message can hold is the sender's problem to know of, not a reason to be silent. */
function encodeReply(reply: object, limit: Bytes): Uint8Array {
  try {
    return encode(reply, { limit });
  } catch (error) {
    if (!(error instanceof MessageTooLargeError)) throw error;
    return encode({ type: "error", message: error.message } satisfies ApiError);
  }
}
