/** What a NATS server is and can, asked without leaving anything on it. */
import { RetentionPolicy, StorageType } from "nats";
import { connectNats } from "./connect.ts";
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
  // A name of its own: two doctors at once must not see each other's message.
  const name = `TRAWL_DOCTOR_${crypto.randomUUID().replaceAll("-", "")}`;
  const subject = `${SUBJECT}.${name}`;
  try {
    const manager = await link.connection.jetstreamManager();
    await manager.streams.add({
      name,
      subjects: [subject],
      storage: StorageType.Memory,
      retention: RetentionPolicy.Limits,
      max_msgs: 1,
    });
    try {
      const before = now();
      await link.connection.jetstream().publish(subject);
      const after = now();
      const { time } = await manager.streams.getMessage(name, { seq: 1 });
      const clockAheadMs = time.getTime() - (before + after) / 2;
      return { ...facts, jetStreamProblem: null, clockAheadMs };
    } finally {
      await manager.streams.delete(name);
    }
  } catch (error) {
    const jetStreamProblem = error instanceof Error ? error.message : String(error);
    return { ...facts, jetStreamProblem, clockAheadMs: null };
  }
}
