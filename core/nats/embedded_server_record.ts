/** What a home remembers of its running server: where it is and how to log in. */
import { z } from "zod";
import { milliseconds } from "../domain/units.ts";
import { connectNats } from "./connect.ts";
import { serverTarget, writePrivate } from "./embedded_server_process.ts";

/** The content of `<home>/nats/server.json`, which only its owner may read. */
export interface ServerRecord {
  readonly v: 1;
  /** `nats://127.0.0.1:<port>`, unless it listens for other machines. */
  readonly url: string;
  /** `HOST:PORT` at which other machines may reach it. */
  readonly listen?: string | undefined;
  /** Path of the authority of its TLS certificate. */
  readonly caFile?: string | undefined;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly pid: number;
  /** The identity that this very process told: another server may get the port after it. */
  readonly serverId: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

const recordSchema: z.ZodType<ServerRecord> = z.object({
  v: z.literal(1),
  url: z.string(),
  listen: z.string().optional(),
  caFile: z.string().optional(),
  port: z.int().min(1).max(65_535),
  user: z.string().min(1),
  password: z.string().min(1),
  pid: z.int().min(1),
  serverId: z.string().min(1),
  startedAt: z.string(),
});

/** Long enough for a busy host, short enough for a person who waits for a command. */
const ANSWER_WITHIN = milliseconds(2_000);

/** The record, or undefined if there is none or it is not one of ours. */
export async function readServerRecord(path: string): Promise<ServerRecord | undefined> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  try {
    return recordSchema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    // Damaged by a full disk or a person: the server is started anew, and the record with it.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Replaces the record in one step. */
export async function writeServerRecord(path: string, record: ServerRecord): Promise<void> {
  await writePrivate(path, JSON.stringify(record, null, 2) + "\n");
}

/** The identity of the server that answers at an address with a login, or undefined if none does. */
export async function askServerId(
  at: Pick<ServerRecord, "url" | "user" | "password" | "caFile">,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    await using link = await connectNats(serverTarget(at.url, { login: at, caFile: at.caFile }), {
      name: "trawl-probe",
      signal,
      connectWithin: ANSWER_WITHIN,
    });
    return link.connection.info?.server_id;
  } catch {
    signal?.throwIfAborted();
    // Nobody there, somebody else there, or a server that hangs: not ours to use in any case.
    return undefined;
  }
}
