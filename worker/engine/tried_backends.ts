/**
 * Backends that were tried out before a worker starts, by the process that starts it: trying needs a
 * child process with native code in it, which the worker itself is not allowed.
 */
import { z } from "zod";
import { type AddonBackend, readInstallation } from "./addon_installation.ts";
import type { BackendName } from "./backend.ts";
import { type TrialReport, trialReportSchema, tryBackend } from "./backend_trial.ts";

/** What each trial came to; a backend that is missing here was not tried. */
export interface TriedBackends {
  readonly "tensorflow-gpu"?: TrialReport | undefined;
  readonly webgpu?: TrialReport | undefined;
  readonly tensorflow?: TrialReport | undefined;
}

/** The backends that are tried in a process of their own, in the order of `auto`. */
const ORDER = ["tensorflow-gpu", "webgpu", "tensorflow"] as const;

const triedSchema: z.ZodType<TriedBackends> = z.strictObject({
  "tensorflow-gpu": trialReportSchema.optional(),
  webgpu: trialReportSchema.optional(),
  tensorflow: trialReportSchema.optional(),
});

/** Tries what the request may come to, until one works. */
export async function tryBackends(
  request: BackendName | "auto",
  addonsDir: string,
): Promise<TriedBackends> {
  const tried: { -readonly [Name in keyof TriedBackends]: TriedBackends[Name] } = {};
  for (const name of ORDER) {
    if (request !== "auto" && request !== name) continue;
    // Asked for by name it is loaded without a trial: nothing comes after it that it could spoil.
    if (name === "webgpu" && request === "webgpu") continue;
    if (name !== "webgpu" && !await isInstalled(addonsDir, name)) continue;
    const report = await tryBackend({ name, addonsDir, asAuto: name === "webgpu" });
    tried[name] = report;
    if (!("reason" in report)) break;
  }
  return tried;
}

/** The native addon that the worker will load into its own process, or null. */
export function chosenAddon(tried: TriedBackends): AddonBackend | null {
  const names = ["tensorflow-gpu", "tensorflow"] as const;
  return names.find((name) => tried[name] !== undefined && "device" in tried[name]) ?? null;
}

/** @throws {SyntaxError} If the text is no record of trials. */
export function parseTriedBackends(text: string): TriedBackends {
  const parsed = triedSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new SyntaxError(`Cannot read tried backends: ${parsed.error.issues[0]?.message}`);
}

async function isInstalled(addonsDir: string, name: AddonBackend): Promise<boolean> {
  try {
    return await readInstallation(addonsDir, name) !== null;
  } catch {
    // A record that cannot be read: loading it says what is wrong with it.
    return false;
  }
}
