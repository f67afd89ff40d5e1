/** The flags with which Deno starts a process that may do no more than its role needs. */

import project from "../../deno.json" with { type: "json" };

/** A named permission set of `deno.json`. */
export type PermissionSet = "worker" | "dashboard";

/** What a process may touch. What is named here replaces what the set says of the same kind. */
export interface Confinement {
  readonly set: PermissionSet;
  /** Files and folders, absolute. */
  readonly read: readonly string[];
  /** Files and folders, absolute. */
  readonly write: readonly string[];
  /** `host` or `host:port`; "any" where nobody can know the addresses before. */
  readonly net: readonly string[] | "any";
  /** Variables beside those of the set. */
  readonly env?: readonly string[];
  /** What may be asked about the machine beside what the set says. */
  readonly sys?: readonly string[];
  /** Programs that may be run, absolute. Such a program may do whatever the user may. */
  readonly run?: readonly string[];
  /** Folders with native code that may be loaded. Such code may do whatever the user may. */
  readonly ffi: readonly string[];
}

/**
 * The arguments of `deno run` before the module. Deno follows links that lie in a folder that is
 * allowed; a confined process can make none that leads out of it.
 */
export function permissionFlags(confinement: Confinement): readonly string[] {
  const { set, read, write, net, ffi, env = [], sys = [], run = [] } = confinement;
  const own = project.permissions[set];
  return [
    `--permission-set=${set}`,
    // Whoever is not there cannot be asked, and who is there must not be tricked into a yes.
    "--no-prompt",
    `--allow-read=${listed(read)}`,
    `--allow-write=${listed(write)}`,
    ...(env.length === 0 ? [] : [`--allow-env=${listed([...own.env, ...env])}`]),
    ...(sys.length === 0 ? [] : [`--allow-sys=${listed([...own.sys, ...sys])}`]),
    ...(net === "any" ? [] : [`--allow-net=${net.join(",")}`]),
    ...(run.length === 0 ? [] : [`--allow-run=${listed(run)}`]),
    ...(ffi.length === 0 ? [] : [`--allow-ffi=${listed(ffi)}`]),
  ];
}

/** Deno splits lists at commas, and reads two of them as one that belongs to the name. */
function listed(paths: readonly string[]): string {
  return [...new Set(paths)].map((path) => path.replaceAll(",", ",,")).join(",");
}
