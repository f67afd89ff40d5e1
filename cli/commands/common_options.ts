/** Options that several verbs share, with the same words everywhere. */
import { type Command, Option } from "commander";
import type { ListenFlags } from "../listen_options.ts";
import { integer } from "../option_parsers.ts";

/** Where journals are: what every verb that reads or writes sweeps takes. */
export interface PlaceOptions {
  readonly nats?: string;
  readonly home: string;
}

/** Adds `--nats` and `--home`. */
export function addPlaceOptions(command: Command): Command {
  return command
    .option(
      "--nats <url>",
      "NATS server, such as nats://host:4222 (default: NATS_URL, else its own)",
    )
    .option("--home <dir>", "directory of journals, downloads and the own server", ".trawl");
}

/** What the verbs take that run a coordinator: how its NATS server keeps and offers the sweep. */
export interface ServerOptions extends ListenFlags {
  readonly replicas?: number;
}

/** Adds `--replicas`, and `--listen` with its TLS files. */
export function addServerOptions(command: Command): Command {
  return command
    .option(
      "--replicas <n>",
      "copies that a NATS cluster keeps of everything (default: as it is, 1 at first)",
      integer(1, 5),
    )
    .option(
      "--listen <host:port>",
      "let workers of other machines join the own server there (default: loopback only)",
    )
    .option("--tls-cert <file>", "certificate of --listen, valid for its host")
    .option("--tls-key <file>", "private key of that certificate")
    .option("--tls-ca <file>", "its authority (default: the certificate itself)");
}

/** What every verb that holds or watches leases takes. */
export interface LeaseOptions {
  /** Seconds. */
  readonly lease: number;
}

/**
 * Adds `--lease`, for tests: they wait for expired leases. It stays out of the help because all
 * processes on a server must agree on it; the queue keeps what the last one of them said.
 */
export function addLeaseOption(command: Command): Command {
  const seconds = new Option("--lease <seconds>", "how long a silent worker keeps its pack");
  return command.addOption(seconds.argParser(integer(1, 3600)).default(10).hideHelp());
}

/** `--exit-with-parent`, for processes that start others: a pipe tells that they are gone. */
export function exitWithParentOption(): Option {
  return new Option("--exit-with-parent", "end when stdin is closed: for processes that start it");
}
