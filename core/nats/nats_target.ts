/** Where a NATS server is and how to prove who we are: parsed from what the `nats` CLI accepts. */

/** How a connection authenticates. */
export type NatsAuth =
  | { readonly kind: "none" }
  | { readonly kind: "password"; readonly user: string; readonly password: string }
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "credentialsFile"; readonly path: string }
  | { readonly kind: "nkeyFile"; readonly path: string };

/** TLS material, as paths of PEM files. Present means that TLS is required. */
export interface NatsTls {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

/** One NATS system: its servers, without credentials in their addresses. */
export interface NatsTarget {
  /** `nats://host:port` or `tls://host:port`, at least one; safe to print. */
  readonly servers: readonly [string, ...string[]];
  readonly auth: NatsAuth;
  readonly tls?: NatsTls;
}

/** What accompanies the addresses, by the names of the `nats` CLI's variables. */
export interface NatsTargetOptions {
  /** `NATS_USER`. Alone, without a password, it is a token, as in the `nats` CLI. */
  readonly user?: string | undefined;
  /** `NATS_PASSWORD`. */
  readonly password?: string | undefined;
  /** `NATS_TOKEN`. */
  readonly token?: string | undefined;
  /** `NATS_CREDS`: path of a file with a JWT and its nkey seed. */
  readonly credentialsFile?: string | undefined;
  /** `NATS_NKEY`: path of a file with an nkey seed. */
  readonly nkeyFile?: string | undefined;
  /** `NATS_CA`: path of a PEM file. */
  readonly caFile?: string | undefined;
  /** `NATS_CERT`: path of a PEM file; it needs `keyFile`. */
  readonly certFile?: string | undefined;
  /** `NATS_KEY`: path of a PEM file; it needs `certFile`. */
  readonly keyFile?: string | undefined;
}

const DEFAULT_PORT = 4222;

/**
 * Parses `nats://user:password@host:port`, `nats://token@host`, `tls://host`, `host`, or several of
 * them separated by commas. Credentials in an address win over those in `options`; among `options`
 * a credentials file wins over an nkey, an nkey over a token, a token over user and password.
 *
 * @example
 * ```ts
 * import { parseNatsTarget } from "./nats_target.ts";
 * import assert from "node:assert/strict";
 *
 * const target = parseNatsTarget("nats://ada:secret@cluster-a,cluster-b:4333");
 * assert.deepEqual(target.servers, ["nats://cluster-a:4222", "nats://cluster-b:4333"]);
 * ```
 * @throws {SyntaxError} If an address cannot be read, or addresses carry different credentials.
 */
export function parseNatsTarget(text: string, options: NatsTargetOptions = {}): NatsTarget {
  const addresses = text.split(",").map((part) => parseAddress(part.trim(), text));
  const [first, ...rest] = addresses;
  if (first === undefined) throw refuse(text, "it must hold at least one address");
  const tls = chooseTls(addresses.some((address) => address.tls), options);
  const target = {
    servers: [first.server, ...rest.map((address) => address.server)] as const,
    auth: sharedAuth(addresses, text) ?? authFromOptions(options),
  };
  return tls === undefined ? target : { ...target, tls };
}

/** The servers as text for messages, never with credentials. */
export function describeNatsTarget(target: NatsTarget): string {
  return target.servers.join(",");
}

/** The text without its credentials, for a message about an address that may not even parse. */
export function redactCredentials(text: string): string {
  return text.replace(/(^|,|\/\/)[^,/]*@/g, "$1***@");
}

interface Address {
  readonly server: string;
  readonly tls: boolean;
  readonly auth: NatsAuth | undefined;
}

function parseAddress(part: string, whole: string): Address {
  if (part === "") throw refuse(whole, "an address is empty; it must be like nats://host:4222");
  const withScheme = part.includes("://") ? part : `nats://${part}`;
  const scheme = withScheme.slice(0, withScheme.indexOf("://"));
  if (scheme !== "nats" && scheme !== "tls") {
    throw refuse(whole, `unknown scheme "${scheme}"; it must be nats or tls`);
  }
  const url = URL.parse(withScheme);
  if (url === null || url.hostname === "") {
    throw refuse(whole, "it must be like nats://host:4222");
  }
  if ((url.pathname !== "" && url.pathname !== "/") || url.search !== "" || url.hash !== "") {
    throw refuse(whole, "an address must end after its port");
  }
  return {
    server: `${scheme}://${url.hostname}:${url.port === "" ? DEFAULT_PORT : url.port}`,
    tls: scheme === "tls",
    auth: authOf(url, whole),
  };
}

function authOf(url: URL, whole: string): NatsAuth | undefined {
  if (url.username === "" && url.password === "") return undefined;
  const user = decode(url.username, whole);
  if (url.password === "") return { kind: "token", token: user };
  return { kind: "password", user, password: decode(url.password, whole) };
}

function decode(text: string, whole: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw refuse(whole, "its credentials must be percent-encoded", error);
  }
}

function sharedAuth(addresses: readonly Address[], whole: string): NatsAuth | undefined {
  const given = addresses.flatMap((address) => address.auth ?? []);
  const distinct = new Set(given.map((auth) => JSON.stringify(auth)));
  if (distinct.size > 1) throw refuse(whole, "all its addresses must carry the same credentials");
  return given[0];
}

function authFromOptions(options: NatsTargetOptions): NatsAuth {
  const { user, password, token, credentialsFile, nkeyFile } = options;
  if (credentialsFile !== undefined) return { kind: "credentialsFile", path: credentialsFile };
  if (nkeyFile !== undefined) return { kind: "nkeyFile", path: nkeyFile };
  if (token !== undefined) return { kind: "token", token };
  if (user === undefined) return { kind: "none" };
  if (password === undefined) return { kind: "token", token: user };
  return { kind: "password", user, password };
}

function chooseTls(wanted: boolean, options: NatsTargetOptions): NatsTls | undefined {
  const { caFile, certFile, keyFile } = options;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new SyntaxError(
      "Cannot use a TLS client certificate: its certificate and key must be given together",
    );
  }
  if (!wanted && caFile === undefined && certFile === undefined) return undefined;
  return {
    ...(caFile === undefined ? {} : { caFile }),
    ...(certFile === undefined ? {} : { certFile }),
    ...(keyFile === undefined ? {} : { keyFile }),
  };
}

function refuse(text: string, state: string, cause?: unknown): SyntaxError {
  return new SyntaxError(
    `Cannot parse NATS address "${redactCredentials(text)}": ${state}`,
    cause === undefined ? undefined : { cause },
  );
}
