/** Reading the files of a dataset: what is missing or unreadable becomes a user's error. */
import { fileURLToPath } from "node:url";
import { DatasetError } from "./dataset.ts";

/**
 * The whole file.
 * @throws {DatasetError} If it is missing or cannot be read.
 */
export async function readDatasetFile(file: string, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    return await Deno.readFile(file, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatasetError(`Cannot read "${file}": ${reason}`, { cause: error });
  }
}

/** Whether there is a file of this name that may be looked at. */
export async function isFile(file: string): Promise<boolean> {
  try {
    return (await Deno.stat(file)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}

/** The path of a `file:` URL. */
export function fromFileUrl(url: URL): string {
  return fileURLToPath(url);
}
