/** Puts a bundled module where every worker finds it, once. */
import type { ArtifactStore } from "../../core/protocol/ports.ts";
import { moduleArtifact } from "../../core/protocol/subjects.ts";
import type { BundledModule } from "./bundle_module.ts";

/** Stores it by its digest, unless the very same is there already. */
export async function shipModule(
  { bytes, digest }: BundledModule,
  artifacts: Pick<ArtifactStore, "get" | "put">,
): Promise<void> {
  const name = moduleArtifact(digest);
  if (await holds(name, bytes, artifacts)) return;
  await artifacts.put(name, bytes);
}

async function holds(
  name: string,
  bytes: Uint8Array,
  artifacts: Pick<ArtifactStore, "get">,
): Promise<boolean> {
  try {
    const stored = await artifacts.get(name);
    return stored !== null && stored.length === bytes.length &&
      stored.every((byte, i) => byte === bytes[i]);
  } catch {
    // Damaged, or something else by that name: what is put takes its place.
    return false;
  }
}
