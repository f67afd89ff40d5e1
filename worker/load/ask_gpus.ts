/** Runs `nvidia-smi` once, for so long at most. */
import { type Milliseconds, milliseconds } from "../../core/domain/units.ts";
import type { Timers } from "../../core/protocol/ports.ts";
import { GPU_QUERY, type GpuReading, parseGpuReadings } from "./gpu_readings.ts";

/** How long what was killed is waited for. */
const GRACE_MS: Milliseconds = milliseconds(1_000);

/** What came of it. */
export type GpuAnswer =
  | { readonly kind: "readings"; readonly readings: readonly GpuReading[] }
  /** There is no such program, and there will be none. */
  | { readonly kind: "absent"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string };

/** How the program is run. */
export interface AskGpusOptions {
  readonly program: string;
  readonly timers: Timers;
  readonly timeoutMs: Milliseconds;
  /** Ends the program. */
  readonly signal: AbortSignal;
}

/** Never rejects. A program that is silent for too long is killed, and not waited for. */
export async function askGpus(options: AskGpusOptions): Promise<GpuAnswer> {
  const { program } = options;
  try {
    return await run(options);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      const where = program.includes("/") || program.includes("\\") ? "there" : "on the PATH";
      return { kind: "absent", reason: `${program} is not ${where}` };
    }
    if (error instanceof Deno.errors.NotCapable) {
      return { kind: "absent", reason: `this process may not run ${program}` };
    }
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

async function run({ program, timers, timeoutMs, signal }: AskGpusOptions): Promise<GpuAnswer> {
  const over = new AbortController();
  const child = spawn(program);
  // What hangs in a driver cannot even be killed: it must not keep this process alive.
  child.unref();
  const output = child.output();
  output.catch(() => {});
  const late = timers.sleep(timeoutMs, { signal: AbortSignal.any([signal, over.signal]) })
    .then(() => "late" as const, () => "late" as const);
  const ended = await Promise.race([output, late]);
  over.abort();
  if (ended === "late") {
    await end(child, { output, timers });
    return { kind: "failed", reason: `${program} said nothing for ${timeoutMs / 1000} s` };
  }
  const text = new TextDecoder().decode(ended.stdout);
  if (ended.code !== 0) {
    const said = (new TextDecoder().decode(ended.stderr).trim() || text.trim()).slice(0, 300);
    return { kind: "failed", reason: `${program} ended with code ${ended.code}: ${said}` };
  }
  const readings = parseGpuReadings(text);
  if (readings.length > 0) return { kind: "readings", readings };
  return { kind: "failed", reason: `${program} lists no GPU` };
}

/**
 * Deno lets who may run this program alone not hand on `LD_LIBRARY_PATH` and the like, which are set
 * wherever CUDA is: then the program gets no environment but the PATH.
 */
function spawn(program: string): Deno.ChildProcess {
  const options = {
    args: [...GPU_QUERY],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  } as const satisfies Deno.CommandOptions;
  try {
    return new Deno.Command(program, options).spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    const env = { PATH: Deno.env.get("PATH") ?? "" };
    return new Deno.Command(program, { ...options, env, clearEnv: true }).spawn();
  }
}

async function end(
  child: Deno.ChildProcess,
  { output, timers }: {
    readonly output: Promise<Deno.CommandOutput>;
    readonly timers: Timers;
  },
): Promise<void> {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has just ended by itself.
  }
  const over = new AbortController();
  await Promise.race([output, timers.sleep(GRACE_MS, { signal: over.signal })]).catch(() => {});
  over.abort();
}
