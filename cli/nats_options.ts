/** How a command finds its NATS server: `--nats`, the variables of the `nats` CLI, or its own. */
import { type NatsTarget, parseNatsTarget } from "../core/nats/nats_target.ts";
import { UserError } from "./exit_code.ts";

/** Reads one environment variable. */
export type Env = (name: string) => string | undefined;

/**
 * The server that the user named, or null for the embedded one.
 * @throws {UserError} If the address cannot be read.
 */
export function namedNatsTarget(flag: string | undefined, env: Env): NatsTarget | null {
  const text = flag ?? env("NATS_URL");
  if (text === undefined || text === "") return null;
  try {
    return parseNatsTarget(text, {
      user: env("NATS_USER"),
      password: env("NATS_PASSWORD"),
      token: env("NATS_TOKEN"),
      credentialsFile: env("NATS_CREDS"),
      nkeyFile: env("NATS_NKEY"),
      caFile: env("NATS_CA"),
      certFile: env("NATS_CERT"),
      keyFile: env("NATS_KEY"),
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError(error.message, { cause: error });
  }
}
