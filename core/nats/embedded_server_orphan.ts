/** A server process of this home that is no child of ours: recognised by its command line, ended. */
import { milliseconds } from "../domain/units.ts";
import { pause } from "./waiting.ts";

const POLL_MS = 10;
const TERM_WITHIN = milliseconds(3_000);
const KILL_WITHIN = milliseconds(2_000);

/**
 * Ends the process that the pid file names, if it runs with this configuration file. Its number may
 * belong to an unrelated program by now, which is why the command line decides.
 *
 * @returns Whether no server runs with this configuration any more, as far as can be seen.
 */
export async function endOrphan(pidFile: string, configFile: string): Promise<boolean> {
  const pid = await readPid(pidFile);
  if (pid === undefined || !await runsWith(pid, configFile)) return true;
  for (
    const [signal, within] of [["SIGTERM", TERM_WITHIN], ["SIGKILL", KILL_WITHIN]] as const
  ) {
    try {
      Deno.kill(pid, signal);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) return false;
    }
    for (let waited = 0; waited < within; waited += POLL_MS) {
      if (!await runsWith(pid, configFile)) return true;
      await pause(POLL_MS);
    }
  }
  return false;
}

async function readPid(pidFile: string): Promise<number | undefined> {
  try {
    const pid = Number((await Deno.readTextFile(pidFile)).trim());
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function runsWith(pid: number, configFile: string): Promise<boolean> {
  return (await commandLine(pid))?.includes(configFile) ?? false;
}

/** The process's command line, or undefined where it is gone or the system has no way to ask. */
async function commandLine(pid: number): Promise<string | undefined> {
  if (Deno.build.os === "windows") return undefined;
  try {
    if (Deno.build.os === "linux") return await readProc(`/proc/${pid}/cmdline`);
    return await outputOf("ps", ["-ww", "-o", "args=", "-p", String(pid)]);
  } catch {
    // Gone, or no `ps`: nothing that could be ended safely.
    return undefined;
  }
}

/** Deno opens /proc only for who may do everything; who may run programs can have it read. */
async function readProc(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    return await outputOf("cat", [path]);
  }
}

async function outputOf(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await new Deno.Command(program, { args: [...args], stderr: "null" }).output();
  return new TextDecoder().decode(stdout);
}
