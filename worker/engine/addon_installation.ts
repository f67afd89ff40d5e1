/** An installed native addon as it lies on disk: a folder for each backend, told by one record. */
import { join } from "node:path";
import { z } from "zod";

/** The backends that need a native addon. */
export type AddonBackend = "tensorflow" | "tensorflow-gpu";

/** What the record says. Paths are relative to the folder, so that it can be moved. */
export interface AddonInstallation {
  readonly v: 1;
  /** The npm package whose kernels drive the addon. */
  readonly package: string;
  /** A folder with the package in its `node_modules`. */
  readonly modules: string;
  /** The `.node` file. */
  readonly addon: string;
  /** The version of TensorFlow's C library. */
  readonly tensorflow: string;
  /** How it came here, for people. */
  readonly how: string;
}

const installationSchema: z.ZodType<AddonInstallation> = z.object({
  v: z.literal(1),
  package: z.string(),
  modules: z.string(),
  addon: z.string(),
  tensorflow: z.string(),
  how: z.string(),
});

/** The folder of a backend's addon. */
export function addonFolder(addonsDir: string, backend: AddonBackend): string {
  return join(addonsDir, backend);
}

/**
 * The installation of a backend, with absolute paths; null if there is none.
 * @throws {Error} If the record cannot be read.
 */
export async function readInstallation(
  addonsDir: string,
  backend: AddonBackend,
): Promise<AddonInstallation | null> {
  const folder = addonFolder(addonsDir, backend);
  let text: string;
  try {
    text = await Deno.readTextFile(join(folder, "installation.json"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const record = installationSchema.parse(JSON.parse(text));
  return { ...record, modules: join(folder, record.modules), addon: join(folder, record.addon) };
}

/** Writes the record, at once or not at all: from then on the loader finds the addon. */
export async function writeInstallation(
  addonsDir: string,
  backend: AddonBackend,
  installation: AddonInstallation,
): Promise<void> {
  const path = join(addonFolder(addonsDir, backend), "installation.json");
  await Deno.writeTextFile(`${path}.new`, JSON.stringify(installation, null, 2) + "\n");
  await Deno.rename(`${path}.new`, path);
}
