/** Creates what Trawl keeps in JetStream, or brings it up to date: streams, consumer, buckets. */
import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  ErrorCode,
  type JetStreamManager,
  nanos,
  type NatsConnection,
  NatsError,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from "nats";
import { type Milliseconds, milliseconds } from "../domain/units.ts";
import { PRESENCE_TTL_MS } from "../protocol/presence.ts";
import {
  ALL_JOURNALS,
  ALL_PACKS,
  ARTIFACTS_BUCKET,
  JOURNAL_STREAM,
  PACKS_CONSUMER,
  PACKS_STREAM,
  WORKERS_BUCKET,
} from "../protocol/subjects.ts";
import { isNoResponders, isNotFound, STREAM_NAME_IN_USE } from "./jetstream_errors.ts";
import { apiErrorCode } from "./jetstream_errors.ts";
import { abortable } from "./waiting.ts";

/** How the objects are set up. */
export interface ProvisionOptions {
  /** How long a lease lasts without renewal: the queue's `ack_wait`. */
  readonly leaseMs: Milliseconds;
  /** Copies in a cluster; 1 unless told. */
  readonly replicas?: number;
  /** After this much silence a worker is gone; `PRESENCE_TTL_MS` unless told. */
  readonly presenceTtlMs?: Milliseconds;
  readonly signal?: AbortSignal;
}

/** How long JetStream remembers message ids. */
export const DEDUP_WINDOW_MS: Milliseconds = milliseconds(120_000);
/** Leases out at once, over all workers; beyond it the queue would hand out nothing. */
const MAX_LEASES = 100_000;
/** Workers that wait for a lease at once; the server's default of 512 is less than a big fleet. */
const MAX_WAITING_PULLS = 16_384;

/**
 * Safe to call from many processes at once and as often as one likes: the last one's lease counts.
 * @throws {JetStreamUnavailableError} If the server runs without JetStream, or this account has none.
 * @throws The signal's reason, if it aborts first.
 */
export async function provision(
  connection: NatsConnection,
  options: ProvisionOptions,
): Promise<void> {
  await abortable(provisionAll(connection, options), options.signal);
}

async function provisionAll(connection: NatsConnection, options: ProvisionOptions): Promise<void> {
  const { leaseMs, replicas = 1, presenceTtlMs = PRESENCE_TTL_MS } = options;
  const manager = await openManager(connection);
  await ensureStream(manager, packsConfig(replicas));
  await ensureStream(manager, journalConfig(replicas));
  await ensureConsumer(manager, consumerConfig(leaseMs));
  const { views } = connection.jetstream();
  await ensureBucket(
    () => views.kv(WORKERS_BUCKET, { ttl: presenceTtlMs, history: 1, replicas }),
  );
  await ensureTtl(manager, presenceTtlMs);
  await ensureBucket(
    () => views.os(ARTIFACTS_BUCKET, { storage: StorageType.File, replicas }),
  );
}

async function openManager(connection: NatsConnection): Promise<JetStreamManager> {
  try {
    return await connection.jetstreamManager();
  } catch (cause) {
    const code = cause instanceof NatsError ? cause.code : null;
    const isDisabled = isNoResponders(cause) || code === ErrorCode.JetStreamNotEnabled ||
      code === ErrorCode.JetStream408RequestTimeout;
    if (!isDisabled) throw cause;
    throw new JetStreamUnavailableError(connection.getServer(), { cause });
  }
}

type StreamSettings = Partial<StreamConfig> & Pick<StreamConfig, "name">;

function packsConfig(replicas: number): StreamSettings {
  return {
    name: PACKS_STREAM,
    subjects: [ALL_PACKS],
    retention: RetentionPolicy.Workqueue,
    storage: StorageType.File,
    num_replicas: replicas,
    duplicate_window: nanos(DEDUP_WINDOW_MS),
  };
}

function journalConfig(replicas: number): StreamSettings {
  return {
    name: JOURNAL_STREAM,
    subjects: [ALL_JOURNALS],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    num_replicas: replicas,
    duplicate_window: nanos(DEDUP_WINDOW_MS),
    allow_direct: true,
  };
}

function consumerConfig(
  leaseMs: Milliseconds,
): Partial<ConsumerConfig> & { readonly durable_name: string } {
  return {
    durable_name: PACKS_CONSUMER,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(leaseMs),
    // Who has had enough attempts is the journal's business; a limit here would hide packs.
    max_deliver: -1,
    max_ack_pending: MAX_LEASES,
    max_waiting: MAX_WAITING_PULLS,
  };
}

async function ensureStream(manager: JetStreamManager, settings: StreamSettings): Promise<void> {
  try {
    await manager.streams.add(settings);
  } catch (error) {
    if (apiErrorCode(error) !== STREAM_NAME_IN_USE) throw error;
    await manager.streams.update(settings.name, settings);
  }
}

async function ensureConsumer(
  manager: JetStreamManager,
  config: Partial<ConsumerConfig> & { readonly durable_name: string },
): Promise<void> {
  const { durable_name, ack_wait, max_ack_pending, max_deliver } = config;
  try {
    await manager.consumers.info(PACKS_STREAM, durable_name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    // Equal requests at once give one consumer; unequal ones are settled by the update below.
    await manager.consumers.add(PACKS_STREAM, config).catch(() => {});
  }
  await manager.consumers.update(PACKS_STREAM, durable_name, {
    ...(ack_wait === undefined ? {} : { ack_wait }),
    ...(max_ack_pending === undefined ? {} : { max_ack_pending }),
    ...(max_deliver === undefined ? {} : { max_deliver }),
  });
}

/** Opening a bucket creates it; another process may do so between its look and its creation. */
async function ensureBucket(open: () => Promise<unknown>): Promise<void> {
  try {
    await open();
  } catch (error) {
    if (apiErrorCode(error) !== STREAM_NAME_IN_USE) throw error;
    await open();
  }
}

async function ensureTtl(manager: JetStreamManager, ttlMs: Milliseconds): Promise<void> {
  const name = `KV_${WORKERS_BUCKET}`;
  const { config } = await manager.streams.info(name);
  const maxAge = nanos(ttlMs);
  if (config.max_age === maxAge) return;
  const window = Math.min(maxAge, nanos(DEDUP_WINDOW_MS));
  await manager.streams.update(name, { ...config, max_age: maxAge, duplicate_window: window });
}

/** The server has no JetStream for us: sweeps cannot be kept there. */
export class JetStreamUnavailableError extends Error {
  override readonly name = "JetStreamUnavailableError";

  constructor(server: string, options?: ErrorOptions) {
    super(
      `Cannot keep sweeps at ${server}: JetStream is not enabled for this account; ` +
        `it must run with --jetstream`,
      options,
    );
  }
}
