/** Whether a file is a `nats-server` that Trawl can work with: it is run and asked. */

/** What asking came to. */
export type VersionOutcome =
  | { readonly status: "usable"; readonly version: string }
  | { readonly status: "unusable"; readonly reason: string };

/** The oldest server with every JetStream feature that Trawl uses. */
export const OLDEST_SERVER_VERSION = "2.9.0";
const ASK_WITHIN_MS = 10_000;
const BUSY_RETRIES = 20;
const BUSY_WAIT_MS = 25;

/**
 * Runs `<path> --version` and judges the answer.
 * @throws The signal's reason, if it aborts.
 */
export async function askServerVersion(
  path: string,
  signal?: AbortSignal,
): Promise<VersionOutcome> {
  signal?.throwIfAborted();
  const output = await runVersion(path, signal);
  if (typeof output === "string") return { status: "unusable", reason: output };
  const said = new TextDecoder().decode(output.stdout).trim();
  const version = parseServerVersion(said);
  if (!output.success || version === undefined) {
    const shown = JSON.stringify(said.slice(0, 80));
    const state = output.success ? `it said ${shown}` : `it ended with code ${output.code}`;
    return { status: "unusable", reason: `"${path}" is no nats-server: --version: ${state}` };
  }
  if (!isAtLeast(version, OLDEST_SERVER_VERSION)) {
    const reason = `"${path}" is version ${version}; it must be >= ${OLDEST_SERVER_VERSION}`;
    return { status: "unusable", reason };
  }
  return { status: "usable", version };
}

/** `nats-server: v2.9.10` → `2.9.10`; undefined for anything else. */
export function parseServerVersion(text: string): string | undefined {
  return /^nats-server: v(\d+\.\d+\.\d+\S*)/.exec(text)?.[1];
}

/** Whether `version` is `least` or newer, by its three numbers. */
export function isAtLeast(version: string, least: string): boolean {
  const numbers = version.split(/[.-]/, 3).map(Number);
  for (const [index, wanted] of least.split(".").map(Number).entries()) {
    const have = numbers[index] ?? 0;
    if (have !== wanted) return have > wanted;
  }
  return true;
}

async function runVersion(
  path: string,
  signal: AbortSignal | undefined,
): Promise<Deno.CommandOutput | string> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), ASK_WITHIN_MS);
  const signals = signal === undefined ? [timeout.signal] : [timeout.signal, signal];
  try {
    const command = new Deno.Command(path, {
      args: ["--version"],
      stdin: "null",
      stderr: "null",
      signal: AbortSignal.any(signals),
    });
    const output = await outputUnlessBusy(command);
    signal?.throwIfAborted();
    return timeout.signal.aborted ? `"${path}" did not answer --version` : output;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    return `"${path}" cannot be run: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A program written a moment ago can be "busy": a process forked by another thread still holds the
 * descriptor that wrote it, until it executes its own program.
 */
async function outputUnlessBusy(command: Deno.Command): Promise<Deno.CommandOutput> {
  for (let attempt = 1;; attempt++) {
    try {
      return await command.output();
    } catch (error) {
      const busy = error instanceof Error && /text file busy/i.test(error.message);
      if (!busy || attempt > BUSY_RETRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, BUSY_WAIT_MS));
    }
  }
}
