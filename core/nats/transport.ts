/** Everything that the roles need of NATS, behind the ports: one connection, provisioned. */
import type { SweepId } from "../domain/ids.ts";
import type { Milliseconds } from "../domain/units.ts";
import type { DecodeError } from "../protocol/codec.ts";
import type {
  ApiClient,
  ApiServer,
  ArtifactStore,
  JournalReader,
  JournalWriter,
  PackPublisher,
  PackQueue,
  PresenceDirectory,
  SweepIndex,
  Waiting,
} from "../protocol/ports.ts";
import { NatsApiClient } from "./api_client.ts";
import { NatsApiServer } from "./api_server.ts";
import { NatsArtifactStore } from "./artifact_store.ts";
import { connectNats, NatsConnectError, type NatsLink, type NatsLinkStatus } from "./connect.ts";
import { isStoreFull, isTransient } from "./jetstream_errors.ts";
import { NatsJournalReader } from "./journal_reader.ts";
import { NatsJournalWriter } from "./journal_writer.ts";
import type { NatsTarget } from "./nats_target.ts";
import { NatsPackPublisher } from "./pack_publisher.ts";
import { NatsPackQueue } from "./pack_queue.ts";
import { NatsPresenceDirectory } from "./presence_directory.ts";
import { provision } from "./provisioning.ts";
import { guardStreams } from "./stream_guard.ts";
import { NatsSweepIndex } from "./sweep_index.ts";

/** How often a connected server is asked for what must be there: each time waits for some seconds. */
const OPEN_TRIES = 3;

/** The ports over one connection. Disposing drains and closes it. */
export interface Transport extends AsyncDisposable {
  /** The servers' addresses, without credentials. */
  readonly description: string;
  readonly serverVersion: string;
  readonly journal: JournalReader;
  readonly packs: PackQueue;
  readonly publisher: PackPublisher;
  readonly api: ApiClient;
  readonly presence: PresenceDirectory;
  readonly index: SweepIndex;
  readonly artifacts: ArtifactStore;
  /** Whether the server can be reached at present, as far as the client has noticed. */
  readonly isConnected: () => boolean;
  /**
   * Becomes the only writer of a sweep's journal, `after` the last entry that was folded.
   * @throws {JournalConflictError} If the journal goes on after that.
   */
  readonly openWriter: (
    sweep: SweepId,
    options: Waiting & { readonly after: number },
  ) => Promise<JournalWriter>;
  /**
   * Rejects when the journals' or the queue's stream is gone from the server, or was made anew.
   * @throws {StreamLostError} Then; it never resolves, but rejects with the signal's reason, too.
   */
  readonly guardStreams: (options: Waiting) => Promise<never>;
  /** Answers a sweep's requests from here on. */
  readonly serveApi: (sweep: SweepId) => ApiServer;
}

/** Told of each message that is not what its subject promises; nothing was done with it. */
export type OnRefused = (error: DecodeError) => void;

/** How to open a transport. */
export interface OpenTransportOptions extends Waiting {
  /** Shown by the server's connection list, such as `trawl-worker/host`. */
  readonly name: string;
  /** How long a lease lasts without renewal. */
  readonly leaseMs: Milliseconds;
  /** Copies in a cluster; unless told, what is there keeps its number, and what is new has 1. */
  readonly replicas?: number | undefined;
  /** Called for each change of the link, and when the server stops or starts to take writes. */
  readonly onStatus?: (status: NatsLinkStatus) => void;
  readonly onRefused?: OnRefused;
}

/**
 * Connects and provisions. A user who may not create or change what is kept there can use it all the
 * same, once somebody else has created it.
 * @throws {NatsConnectError} If no server answers, or the credentials are refused.
 * @throws {JetStreamUnavailableError} If the server runs without JetStream.
 * @throws {ProvisioningDeniedError} If something is missing there that this user may not create.
 * @throws {ServerTooSmallError} If it cannot keep so many replicas, or takes no message of 64 KiB.
 */
export async function openTransport(
  target: NatsTarget,
  options: OpenTransportOptions,
): Promise<Transport> {
  const { leaseMs, signal, replicas, ...connecting } = options;
  const waiting = signal === undefined ? {} : { signal };
  const link = await connectNats(target, { ...connecting, ...waiting });
  try {
    return await untilAnswered(link, async () => {
      await provision(link.connection, { leaseMs, replicas, ...waiting });
      return await overLink(link, options);
    });
  } catch (error) {
    await link[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * A server that is restarted just then is back soon, and all this can be asked for again.
 * @throws {NatsConnectError} If it does not answer any more.
 */
async function untilAnswered<T>(link: NatsLink, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1;; tries++) {
    try {
      return await attempt();
    } catch (cause) {
      if (!isTransient(cause)) throw cause;
      if (tries < OPEN_TRIES && !link.connection.isClosed()) continue;
      throw new NatsConnectError(
        link.url,
        "it does not answer any more; a nats-server with JetStream must be running there",
        { cause },
      );
    }
  }
}

async function overLink(
  link: NatsLink,
  { onStatus = () => {}, onRefused = () => {} }: OpenTransportOptions,
): Promise<Transport> {
  const { connection } = link;
  const onUndecodable = onRefused;
  const [journal, publisher, presence, index, artifacts] = await Promise.all([
    NatsJournalReader.open(connection),
    NatsPackPublisher.open(connection),
    NatsPresenceDirectory.open(connection, { onUndecodable }),
    NatsSweepIndex.open(connection),
    NatsArtifactStore.open(connection),
  ]);
  return {
    description: link.url,
    serverVersion: link.serverVersion,
    journal,
    publisher,
    presence,
    index,
    artifacts,
    isConnected: link.isConnected,
    packs: NatsPackQueue.open(connection, { inboxPrefix: link.inboxPrefix, onPoison: onRefused }),
    api: NatsApiClient.open(connection),
    openWriter: (sweep, options) =>
      NatsJournalWriter.open(connection, sweep, {
        ...options,
        onRetry: (error) => onStatus({ kind: "writesRefused", isFull: isStoreFull(error) }),
        onAnswered: () => onStatus({ kind: "writesTaken" }),
      }),
    guardStreams: ({ signal }) => guardStreams(connection, signal === undefined ? {} : { signal }),
    serveApi: (sweep) => NatsApiServer.open(connection, sweep, { onUndecodable }),
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  };
}
