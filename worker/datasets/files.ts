/** Reading the files of a dataset: what is missing or unreadable becomes a user's error. */
import { isAbsolute, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { clip } from "../../core/domain/clip.ts";
import { DatasetError } from "./dataset.ts";

/** How much of a name a message shows. */
const LONGEST_NAME = 1_000;

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

const IMPOSSIBLE_NAMES: ReadonlySet<unknown> = new Set(["EINVAL", "ENAMETOOLONG"]);

/** Where a file of the user may lie. */
export interface UserFileOptions {
  /** The folder of the sweep file. */
  readonly folder: string;
  /** The folder that was named with `--data-dir`, or undefined. */
  readonly dataDir: string | undefined;
}

/**
 * The path of a file that a sweep file names: in the folder of `--data-dir` where there is one, else
 * relative to the sweep file. Sweeps come over the network, so a worker that was given a folder
 * reads nothing outside it.
 * @throws {DatasetError} If it is not there, or would lie outside the data folder.
 */
export async function locateUserFile(
  path: string,
  { folder, dataDir }: UserFileOptions,
): Promise<string> {
  if (dataDir === undefined) {
    const file = isAbsolute(path) ? path : join(folder, path);
    if (await isReadableFile(file)) return file;
    throw new DatasetError(
      `Cannot find "${file}": there is no such file; on a machine without the sweep file's folder ` +
        `start the worker with --data-dir and the folder that "${path}" lies in`,
    );
  }
  if (isAbsolute(path) || normalize(path).split(/[\\/]/).includes("..")) {
    throw new DatasetError(
      `Cannot read "${path}": it lies outside "${dataDir}"; with --data-dir a file must be inside`,
    );
  }
  const file = join(dataDir, path);
  if (await isReadableFile(file)) return file;
  throw new DatasetError(`Cannot find "${path}" in "${dataDir}": there is no such file`);
}

/** @throws {DatasetError} If this process is confined to other folders, or no file has such a name. */
async function isReadableFile(file: string): Promise<boolean> {
  try {
    return await isFile(file);
  } catch (cause) {
    // Sweeps come over the network: their names may be too long for a file, or hold what none may.
    const state = cause instanceof Deno.errors.NotCapable
      ? "this worker is confined to its own folders; " +
        "start it with --data-dir and the folder that the file lies in"
      : cause instanceof Error
      ? cause.message
      : String(cause);
    throw new DatasetError(`Cannot read "${clip(file, LONGEST_NAME)}": ${state}`, { cause });
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
    // No file can have such a name: it has a NUL in it, or is too long.
    if (error instanceof Error && "code" in error && IMPOSSIBLE_NAMES.has(error.code)) return false;
    throw error;
  }
}

/** The path of a `file:` URL. */
export function fromFileUrl(url: URL): string {
  return fileURLToPath(url);
}
