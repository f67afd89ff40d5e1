/** The home directory: journals, downloads and server files of one user's sweeps. */
import { resolve } from "node:path";
import { UserError } from "./exit_code.ts";

/** A home that exists and can be written. */
export interface Home {
  /** Absolute. */
  readonly path: string;
}

/**
 * Makes the home directory and proves that it can be written.
 * @throws {UserError} If it cannot.
 */
export async function openHome(path: string): Promise<Home> {
  const absolute = resolve(path);
  const probe = `${absolute}/.write-probe-${crypto.randomUUID()}`;
  try {
    await Deno.mkdir(absolute, { recursive: true });
    await Deno.writeTextFile(probe, "");
    await Deno.remove(probe);
  } catch (error) {
    throw new UserError(
      `Cannot write the home directory "${absolute}": ${reasonOf(error)}; ` +
        `--home must name a directory that you may write`,
      { cause: error },
    );
  }
  return { path: absolute };
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied";
  if (error instanceof Deno.errors.AlreadyExists || error instanceof Deno.errors.NotADirectory) {
    return "it is a file";
  }
  return error instanceof Error ? error.message.replace(/ \(os error.*/, "") : String(error);
}
