/** What a command that is told to somebody repeats, so that it meets the very same sweeps. */
import { resolve } from "node:path";
import { quoted } from "../dashboard/server_option.ts";
import type { PlaceOptions } from "./commands/common_options.ts";

/** The home of who names none. */
const USUAL_HOME = ".trawl";

/**
 * With a blank before each option; empty where the usual home, or the environment, says it all.
 * @param server The address of the server in use, without credentials: whoever copies adds them.
 */
export function samePlace({ nats, home }: PlaceOptions, server: string | null = null): string {
  const named = nats === undefined ? "" : ` --nats ${quoted(server ?? withoutUser(nats))}`;
  return resolve(home) === resolve(USUAL_HOME) ? named : `${named} --home ${quoted(home)}`;
}

/** Every user and password of a list of addresses left out. */
function withoutUser(addresses: string): string {
  return addresses.replaceAll(/(^|,|:\/\/)[^,/@]*@/g, "$1");
}
