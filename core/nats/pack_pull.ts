/** One pull on the queue's shared consumer: a message, nothing, or nobody there. */
import { createInbox, type Msg, nanos, type NatsConnection } from "nats";
import type { Milliseconds } from "../domain/units.ts";
import type { Waiting } from "../protocol/ports.ts";
import { PACKS_CONSUMER, PACKS_STREAM } from "../protocol/subjects.ts";
import { abortable } from "./waiting.ts";

/** How a pull ended. */
export type PullOutcome =
  | { readonly kind: "message"; readonly message: Msg }
  | { readonly kind: "empty" }
  /** No answer at all: the server is away, or has no such consumer. */
  | { readonly kind: "silent" }
  /** The consumer cannot serve now: a restart, a move, or it is gone. */
  | { readonly kind: "unavailable"; readonly reason: string };

/** How a pull is bounded. */
export interface PullOptions extends Waiting {
  readonly expiresMs: Milliseconds;
  /** Where answers may come, such as `_INBOX.worker`; `_INBOX` unless told. */
  readonly inboxPrefix?: string | undefined;
}

const NEXT_SUBJECT = `$JS.API.CONSUMER.MSG.NEXT.${PACKS_STREAM}.${PACKS_CONSUMER}`;
/** The server counts first; our own timer only covers a server that cannot answer. */
const GRACE_MS = 500;
const EMPTY_CODES: ReadonlySet<number> = new Set([404, 408]);

/**
 * Asks for one message. The client library's own `next()` may have two requests open after a missed
 * heartbeat, and then holds a second lease that nobody sees; here one request is one message.
 * @throws The signal's reason; a message that was already on its way is given back at once.
 */
export async function pullOne(
  connection: NatsConnection,
  options: PullOptions,
): Promise<PullOutcome> {
  const { expiresMs, inboxPrefix, signal } = options;
  const { promise, resolve } = Promise.withResolvers<PullOutcome>();
  let isWaiting = true;
  const settle = (outcome: PullOutcome): void => {
    isWaiting = false;
    resolve(outcome);
  };
  const inbox = createInbox(inboxPrefix);
  const subscription = connection.subscribe(inbox, {
    callback: (error, message) => {
      if (error !== null) return settle({ kind: "unavailable", reason: error.message });
      const outcome = toOutcome(message, inbox);
      if (isWaiting) settle(outcome);
      else if (outcome.kind === "message") giveBack(connection, message);
    },
  });
  const timer = setTimeout(() => settle({ kind: "silent" }), expiresMs + GRACE_MS);
  try {
    const request = JSON.stringify({ batch: 1, expires: nanos(expiresMs) });
    connection.publish(NEXT_SUBJECT, request, { reply: inbox });
    return await abortable(promise, signal);
  } finally {
    isWaiting = false;
    clearTimeout(timer);
    // Draining still hands what is on its way to the callback, which gives it back.
    if (!connection.isClosed()) void subscription.drain().catch(() => {});
  }
}

function toOutcome(message: Msg, inbox: string): PullOutcome {
  if (message.subject !== inbox || message.reply?.startsWith("$JS.ACK.")) {
    return { kind: "message", message };
  }
  const code = message.headers?.code ?? 0;
  if (EMPTY_CODES.has(code)) return { kind: "empty" };
  return { kind: "unavailable", reason: `${code} ${message.headers?.description ?? ""}`.trim() };
}

function giveBack(connection: NatsConnection, message: Msg): void {
  if (message.reply !== undefined && !connection.isClosed()) {
    connection.publish(message.reply, "-NAK");
  }
}
