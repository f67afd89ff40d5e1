/** A folder as one `.tar.gz`, written as it is read. */
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { packTar } from "modern-tar/fs";

/**
 * Writes the folder as `name/` into `archive`, which appears when it is complete.
 * @throws The signal's reason, if it aborts first; nothing is left behind then.
 */
export async function archiveFolder(
  folder: string,
  archive: string,
  { name, signal }: { readonly name: string; readonly signal: AbortSignal },
): Promise<void> {
  const partial = `${archive}.part`;
  try {
    const files = packTar([{ type: "directory", source: folder, target: name }]);
    await pipeline(files, createGzip(), createWriteStream(partial), { signal });
    await rename(partial, archive);
  } catch (error) {
    await rm(partial, { force: true });
    throw signal.aborted ? signal.reason : error;
  }
}
