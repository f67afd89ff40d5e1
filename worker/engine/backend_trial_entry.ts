/** The process that tries out a backend: a request as its argument, a report as a line of JSON. */
import { z } from "zod";
import { readInstallation } from "./addon_installation.ts";
import { type Backend, BACKEND_NAMES, BackendError } from "./backend.ts";
import { createBackendLoaders } from "./backend_loaders.ts";
import type { TrialReport, TrialRequest } from "./backend_trial.ts";
import { cpuBackend } from "./cpu_backend.ts";
import { probeBackend } from "./probe.ts";
import { refusalReason } from "./refusal_reason.ts";
import { loadAddon } from "./tensorflow_addon.ts";

const requestSchema: z.ZodType<TrialRequest> = z.object({
  name: z.enum(BACKEND_NAMES),
  addonsDir: z.string().nullable(),
  asAuto: z.boolean(),
});

// deno-lint-ignore house/effects-at-the-edge -- the edge of a process of its own
const request = requestSchema.parse(JSON.parse(Deno.args[0] ?? "null"));
await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify(await tryOut(request))}\n`));

async function tryOut(request: TrialRequest): Promise<TrialReport> {
  try {
    const backend = await load(request);
    await probeBackend(backend, cpuBackend);
    return { device: backend.device };
  } catch (error) {
    return { reason: refusalReason(error) };
  }
}

/** Here, and only here, an addon is loaded without having been tried. */
async function load({ name, addonsDir, asAuto }: TrialRequest): Promise<Backend> {
  if (name === "tensorflow" || name === "tensorflow-gpu") {
    const installation = addonsDir === null ? null : await readInstallation(addonsDir, name);
    if (installation !== null) return await loadAddon(name, installation);
  }
  const loader = createBackendLoaders({ addonsDir: null, isTrial: true }).find((each) =>
    each.name === name
  );
  if (loader === undefined) throw new BackendError("there is none of this name");
  const unfit = asAuto ? await loader.unfitForAuto?.() : null;
  if (typeof unfit === "string") throw new BackendError(unfit);
  return await loader.load();
}
