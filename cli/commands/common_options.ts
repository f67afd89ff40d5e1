/** Options that several verbs share, with the same words everywhere. */
import { type Command, Option } from "commander";
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
