/** NVIDIA's program that tells of GPUs: its name, and where it lies. */
import { delimiter, isAbsolute, join } from "node:path";
import type { Env } from "./nats_options.ts";

/** What to run: a name to be found on the PATH, or a path. */
export function nvidiaSmi(env: Env): string {
  return env("TRAWL_NVIDIA_SMI") || "nvidia-smi";
}

/** Its absolute path, as a process that is run later will find it; null if it is not there. */
export async function findNvidiaSmi(env: Env): Promise<string | null> {
  const program = nvidiaSmi(env);
  const folders = isAbsolute(program) ? [""] : (env("PATH") ?? "").split(delimiter);
  const ending = Deno.build.os === "windows" && !program.endsWith(".exe") ? ".exe" : "";
  for (const folder of folders) {
    const path = folder === "" ? program : join(folder, program + ending);
    if (isAbsolute(path) && await isFile(path)) return path;
  }
  return null;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    return false;
  }
}
