/** Options that several verbs share, with the same words everywhere. */
import type { Command } from "commander";

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
