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
  SweepIndex,
  Waiting,
} from "../protocol/ports.ts";
import { NatsApiClient } from "./api_client.ts";
import { NatsApiServer } from "./api_server.ts";
import { NatsArtifactStore } from "./artifact_store.ts";
import { connectNats, type NatsLink, type NatsLinkStatus } from "./connect.ts";
import { NatsJournalReader } from "./journal_reader.ts";
import { NatsJournalWriter } from "./journal_writer.ts";
import type { NatsTarget } from "./nats_target.ts";
import { NatsPackPublisher } from "./pack_publisher.ts";
import { NatsPackQueue } from "./pack_queue.ts";
import { NatsPresenceDirectory } from "./presence_directory.ts";
import { provision } from "./provisioning.ts";
import { NatsSweepIndex } from "./sweep_index.ts";

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
  /** Answers a sweep's requests from here on. */
  readonly serveApi: (sweep: SweepId) => ApiServer;
}

/** How to open a transport. */
export interface OpenTransportOptions extends Waiting {
  /** Shown by the server's connection list, such as `trawl-worker/host`. */
  readonly name: string;
  /** How long a lease lasts without renewal. */
  readonly leaseMs: Milliseconds;
  /** Called for each change of the link. */
  readonly onStatus?: (status: NatsLinkStatus) => void;
}

/**
 * Connects and provisions. A user who may not create or change what is kept there can use it all the
 * same, once somebody else has created it.
 * @throws {NatsConnectError} If no server answers, or the credentials are refused.
 * @throws {JetStreamUnavailableError} If the server runs without JetStream.
 * @throws {ProvisioningDeniedError} If something is missing there that this user may not create.
 */
export async function openTransport(
  target: NatsTarget,
  options: OpenTransportOptions,
): Promise<Transport> {
  const { leaseMs, signal, ...connecting } = options;
  const waiting = signal === undefined ? {} : { signal };
  const link = await connectNats(target, { ...connecting, ...waiting });
  try {
    await provision(link.connection, { leaseMs, ...waiting });
    return await overLink(link);
  } catch (error) {
    await link[Symbol.asyncDispose]();
    throw error;
  }
}

async function overLink(link: NatsLink): Promise<Transport> {
  const { connection } = link;
  const [journal, publisher, presence, index, artifacts] = await Promise.all([
    NatsJournalReader.open(connection),
    NatsPackPublisher.open(connection),
    NatsPresenceDirectory.open(connection),
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
    packs: NatsPackQueue.open(connection, { inboxPrefix: link.inboxPrefix }),
    api: NatsApiClient.open(connection),
    openWriter: (sweep, options) => NatsJournalWriter.open(connection, sweep, options),
    serveApi: (sweep) => NatsApiServer.open(connection, sweep),
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  };
}
