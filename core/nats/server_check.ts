/** What a NATS server is and can, asked without leaving anything on it. */
import { type NatsConnection, RetentionPolicy, StorageType } from "nats";
import { JOURNAL_STREAM } from "../protocol/subjects.ts";
import { connectNats } from "./connect.ts";
import { isDenied, isNotFound } from "./jetstream_errors.ts";
import type { NatsTarget } from "./nats_target.ts";
import { isAtLeast, OLDEST_SERVER_VERSION } from "./server_binary/server_version.ts";

/** What was found. */
export interface ServerFacts {
  /** Without credentials. */
  readonly url: string;
  readonly version: string;
  readonly isNewEnough: boolean;
  /** Null: it is there. */
  readonly jetStreamProblem: string | null;
  /** Whether this user may create what Trawl keeps; a worker's or a viewer's user need not. */
  readonly mayCreate: boolean;
  /** By how many ms the server's clock is ahead of this machine's, or behind; null without JetStream. */
  readonly clockAheadMs: number | null;
}

/** How to ask. */
export interface CheckServerOptions {
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

const SUBJECT = "trawl.v1.doctor";

/**
 * Connects and asks.
 * @throws {NatsConnectError} If no server answers, or the credentials are refused.
 */
export async function checkServer(
  target: NatsTarget,
  { now, signal }: CheckServerOptions,
): Promise<ServerFacts> {
  await using link = await connectNats(target, { name: "trawl-doctor", signal });
  const { url, serverVersion: version } = link;
  const facts = { url, version, isNewEnough: isAtLeast(version, OLDEST_SERVER_VERSION) };
  const { connection } = link;
  try {
    const clockAheadMs = await measureClock(connection, now);
    return { ...facts, jetStreamProblem: null, mayCreate: true, clockAheadMs };
  } catch (error) {
    signal?.throwIfAborted();
    const problem = isDenied(error) ? await findStream(connection) : describe(error);
    return { ...facts, jetStreamProblem: problem, mayCreate: false, clockAheadMs: null };
  }
}

/** By a stream in memory that is gone afterwards. */
async function measureClock(connection: NatsConnection, now: () => number): Promise<number> {
  // A name of its own: two doctors at once must not see each other's message.
  const name = `TRAWL_DOCTOR_${crypto.randomUUID().replaceAll("-", "")}`;
  const subject = `${SUBJECT}.${name}`;
  const manager = await connection.jetstreamManager({ checkAPI: false });
  await manager.streams.add({
    name,
    subjects: [subject],
    storage: StorageType.Memory,
    retention: RetentionPolicy.Limits,
    max_msgs: 1,
  });
  try {
    const before = now();
    await connection.jetstream().publish(subject);
    const after = now();
    const { time } = await manager.streams.getMessage(name, { seq: 1 });
    return time.getTime() - (before + after) / 2;
  } finally {
    await manager.streams.delete(name);
  }
}

/** What a user who may create nothing can see: the journals are there, or why not. */
async function findStream(connection: NatsConnection): Promise<string | null> {
  try {
    const manager = await connection.jetstreamManager({ checkAPI: false });
    await manager.streams.info(JOURNAL_STREAM);
    return null;
  } catch (error) {
    return isNotFound(error)
      ? "no coordinator was there yet, and this user may not create anything"
      : describe(error);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
