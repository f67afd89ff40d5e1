/** `--listen` and its TLS files: how other machines may reach the home's own server. */
import { hostname } from "node:os";
import { resolve } from "node:path";
import type { EmbeddedServer } from "../core/nats/embedded_server.ts";
import type { ServerListen } from "../core/nats/embedded_server_config.ts";
import type { CliContext } from "./context.ts";
import { UserError } from "./exit_code.ts";
import type { Env } from "./nats_options.ts";

/** As they stand on the command line. */
export interface ListenFlags {
  /** `HOST:PORT`. */
  readonly listen?: string;
  /** Path of a PEM file. */
  readonly tlsCert?: string;
  /** Path of a PEM file. */
  readonly tlsKey?: string;
  /** Path of a PEM file: the authority of the certificate, if that is not a well-known one. */
  readonly tlsCa?: string;
}

/** The variable with a password of the user's own. */
const PASSWORD_VARIABLE = "TRAWL_LISTEN_PASSWORD";
/** Whoever reaches the port may try as many as he likes. */
const LEAST_PASSWORD = 12;
const LOOPBACK_REGEXP = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/**
 * Where to listen, or undefined for loopback alone.
 * @throws {UserError} If the flags do not go together, or the password is no protection.
 */
export function listenOptions(flags: ListenFlags, env: Env): ServerListen | undefined {
  const { listen, tlsCert, tlsKey, tlsCa } = flags;
  if (listen === undefined) {
    if (tlsCert === undefined && tlsKey === undefined && tlsCa === undefined) return undefined;
    throw new UserError("Cannot use --tls-cert, --tls-key or --tls-ca: they need --listen");
  }
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new UserError(`Cannot listen on ${listen}: --tls-cert and --tls-key must come together`);
  }
  const tls = tlsCert === undefined || tlsKey === undefined ? {} : {
    tls: {
      certFile: resolve(tlsCert),
      keyFile: resolve(tlsKey),
      caFile: resolve(tlsCa ?? tlsCert),
    },
  };
  return { ...parseAddress(listen), ...passwordOf(listen, env), ...tls };
}

function parseAddress(text: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, digits] =
    /^(?:\[([0-9A-Fa-f:]+)\]|([A-Za-z0-9.-]+)):(\d+)$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host !== undefined && port >= 1 && port <= 65_535) return { host, port };
  throw new UserError(
    `Cannot listen on "${text}": it must be HOST:PORT, such as 0.0.0.0:4222 for all addresses`,
  );
}

function passwordOf(listen: string, env: Env): { readonly password?: string } {
  const password = env(PASSWORD_VARIABLE);
  if (password === undefined) return {};
  if (password.length >= LEAST_PASSWORD) return { password };
  throw new UserError(
    `Cannot listen on ${listen}: ${PASSWORD_VARIABLE} has ${password.length} characters; it must ` +
      `have at least ${LEAST_PASSWORD}, or be unset: then a password is made`,
  );
}

/**
 * Tells how other machines join. The command holds the password: it is shown on a terminal, and goes
 * into a private file in any case, but never into a log.
 */
export async function tellHowToJoin(
  server: EmbeddedServer,
  { host, port, tls }: ServerListen,
  { output }: CliContext,
): Promise<void> {
  const isAnywhere = host === "0.0.0.0" || host === "::";
  const name = isAnywhere ? hostname() : host;
  const url = new URL(server.url);
  url.host = `${name.includes(":") ? `[${name}]` : name}:${port}`;
  const authority = tls === undefined ? "" : "NATS_CA=ca.pem ";
  const command = `${authority}NATS_URL=${url.href.replace(/\/$/, "")} deno task worker`;
  const file = await server.writePrivate("join", `${command}\n`);
  output.note(
    Deno.stderr.isTerminal()
      ? `Other machines join with: ${command}`
      : `Other machines join with the command in ${file}, which only you may read`,
  );
  if (tls === undefined && !LOOPBACK_REGEXP.test(host)) {
    output.note(
      `Warning: what crosses ${host}:${port} is not encrypted, the password included; ` +
        `--tls-cert and --tls-key encrypt it`,
    );
  }
}
