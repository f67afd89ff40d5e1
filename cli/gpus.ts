/** The GPUs of this machine, found with NVIDIA's own tool, and those that workers shall have. */
import type { Env } from "./nats_options.ts";
import { nvidiaSmi } from "./nvidia_smi.ts";
import { UserError } from "./exit_code.ts";

/** A GPU as `nvidia-smi -L` tells of it. */
export interface Gpu {
  readonly index: number;
  readonly name: string;
}

/** Which GPUs are asked for. */
export type GpuRequest = "all" | readonly number[];

/** `GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-…)`; slices of one (MIG) stand indented below it. */
const GPU_LINE_REGEXP = /^GPU (\d+): (.+?)(?: \(UUID: [^)]*\))?$/;

/** The GPUs in the output of `nvidia-smi -L`. */
export function parseGpuList(output: string): readonly Gpu[] {
  return output.split("\n").flatMap((line) => {
    const [, index, name] = GPU_LINE_REGEXP.exec(line.trimEnd()) ?? [];
    return index === undefined || name === undefined ? [] : [{ index: Number(index), name }];
  });
}

/**
 * The GPUs that are asked for.
 * @throws {UserError} If there are none, or not all of them.
 */
export async function findGpus(request: GpuRequest, env: Env): Promise<readonly Gpu[]> {
  const program = nvidiaSmi(env);
  const found = parseGpuList(await outputOf(program));
  if (found.length === 0) throw noGpu(`"${program} -L" lists none`);
  if (request === "all") return found;
  const missing = request.filter((index) => !found.some((gpu) => gpu.index === index));
  if (missing.length > 0) {
    const known = found.map(({ index, name }) => `${index} (${name})`).join(", ");
    throw new UserError(`Cannot use GPU ${missing.join(", ")}: "${program} -L" lists ${known}`);
  }
  return found.filter(({ index }) => request.includes(index));
}

async function outputOf(program: string): Promise<string> {
  let output: Deno.CommandOutput;
  try {
    output = await new Deno.Command(program, { args: ["-L"] }).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw noGpu(`there is no program "${program}", which comes with NVIDIA's driver`, error);
  }
  const { code, stdout, stderr } = output;
  if (code === 0) return new TextDecoder().decode(stdout);
  const said = new TextDecoder().decode(stderr.length > 0 ? stderr : stdout).trim();
  throw noGpu(`"${program} -L" ended with code ${code}: ${said}`);
}

function noGpu(state: string, cause?: unknown): UserError {
  return new UserError(
    `Cannot find a GPU: ${state}; without --gpus a worker computes on what --backend says`,
    { cause },
  );
}
