/** Which software this is: recorded in every sweep's journal. */
import project from "../deno.json" with { type: "json" };
import type { Versions } from "../core/domain/sweep_event.ts";

/** Trawl's own version. */
export const TRAWL_VERSION: string = project.version;

/** The versions of this process. */
export function versions(): Versions {
  return { trawl: TRAWL_VERSION, deno: Deno.version.deno };
}
