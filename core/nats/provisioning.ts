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
  SWEEPS_BUCKET,
  WORKERS_BUCKET,
} from "../protocol/subjects.ts";
import {
  apiErrorCode,
  isDenied,
  isLeaderless,
  isNotFound,
  isTimeout,
  STREAM_NAME_IN_USE,
  TOO_FEW_SERVERS,
} from "./jetstream_errors.ts";
import { abortable, pause } from "./waiting.ts";

/** How the objects are set up. */
export interface ProvisionOptions {
  /** How long a lease lasts without renewal: the queue's `ack_wait`. */
  readonly leaseMs: Milliseconds;
  /** Copies in a cluster; unless told, what is there keeps its number, and what is new has 1. */
  readonly replicas?: number | undefined;
  /** After this much silence a worker is gone; `PRESENCE_TTL_MS` unless told. */
  readonly presenceTtlMs?: Milliseconds;
  readonly signal?: AbortSignal;
}

const WORKERS_STREAM = `KV_${WORKERS_BUCKET}`;
const SWEEPS_STREAM = `KV_${SWEEPS_BUCKET}`;
const ARTIFACTS_STREAM = `OBJ_${ARTIFACTS_BUCKET}`;
/** JetStream's number for replicas that a server without a cluster was asked for. */
const NOT_CLUSTERED = 10_074;
/** How long JetStream remembers message ids. */
export const DEDUP_WINDOW_MS: Milliseconds = milliseconds(120_000);
/** Leases out at once, over all workers; beyond it the queue would hand out nothing. */
const MAX_LEASES = 100_000;
/** How long a cluster may take to elect a leader, before that is told. */
const LEADER_WITHIN_MS = 20_000;
const LEADER_PAUSE_MS = 250;
/** Below this a lease's answer, which cannot be cut, might not fit in a message. */
const LEAST_PAYLOAD = 64 * 1024;
/** Workers that wait for a lease at once; the server's default of 512 is less than a big fleet. */
const MAX_WAITING_PULLS = 16_384;

/**
 * Safe to call from many processes at once and as often as one likes: the last one's lease counts.
 * A user who may not change what is there takes it as it is.
 * @throws {JetStreamUnavailableError} If the server runs without JetStream, or this account has none.
 * @throws {ProvisioningDeniedError} If something is missing that this user may not create.
 * @throws {ServerTooSmallError} If the server cannot keep so many replicas, or takes no message of 64 KiB.
 * @throws The signal's reason, if it aborts first.
 */
export async function provision(
  connection: NatsConnection,
  options: ProvisionOptions,
): Promise<void> {
  assertPayload(connection);
  const deadline = performance.now() + LEADER_WITHIN_MS;
  for (;;) {
    try {
      return await abortable(provisionAll(connection, options), options.signal);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      if (TOO_FEW_SERVERS.has(apiErrorCode(error) ?? 0)) {
        throw tooFewServers(connection, options, error);
      }
      // A node of a cluster has just died or started: whoever leads is being elected.
      const mayPass = isLeaderless(error) || (isTimeout(error) && connection.info?.cluster);
      if (!mayPass || performance.now() > deadline) throw error;
      await pause(LEADER_PAUSE_MS, options.signal);
    }
  }
}

function assertPayload(connection: NatsConnection): void {
  const size = connection.info?.max_payload ?? Infinity;
  if (size >= LEAST_PAYLOAD) return;
  throw new ServerTooSmallError(
    `Cannot keep sweeps at ${connection.getServer()}: it takes messages of ${size} bytes at most; ` +
      `its max_payload must be at least 64 KB`,
  );
}

function tooFewServers(
  connection: NatsConnection,
  { replicas = 1 }: ProvisionOptions,
  cause: unknown,
): ServerTooSmallError {
  const state = apiErrorCode(cause) === NOT_CLUSTERED
    ? "it is a single server"
    : "its cluster has too few servers that run";
  return new ServerTooSmallError(
    `Cannot keep ${replicas} replicas at ${connection.getServer()}: ${state}; ` +
      `it must be a cluster of at least ${replicas}`,
    { cause },
  );
}

async function provisionAll(connection: NatsConnection, options: ProvisionOptions): Promise<void> {
  const { leaseMs, replicas, presenceTtlMs = PRESENCE_TTL_MS } = options;
  const manager = await openManager(connection);
  await ensureStream(manager, packsConfig(replicas));
  await ensureStream(manager, journalConfig(replicas));
  await ensureConsumer(manager, consumerConfig(leaseMs));
  const { views } = connection.jetstream();
  await ensureBucket(
    manager,
    WORKERS_STREAM,
    () => views.kv(WORKERS_BUCKET, { ttl: presenceTtlMs, history: 1, replicas: replicas ?? 1 }),
  );
  await ensureTtl(manager, presenceTtlMs);
  await ensureReplicas(manager, WORKERS_STREAM, replicas);
  await ensureBucket(
    manager,
    SWEEPS_STREAM,
    () =>
      views.kv(SWEEPS_BUCKET, { history: 1, storage: StorageType.File, replicas: replicas ?? 1 }),
  );
  await ensureReplicas(manager, SWEEPS_STREAM, replicas);
  await ensureBucket(
    manager,
    ARTIFACTS_STREAM,
    () => views.os(ARTIFACTS_BUCKET, { storage: StorageType.File, replicas: replicas ?? 1 }),
  );
  await ensureReplicas(manager, ARTIFACTS_STREAM, replicas);
}

async function openManager(connection: NatsConnection): Promise<JetStreamManager> {
  try {
    return await connection.jetstreamManager();
  } catch (cause) {
    const code = cause instanceof NatsError ? cause.code : null;
    const isDisabled = !isLeaderless(cause) && (code === ErrorCode.JetStreamNotEnabled ||
      code === ErrorCode.JetStream408RequestTimeout);
    if (!isDisabled) throw cause;
    throw new JetStreamUnavailableError(connection.getServer(), { cause });
  }
}

type StreamSettings = Partial<StreamConfig> & Pick<StreamConfig, "name">;

function packsConfig(replicas: number | undefined): StreamSettings {
  return {
    name: PACKS_STREAM,
    subjects: [ALL_PACKS],
    retention: RetentionPolicy.Workqueue,
    storage: StorageType.File,
    ...(replicas === undefined ? {} : { num_replicas: replicas }),
    duplicate_window: nanos(DEDUP_WINDOW_MS),
  };
}

function journalConfig(replicas: number | undefined): StreamSettings {
  return {
    name: JOURNAL_STREAM,
    subjects: [ALL_JOURNALS],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    ...(replicas === undefined ? {} : { num_replicas: replicas }),
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

/** Looks first: who may not create anything can still use what is there. */
async function ensureStream(manager: JetStreamManager, settings: StreamSettings): Promise<void> {
  const present = await orNull(manager.streams.info(settings.name));
  if (present === null) return await addStream(manager, settings);
  if (isEqualWhereSet(settings, present.config)) return;
  await unlessDenied(manager.streams.update(settings.name, settings));
}

async function addStream(manager: JetStreamManager, settings: StreamSettings): Promise<void> {
  try {
    await orMissing(manager.streams.add(settings), `stream "${settings.name}"`);
  } catch (error) {
    // Another process was faster, with other settings.
    if (apiErrorCode(error) !== STREAM_NAME_IN_USE) throw error;
    await manager.streams.update(settings.name, settings);
  }
}

async function ensureConsumer(
  manager: JetStreamManager,
  config: Partial<ConsumerConfig> & { readonly durable_name: string },
): Promise<void> {
  const { durable_name, ack_wait, max_ack_pending, max_deliver } = config;
  const wanted = {
    ...(ack_wait === undefined ? {} : { ack_wait }),
    ...(max_ack_pending === undefined ? {} : { max_ack_pending }),
    ...(max_deliver === undefined ? {} : { max_deliver }),
  };
  const present = await orNull(manager.consumers.info(PACKS_STREAM, durable_name));
  if (present !== null && isEqualWhereSet(wanted, present.config)) return;
  if (present === null) {
    // Equal requests at once give one consumer; unequal ones are settled by the update below.
    await orMissing(manager.consumers.add(PACKS_STREAM, config), `consumer "${durable_name}"`)
      .catch((error) => {
        if (error instanceof ProvisioningDeniedError) throw error;
      });
  }
  await unlessDenied(manager.consumers.update(PACKS_STREAM, durable_name, wanted));
}

/** Opening a bucket creates it; another process may do so between its look and its creation. */
async function ensureBucket(
  manager: JetStreamManager,
  stream: string,
  open: () => Promise<unknown>,
): Promise<void> {
  if (await orNull(manager.streams.info(stream)) !== null) return;
  try {
    await orMissing(open(), `bucket "${stream}"`);
  } catch (error) {
    if (apiErrorCode(error) !== STREAM_NAME_IN_USE) throw error;
    await open();
  }
}

async function ensureTtl(manager: JetStreamManager, ttlMs: Milliseconds): Promise<void> {
  const { config } = await manager.streams.info(WORKERS_STREAM);
  const maxAge = nanos(ttlMs);
  if (config.max_age === maxAge) return;
  const window = Math.min(maxAge, nanos(DEDUP_WINDOW_MS));
  const update = { ...config, max_age: maxAge, duplicate_window: window };
  await unlessDenied(manager.streams.update(WORKERS_STREAM, update));
}

/** Opening a bucket takes it with as many replicas as it has: this brings it to the number asked for. */
async function ensureReplicas(
  manager: JetStreamManager,
  stream: string,
  replicas: number | undefined,
): Promise<void> {
  if (replicas === undefined) return;
  const { config } = await manager.streams.info(stream);
  if (config.num_replicas === replicas) return;
  await unlessDenied(manager.streams.update(stream, { ...config, num_replicas: replicas }));
}

/** Whether every setting is already so: then nothing has to be changed. */
function isEqualWhereSet(wanted: object, present: object): boolean {
  const values = new Map(Object.entries(present));
  return Object.entries(wanted).every(([key, value]) =>
    JSON.stringify(values.get(key)) === JSON.stringify(value)
  );
}

async function orNull<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** What is there works with its owner's settings, too. */
async function unlessDenied(changing: Promise<unknown>): Promise<void> {
  try {
    await changing;
  } catch (error) {
    if (!isDenied(error)) throw error;
  }
}

async function orMissing(creating: Promise<unknown>, what: string): Promise<void> {
  try {
    await creating;
  } catch (cause) {
    throw isDenied(cause) ? new ProvisioningDeniedError(what, { cause }) : cause;
  }
}

/** Something is missing on the server that this user may not create. */
export class ProvisioningDeniedError extends Error {
  override readonly name = "ProvisioningDeniedError";

  constructor(what: string, options?: ErrorOptions) {
    super(
      `Cannot create ${what}: it is missing and this NATS user may not create it; ` +
        `a coordinator must have started there first, such as with "trawl sweep"`,
      options,
    );
  }
}

/** The server cannot do what was asked of it: it has too few replicas, or takes too small messages. */
export class ServerTooSmallError extends Error {
  override readonly name = "ServerTooSmallError";
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
