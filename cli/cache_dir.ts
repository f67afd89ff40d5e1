/** The user's own cache: programs that Trawl fetched once, shared by all homes. */
import { join } from "node:path";

/** `$XDG_CACHE_HOME/trawl`, else the platform's usual place, else inside the home directory. */
export function cacheDir(
  env: (name: string) => string | undefined,
  home: string,
): string {
  const xdg = env("XDG_CACHE_HOME");
  if (xdg) return join(xdg, "trawl");
  const localAppData = env("LOCALAPPDATA");
  if (Deno.build.os === "windows" && localAppData) return join(localAppData, "trawl");
  const user = env("HOME");
  if (!user) return join(home, "cache");
  return Deno.build.os === "darwin"
    ? join(user, "Library", "Caches", "trawl")
    : join(user, ".cache", "trawl");
}
