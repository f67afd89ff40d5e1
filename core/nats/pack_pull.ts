/** Pulls on the queue's shared consumer: each is a message, nothing, or nobody there. */
import { createInbox, type Msg, nanos, type NatsConnection, type Subscription } from "nats";
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

const NEXT_SUBJECT = `$JS.API.CONSUMER.MSG.NEXT.${PACKS_STREAM}.${PACKS_CONSUMER}`;
/** The server counts first; our own timer only covers a server that cannot answer. */
const GRACE_MS = 500;
const EMPTY_CODES: ReadonlySet<number> = new Set([404, 408]);

/** Where the answer to one pull at a time comes. */
interface Inbox {
  readonly subject: string;
  readonly subscription: Subscription;
  /** Told the outcome of the pull that waits; null while none does. */
  settle: ((outcome: PullOutcome) => void) | null;
}

/**
 * Asks for one message at a time. The client library's own `next()` may have two requests open after
 * a missed heartbeat, and then holds a second lease that nobody sees; here one request is one message.
 */
export class PackPulls {
  readonly #connection: NatsConnection;
  readonly #inboxPrefix: string | undefined;
  /** Those whose last pull was answered: nothing of it can still come. */
  readonly #free: Inbox[] = [];

  /** @param inboxPrefix Where answers may come, such as `_INBOX.worker`; `_INBOX` unless told. */
  constructor(connection: NatsConnection, inboxPrefix?: string) {
    this.#connection = connection;
    this.#inboxPrefix = inboxPrefix;
  }

  /**
   * One pull, open for as long as `expiresMs`.
   * @throws The signal's reason; a message that was already on its way is given back at once.
   */
  async one(
    { expiresMs, signal }: Waiting & { readonly expiresMs: Milliseconds },
  ): Promise<PullOutcome> {
    const { promise, resolve } = Promise.withResolvers<PullOutcome>();
    const inbox = this.#free.pop() ?? this.#subscribe();
    inbox.settle = resolve;
    let isAnswered = false;
    const timer = setTimeout(() => resolve({ kind: "silent" }), expiresMs + GRACE_MS);
    try {
      const request = JSON.stringify({ batch: 1, expires: nanos(expiresMs) });
      this.#connection.publish(NEXT_SUBJECT, request, { reply: inbox.subject });
      const outcome = await abortable(promise, signal);
      isAnswered = outcome.kind === "message" || outcome.kind === "empty";
      return outcome;
    } finally {
      inbox.settle = null;
      clearTimeout(timer);
      if (isAnswered) this.#free.push(inbox);
      // Draining still hands what is on its way to the callback, which gives it back.
      else if (!this.#connection.isClosed()) void inbox.subscription.drain().catch(() => {});
    }
  }

  #subscribe(): Inbox {
    const subject = createInbox(this.#inboxPrefix);
    const subscription = this.#connection.subscribe(subject, {
      callback: (error, message) => {
        const { settle } = inbox;
        const outcome: PullOutcome = error === null
          ? toOutcome(message, subject)
          : { kind: "unavailable", reason: error.message };
        inbox.settle = null;
        if (settle !== null) settle(outcome);
        else if (outcome.kind === "message") giveBack(this.#connection, outcome.message);
      },
    });
    const inbox: Inbox = { subject, subscription, settle: null };
    return inbox;
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
