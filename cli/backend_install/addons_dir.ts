/** Where native addons are installed: in the user's cache, shared by all homes. */
import { join } from "node:path";
import { cacheDir } from "../cache_dir.ts";
import type { Env } from "../nats_options.ts";

/** The folder of installed native addons. */
export function addonsDir(env: Env, home: string): string {
  return join(cacheDir(env, home), "backends");
}
