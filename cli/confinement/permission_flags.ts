/** The flags with which Deno starts a process that may do no more than its role needs. */

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
  /** Folders with native code that may be loaded. Such code may do whatever the user may. */
  readonly ffi: readonly string[];
}

/**
 * The arguments of `deno run` before the module. Deno follows links that lie in a folder that is
 * allowed; a confined process can make none that leads out of it.
 */
export function permissionFlags(confinement: Confinement): readonly string[] {
  const { set, read, write, net, ffi } = confinement;
  return [
    `--permission-set=${set}`,
    // Whoever is not there cannot be asked, and who is there must not be tricked into a yes.
    "--no-prompt",
    `--allow-read=${listed(read)}`,
    `--allow-write=${listed(write)}`,
    ...(net === "any" ? [] : [`--allow-net=${net.join(",")}`]),
    ...(ffi.length === 0 ? [] : [`--allow-ffi=${listed(ffi)}`]),
  ];
}

/** Deno splits lists at commas, and reads two of them as one that belongs to the name. */
function listed(paths: readonly string[]): string {
  return [...new Set(paths)].map((path) => path.replaceAll(",", ",,")).join(",");
}
