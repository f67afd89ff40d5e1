/** A confined process in the foreground: it has our terminal, hears our signals, ends with our code. */
import type { Interruption } from "../interruption.ts";
import { type Confinement, permissionFlags } from "./permission_flags.ts";
import { CONFIG, MAIN } from "./program_files.ts";

/** What is started, and how. */
export interface ConfinedProcessOptions {
  /** Arguments of `deno`, limits included. */
  readonly args: readonly string[];
  /** Added to our own environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly interruption: Interruption;
}

/** The arguments of `deno` that start Trawl confined. */
export function confinedArgs(
  confinement: Confinement,
  args: readonly string[],
): readonly string[] {
  return ["run", "--quiet", "--config", CONFIG, ...permissionFlags(confinement), MAIN, ...args];
}

/** Runs it to its end. @returns Its exit code. */
export async function runConfined(options: ConfinedProcessOptions): Promise<number> {
  const { args, env, interruption } = options;
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { ...env },
    // Its end tells the child that this process is gone, however it went.
    stdin: "piped",
    // A Ctrl-C reaches every process of a terminal; the child shall hear of it once, from us.
    detached: true,
  }).spawn();
  for (const signal of [interruption.drain, interruption.stop]) {
    if (signal.aborted) pass(child, "SIGTERM");
    else signal.addEventListener("abort", () => pass(child, "SIGTERM"), { once: true });
  }
  try {
    const { code } = await child.status;
    return code;
  } finally {
    await child.stdin.close().catch(() => {});
  }
}

function pass(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended by itself in the meantime.
    if (!(error instanceof TypeError) && !(error instanceof Deno.errors.NotFound)) throw error;
  }
}
