/** A program of the system run to its end within a time, for what it says. */
import type { Milliseconds } from "../../domain/units.ts";
import type { RouteContext } from "./route.ts";

/** How to run it. */
export interface RunProgramOptions {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly within: Milliseconds;
}

/**
 * Runs a program.
 * @throws {Error} If it cannot be run, fails, or takes too long; the message has its last words.
 * @throws The context's signal's reason, if that aborts; the program is ended.
 */
export async function runProgram(
  path: string,
  context: Pick<RouteContext, "signal" | "onProgress">,
  options: RunProgramOptions,
): Promise<void> {
  const { args, cwd, env, within } = options;
  const command = [path, ...args].join(" ");
  context.onProgress({ kind: "running", command });
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), within);
  const signals = context.signal === undefined ? [late.signal] : [late.signal, context.signal];
  try {
    const output = await new Deno.Command(path, {
      args: [...args],
      cwd,
      env: { LC_ALL: "C", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      signal: AbortSignal.any(signals),
    }).output();
    context.signal?.throwIfAborted();
    if (late.signal.aborted) throw new Error(`"${command}" took longer than ${within / 1000} s`);
    if (!output.success) {
      throw new Error(`"${command}" ended with code ${output.code}: ${lastWords(output)}`);
    }
  } finally {
    clearTimeout(timer);
  }
}

function lastWords(output: Deno.CommandOutput): string {
  const decoder = new TextDecoder();
  const text = decoder.decode(output.stderr).trim() || decoder.decode(output.stdout).trim();
  return text === "" ? "it said nothing" : text.split("\n").slice(-3).join(" / ");
}
