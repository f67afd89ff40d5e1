/** A command's connection to NATS: to the server that the user named, or to the home's own. */
import { getLogger } from "@logtape/logtape";
import type { NatsConnection } from "nats";
import { connectNats, type NatsLinkStatus } from "../core/nats/connect.ts";
import { EmbeddedServer } from "../core/nats/embedded_server.ts";
import type { NatsTarget } from "../core/nats/nats_target.ts";
import { provision } from "../core/nats/provisioning.ts";
import { findNatsServer } from "../core/nats/server_binary/find_nats_server.ts";
import { type Milliseconds, milliseconds } from "../core/domain/units.ts";
import { cacheDir } from "./cache_dir.ts";
import type { CliContext } from "./context.ts";
import type { Home } from "./home.ts";
import { namedNatsTarget } from "./nats_options.ts";

const logger = getLogger(["trawl", "nats"]);

/** How long a worker may be silent before somebody else gets its pack. */
export const LEASE_MS: Milliseconds = milliseconds(10_000);

/** How to connect. */
export interface NatsSessionOptions {
  /** The value of `--nats`. */
  readonly nats: string | undefined;
  readonly home: Home;
  /** Shown by the server's connection list. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/** An open connection with everything provisioned. Disposing closes it, and stops an own server. */
export interface NatsSession extends AsyncDisposable {
  readonly connection: NatsConnection;
  /** For people: no credentials. */
  readonly description: string;
  /** For child processes: with credentials, if they fit in an address. */
  readonly url: string;
}
