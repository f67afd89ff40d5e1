/** What a module may touch, in Deno's words: what its sweep grants, and never the worker's logins. */
import { resolve } from "node:path";
import { isReservedVariable, type ModuleTask } from "../../core/domain/user_module.ts";

/**
 * The permissions of a module's `Worker`. All kinds are named: a kind that is left out might be the
 * process's own one day.
 */
export function denoPermissions(
  { folder, permissions }: ModuleTask,
): Deno.PermissionOptionsObject {
  const { net, read, write, env, sys } = permissions;
  const paths = (files: readonly string[]): string[] => files.map((file) => resolve(folder, file));
  return {
    net: net === "any" ? true : listed(net),
    read: listed(paths(read)),
    write: listed(paths(write)),
    env: listed(env.filter((name) => !isReservedVariable(name))),
    sys: listed(sys),
    run: false,
    ffi: false,
    import: false,
  };
}

/** An empty list would mean everything in some versions of Deno, and nothing in others. */
function listed(names: readonly string[]): string[] | false {
  return names.length === 0 ? false : [...names];
}
