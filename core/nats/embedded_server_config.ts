/** The configuration text of a `nats-server` of our own: JetStream on, one user, loopback unless told. */
import { type Bytes, bytes } from "../domain/units.ts";

/** What a configuration needs. Paths are absolute. */
export interface ServerConfig {
  /** The port to listen at; -1 lets the system choose a free one. */
  readonly port: number;
  /** Where to listen instead of loopback. */
  readonly listen?: ServerListen | undefined;
  /** The one user; without it anybody on this host may connect. */
  readonly login?: ServerLogin | undefined;
  /** JetStream's folder. */
  readonly storeDir: string;
  readonly logFile: string;
  /** The folder in which the server writes `<program>_<pid>.ports` once it accepts connections. */
  readonly portsDir: string;
  /** Written by the server itself, so that it can be found even if its parent died at once. */
  readonly pidFile: string;
}

/** An address at which other machines may reach a server of our own. */
export interface ServerListen {
  /** An address or name of this host; `0.0.0.0` for all of its addresses. */
  readonly host: string;
  readonly port: number;
  /** One of the user's own; unless given, one is made and kept with the home. */
  readonly password?: string;
  /** Absolute paths of PEM files; with them nobody gets in without TLS. */
  readonly tls?: {
    readonly certFile: string;
    readonly keyFile: string;
    /** With which our own processes check the certificate. */
    readonly caFile: string;
  };
}

/** User and password of a server of our own. */
export interface ServerLogin {
  readonly user: string;
  readonly password: string;
}

/** Largest message: object store chunks and packs' reports stay far below it. */
export const MAX_PAYLOAD: Bytes = bytes(8 * 1024 * 1024);
const LOG_FILE_LIMIT = bytes(16 * 1024 * 1024);

/** The configuration file's text. It may hold the password, so its file must be private. */
export function formatServerConfig(config: ServerConfig): string {
  const { listen } = config;
  if (listen !== undefined && config.login === undefined) {
    throw new TypeError(`Cannot listen on ${listen.host}: there must be a login`);
  }
  const lines = [
    `host: ${quote(listen?.host ?? "127.0.0.1")}`,
    `port: ${config.port}`,
    `max_payload: ${MAX_PAYLOAD}`,
    `log_file: ${quote(config.logFile)}`,
    `logfile_size_limit: ${LOG_FILE_LIMIT}`,
    `ports_file_dir: ${quote(config.portsDir)}`,
    `pid_file: ${quote(config.pidFile)}`,
    `jetstream { store_dir: ${quote(config.storeDir)} }`,
  ];
  if (config.login !== undefined) {
    const { user, password } = config.login;
    lines.push(`authorization { user: ${quote(user)}, password: ${quote(password)} }`);
  }
  if (listen?.tls !== undefined) {
    const { certFile, keyFile } = listen.tls;
    lines.push(`tls { cert_file: ${quote(certFile)}, key_file: ${quote(keyFile)}, timeout: 5 }`);
  }
  return lines.join("\n") + "\n";
}

/** The server's own grammar: double quotes, with backslash escapes for these characters only. */
function quote(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
  };
  return `"${text.replace(/[\\"\n\r\t]/g, (character) => escapes[character] ?? character)}"`;
}
