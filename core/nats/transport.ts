/** Everything that the roles need of NATS, behind the ports: one connection, provisioned. */
import type { SweepId } from "../domain/ids.ts";
import type { Milliseconds } from "../domain/units.ts";
import type {
  ApiClient,
  ApiServer,
  ArtifactStore,
  JournalReader,
  JournalWriter,
  PackPublisher,
  PackQueue,
  PresenceDirectory,
  Waiting,
} from "../protocol/ports.ts";
import { NatsApiClient } from "./api_client.ts";
import { NatsApiServer } from "./api_server.ts";
import { NatsArtifactStore } from "./artifact_store.ts";
import { connectNats, type NatsLink, type NatsLinkStatus } from "./connect.ts";
import { NatsJournalReader } from "./journal_reader.ts";
import { NatsJournalWriter } from "./journal_writer.ts";
import { isStoreFull } from "./jetstream_errors.ts";
import type { NatsTarget } from "./nats_target.ts";
import { NatsPackPublisher } from "./pack_publisher.ts";
import { NatsPackQueue } from "./pack_queue.ts";
import { NatsPresenceDirectory } from "./presence_directory.ts";
import { provision } from "./provisioning.ts";
import { guardStreams } from "./stream_guard.ts";

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
  readonly artifacts: ArtifactStore;
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
    await provision(link.connection, { leaseMs, replicas, ...waiting });
    return await overLink(link, options.onStatus ?? (() => {}));
  } catch (error) {
    await link[Symbol.asyncDispose]();
    throw error;
  }
}

async function overLink(
  link: NatsLink,
  onStatus: (status: NatsLinkStatus) => void,
): Promise<Transport> {
  const { connection } = link;
  const [journal, publisher, presence, artifacts] = await Promise.all([
    NatsJournalReader.open(connection),
    NatsPackPublisher.open(connection),
    NatsPresenceDirectory.open(connection),
    NatsArtifactStore.open(connection),
  ]);
  return {
    description: link.url,
    serverVersion: link.serverVersion,
    journal,
    publisher,
    presence,
    artifacts,
    packs: NatsPackQueue.open(connection, { inboxPrefix: link.inboxPrefix }),
    api: NatsApiClient.open(connection),
    openWriter: (sweep, options) =>
      NatsJournalWriter.open(connection, sweep, {
        ...options,
        onRetry: (error) => onStatus({ kind: "writesRefused", isFull: isStoreFull(error) }),
        onAnswered: () => onStatus({ kind: "writesTaken" }),
      }),
    guardStreams: ({ signal }) => guardStreams(connection, signal === undefined ? {} : { signal }),
    serveApi: (sweep) => NatsApiServer.open(connection, sweep),
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  };
}
