/** Whether the images of CIFAR-100 are here already. */
import { join } from "node:path";
import type { Check } from "./check.ts";

/** Looks where training would look. */
export async function checkCifar100(
  { home, dataDir }: { readonly home: string; readonly dataDir: string | undefined },
): Promise<Check> {
  const folders = dataDir === undefined
    ? [join(home, "datasets", "cifar-100-binary")]
    : [join(dataDir, "cifar-100-binary"), dataDir];
  for (const folder of folders) {
    if (await isThere(join(folder, "train.bin")) && await isThere(join(folder, "test.bin"))) {
      return { name: "cifar100", status: "ok", found: folder, fix: null };
    }
  }
  return {
    name: "cifar100",
    status: "note",
    found: `not in ${folders.join(" or ")}; a sweep that needs it downloads it`,
    fix: "--data-dir DIR with cifar-100-binary/train.bin and test.bin",
  };
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    return false;
  }
}
