/** The nats-server that tests run: looked for once in a test process, fetched if need be. */
import { homedir } from "node:os";
import { join } from "node:path";
import {
  findNatsServer,
  NatsServerBinaryError,
} from "../../core/nats/server_binary/find_nats_server.ts";
import type { NatsServerBinary } from "../../core/nats/server_binary/route.ts";

let looking: Promise<NatsServerBinary> | undefined;

/**
 * The binary that this test process uses.
 * @throws {NatsServerBinaryError} If there is none and none can be fetched.
 */
export function natsServerBinary(): Promise<NatsServerBinary> {
  looking ??= findNatsServer({
    cacheDir: join(
      Deno.env.get("XDG_CACHE_HOME") || join(homedir(), ".cache"),
      "trawl",
      "bin",
    ),
    searchPath: Deno.env.get("PATH") ?? "",
    explicitPath: Deno.env.get("NATS_SERVER_BIN"),
  });
  return looking;
}

/**
 * For `Deno.test({ ignore: !(await natsServerBinaryOrSkip()) })`: the binary, or undefined after a line that says
 * what is missing.
 */
export async function natsServerBinaryOrSkip(): Promise<NatsServerBinary | undefined> {
  try {
    return await natsServerBinary();
  } catch (error) {
    if (!(error instanceof NatsServerBinaryError)) throw error;
    // deno-lint-ignore no-console -- the reason for a skip belongs in the test's output
    console.error(`skipped: ${error.message}`);
    return undefined;
  }
}
