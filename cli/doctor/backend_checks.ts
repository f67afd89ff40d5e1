/** What can compute here: every backend, loaded and tested in a process of its own. */
import { BACKEND_NAMES, type BackendName } from "../../worker/engine/backend.ts";
import { type TrialReport, tryBackend } from "../../worker/engine/backend_trial.ts";
import {
  hasNvidiaDriver,
  isSoftware,
  NVIDIA_VULKAN_HINT,
} from "../../worker/engine/webgpu_adapter.ts";
import type { Check } from "./check.ts";

/** Backends that a machine may lack. */
const OPTIONAL: ReadonlySet<BackendName> = new Set(["tensorflow-gpu", "webgpu", "tensorflow"]);

/** One check for each backend, in the order in which `auto` tries them. */
export async function checkBackends(addonsDir: string): Promise<readonly Check[]> {
  const checks: Check[] = [];
  const facts = { hasNvidia: await hasNvidiaDriver() };
  // One after the other: each takes all processors while it compiles.
  for (const name of BACKEND_NAMES) {
    checks.push(judgeBackend(name, await tryBackend({ name, addonsDir, asAuto: false }), facts));
  }
  return checks;
}

/** What the trial of a backend means. */
export function judgeBackend(
  backend: BackendName,
  report: TrialReport,
  { hasNvidia }: { readonly hasNvidia: boolean },
): Check {
  const name = `backend ${backend}`;
  if ("device" in report) {
    const { device } = report;
    const isSlow = backend === "webgpu" && isSoftware({ description: device, isFallback: false });
    return isSlow
      ? {
        name,
        status: hasNvidia ? "warning" : "note",
        found: `works on ${device}: software, so auto leaves it out`,
        fix: hasNvidia ? NVIDIA_VULKAN_HINT : "a GPU with a Vulkan driver",
      }
      : { name, status: "ok", found: `works on ${device}`, fix: null };
  }
  // The one command stands at the end of the reason.
  const [found = "", fix] = report.reason.split(/; (?:to get it: )?(?=deno task|an NVIDIA)/);
  if (!OPTIONAL.has(backend)) {
    return { name, status: "problem", found, fix: fix ?? "deno cache --reload main.ts" };
  }
  const isHidden = fix?.startsWith("an NVIDIA") ?? false;
  return { name, status: isHidden ? "warning" : "note", found, fix: fix ?? hintFor(backend) };
}

function hintFor(backend: BackendName): string | null {
  if (backend === "webgpu") return "install a Vulkan driver (apt-get install mesa-vulkan-drivers)";
  return null;
}
