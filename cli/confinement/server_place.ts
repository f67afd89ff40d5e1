/** Where a confined process finds its NATS server, and the key files that it needs for it. */
import type { Env } from "../nats_options.ts";

/** The server as the process that starts others knows it. */
export interface ServerPlace {
  /** The home's own server: on loopback, alone, at a port that is known. */
  readonly isEmbedded: boolean;
  /** With `host:port` in it. */
  readonly url: string;
  /** Credentials and certificates. */
  readonly files: readonly string[];
}

/** The variables of the `nats` CLI that name files. */
const FILE_VARIABLES = ["NATS_CREDS", "NATS_NKEY", "NATS_CA", "NATS_CERT", "NATS_KEY"];

/** The key files that the environment names. */
export function keyFiles(env: Env): readonly string[] {
  return FILE_VARIABLES.map((name) => env(name) ?? "").filter((path) => path !== "");
}

/**
 * The addresses that the process may connect to. The members of a cluster tell their clients of each
 * other, so behind a server that the user named there may be any number of addresses.
 */
export function serverAddresses({ isEmbedded, url }: ServerPlace): readonly string[] | "any" {
  return isEmbedded ? [new URL(url).host] : "any";
}
