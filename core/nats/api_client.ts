/** Asks coordinators, over request and reply. */
import type { Msg, NatsConnection } from "nats";
import { type Milliseconds, milliseconds } from "../domain/units.ts";
import { apiErrorSchema, apiReplySchemas } from "../protocol/api_schemas.ts";
import { decode, encode, messageLimit } from "../protocol/codec.ts";
import type { ApiError, ApiReplies, ApiRequests, ApiVerb } from "../protocol/messages.ts";
import {
  type ApiClient,
  ApiRefusedError,
  ApiTimeoutError,
  CoordinatorAbsentError,
  type Waiting,
} from "../protocol/ports.ts";
import { apiSubject } from "../protocol/subjects.ts";
import { isNoResponders, isTimeout } from "./jetstream_errors.ts";
import { abortable } from "./waiting.ts";
import { z } from "zod";

/** How long a coordinator may take to answer, unless told. */
export const API_TIMEOUT_MS: Milliseconds = milliseconds(5_000);

/** Sends requests to whichever coordinator serves the sweep that they name. */
export class NatsApiClient implements ApiClient {
  readonly #connection: NatsConnection;

  private constructor(connection: NatsConnection) {
    this.#connection = connection;
  }

  /** A client; nothing has to be provisioned. */
  static open(connection: NatsConnection): NatsApiClient {
    return new NatsApiClient(connection);
  }

  /**
   * @throws {CoordinatorAbsentError} If no coordinator serves the sweep at present.
   * @throws {ApiTimeoutError} If none answers in time, for instance while the server is away.
   * @throws {ApiRefusedError} If it could not read or serve the request.
   * @throws {MessageTooLargeError} If the request is larger than a message may be.
   * @throws {DecodeError} If the answer cannot be read.
   * @throws The signal's reason, if it aborts first; the request may have been served.
   */
  async request<V extends ApiVerb>(
    verb: V,
    body: ApiRequests[V],
    options: Waiting & { readonly timeoutMs?: Milliseconds } = {},
  ): Promise<ApiReplies[V]> {
    const { signal, timeoutMs = API_TIMEOUT_MS } = options;
    signal?.throwIfAborted();
    const subject = apiSubject(body.sweep, verb);
    const limit = messageLimit(this.#connection.info?.max_payload ?? Infinity);
    const data = encode(body, { limit });
    let answer: Msg;
    try {
      answer = await abortable(
        this.#connection.request(subject, data, { timeout: timeoutMs }),
        signal,
      );
    } catch (cause) {
      if (signal?.aborted) throw cause;
      if (isNoResponders(cause)) throw new CoordinatorAbsentError(body.sweep, { cause });
      if (isTimeout(cause)) throw new ApiTimeoutError(verb, { cause });
      throw cause;
    }
    const schema = z.union([apiErrorSchema, apiReplySchemas[verb]]);
    const reply: ApiError | ApiReplies[V] = decode(answer.data, schema, { subject });
    if (reply.type === "error") throw new ApiRefusedError(reply.message);
    return reply;
  }
}
