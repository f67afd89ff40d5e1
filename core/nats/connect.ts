/** One connection to NATS: fails fast at first, never gives up later, drains within a bound at the end. */
import {
  type Authenticator,
  type ConnectionOptions,
  credsAuthenticator,
  Events,
  type NatsConnection,
  nkeyAuthenticator,
  type Status,
  type TlsOptions,
} from "nats";
import { type Milliseconds, milliseconds } from "../domain/units.ts";
import { describeConnectFailure, NatsConnectError } from "./connect_error.ts";
import { connectOverSocket } from "./connect_transport.ts";
import { inboxPrefixOf } from "./inbox_prefix.ts";
import { describeNatsTarget, type NatsTarget, parseNatsTarget } from "./nats_target.ts";

export { NatsConnectError };

/** What happens to an open link, in order. After `closed` nothing follows. */
export type NatsLinkStatus =
  | { readonly kind: "disconnected"; readonly server: string }
  | { readonly kind: "reconnecting"; readonly server: string }
  | { readonly kind: "reconnected"; readonly server: string }
  | { readonly kind: "error"; readonly message: string }
  /** An entry of a journal was not taken and will be tried again; `isFull`: there is no room for it. */
  | { readonly kind: "writesRefused"; readonly isFull: boolean }
  /** Entries are taken again. */
  | { readonly kind: "writesTaken" }
  | { readonly kind: "closed"; readonly error: Error | undefined };

/** How to connect. */
export interface ConnectNatsOptions {
  /** Shown by the server's connection list, such as `trawl-worker/host`. */
  readonly name: string;
  /** Ends the wait for the first connect; afterwards it has no effect. */
  readonly signal?: AbortSignal | undefined;
  /** How long each server may take to answer the first connect; 5 s unless told. */
  readonly connectWithin?: Milliseconds;
  /** How long disposing may wait for messages in flight; 5 s unless told. */
  readonly drainWithin?: Milliseconds;
  /** Called for each change of the link; it must not throw. */
  readonly onStatus?: (status: NatsLinkStatus) => void;
}

/** An open connection. Disposing drains it, or closes it at once while it is disconnected. */
export interface NatsLink extends AsyncDisposable {
  readonly connection: NatsConnection;
  /** As the server told at the first connect, such as `2.9.10`. */
  readonly serverVersion: string;
  /** The servers' addresses without credentials, for messages. */
  readonly url: string;
  /** Under which answers come to this connection. */
  readonly inboxPrefix: string;
  /** Whether the server can be reached at present, as far as the client has noticed. */
  readonly isConnected: () => boolean;
}

const RECONNECT_WAIT_MS = 250;
const RECONNECT_JITTER_MS = 100;
const DEFAULT_WAIT = milliseconds(5_000);

/**
 * Connects to the first server that answers, then reconnects for ever until disposed.
 *
 * @throws {NatsConnectError} If no server answers, or the credentials are refused.
 * @throws {SyntaxError} If `target` is a text that cannot be read as addresses.
 * @throws The signal's reason, if it aborts first.
 */
export async function connectNats(
  target: NatsTarget | string,
  options: ConnectNatsOptions,
): Promise<NatsLink> {
  const parsed = typeof target === "string" ? parseNatsTarget(target) : target;
  options.signal?.throwIfAborted();
  const connectWithin = options.connectWithin ?? DEFAULT_WAIT;
  let connection: NatsConnection;
  try {
    const settings = await connectionOptions(parsed, options.name, connectWithin);
    connection = await abortable(connectOverSocket(settings), options.signal);
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    throw new NatsConnectError(
      describeNatsTarget(parsed),
      describeConnectFailure(error, connectWithin),
      { cause: error },
    );
  }
  return openLink(connection, parsed, options);
}

async function connectionOptions(
  target: NatsTarget,
  name: string,
  connectWithin: Milliseconds,
): Promise<ConnectionOptions> {
  return {
    name,
    servers: target.servers.map((server) => server.replace(/^(nats|tls):\/\//, "")),
    timeout: connectWithin,
    inboxPrefix: inboxPrefixOf(target.auth),
    // A stack for each request, in case it fails, costs more than the request.
    noAsyncTraces: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_WAIT_MS,
    reconnectJitter: RECONNECT_JITTER_MS,
    reconnectJitterTLS: RECONNECT_JITTER_MS,
    ...(target.tls === undefined ? {} : { tls: target.tls satisfies TlsOptions }),
    ...(await authOptions(target)),
  };
}

async function authOptions(target: NatsTarget): Promise<ConnectionOptions> {
  const { auth } = target;
  switch (auth.kind) {
    case "none":
      return {};
    case "password":
      return { user: auth.user, pass: auth.password };
    case "token":
      return { token: auth.token };
    case "credentialsFile":
      return { authenticator: credsAuthenticator(await Deno.readFile(auth.path)) };
    case "nkeyFile":
      return { authenticator: await nkeyFromFile(auth.path) };
    default:
      throw auth satisfies never;
  }
}

async function nkeyFromFile(path: string): Promise<Authenticator> {
  const seed = /\bS[A-Z0-9]{57}\b/.exec(await Deno.readTextFile(path))?.[0];
  if (seed === undefined) {
    throw new SyntaxError(`Cannot read an nkey seed from "${path}": it must hold one`);
  }
  return nkeyAuthenticator(new TextEncoder().encode(seed));
}

/** The client cannot cancel a dial: a connection that arrives after the abort is closed at once. */
async function abortable(
  dialling: Promise<NatsConnection>,
  signal: AbortSignal | undefined,
): Promise<NatsConnection> {
  if (signal === undefined) return await dialling;
  const aborted = Promise.withResolvers<never>();
  function onAbort(): void {
    dialling.then((late) => late.close(), () => {
      // The dial failed by itself: nothing is left open.
    });
    aborted.reject(signal?.reason);
  }
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([dialling, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function openLink(
  connection: NatsConnection,
  target: NatsTarget,
  options: ConnectNatsOptions,
): NatsLink {
  let connected = true;
  const watching = watch(connection, (status) => {
    if (status.kind === "disconnected") connected = false;
    if (status.kind === "reconnected") connected = true;
    options.onStatus?.(status);
  });
  const drainWithin = options.drainWithin ?? DEFAULT_WAIT;
  return {
    connection,
    serverVersion: connection.info?.version ?? "unknown",
    url: describeNatsTarget(target),
    inboxPrefix: inboxPrefixOf(target.auth),
    isConnected: () => connected && !connection.isClosed(),
    async [Symbol.asyncDispose](): Promise<void> {
      if (!connection.isClosed()) {
        // While disconnected a drain could only wait for a server that may never return.
        if (connected) await drain(connection, drainWithin);
        await connection.close();
      }
      await watching;
    },
  };
}

async function drain(connection: NatsConnection, within: Milliseconds): Promise<void> {
  const timer = Promise.withResolvers<void>();
  const id = setTimeout(timer.resolve, within);
  try {
    const drained = connection.isDraining() ? connection.closed() : connection.drain();
    await Promise.race([
      drained.then(() => undefined, () => {
        // The connection broke while it drained: what was in flight is lost with it.
      }),
      timer.promise,
      connection.closed(),
    ]);
  } finally {
    clearTimeout(id);
  }
}

async function watch(
  connection: NatsConnection,
  onStatus: (status: NatsLinkStatus) => void,
): Promise<void> {
  // The client never ends its status iterator, not even when the connection closes.
  const statuses = connection.status()[Symbol.asyncIterator]();
  const closed = connection.closed().then((reason) => ({ closed: true, reason }) as const);
  while (true) {
    const next = await Promise.race([statuses.next(), closed]);
    if ("closed" in next) {
      onStatus({ kind: "closed", error: next.reason instanceof Error ? next.reason : undefined });
      return;
    }
    if (next.done) break;
    const translated = translate(next.value);
    if (translated !== undefined) onStatus(translated);
  }
}

function translate(status: Status): NatsLinkStatus | undefined {
  const data = String(status.data);
  if (status.type === Events.Disconnect) return { kind: "disconnected", server: data };
  if (status.type === Events.Reconnect) return { kind: "reconnected", server: data };
  if (status.type === "reconnecting") return { kind: "reconnecting", server: data };
  if (status.type === Events.Error) return { kind: "error", message: data };
  return undefined;
}
