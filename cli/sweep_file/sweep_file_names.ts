/** Which file `FILE` means: a path, or the name of one of the sweeps that come with Trawl. */
import { readdir, readFile, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { printable, truncate } from "../terminal/text.ts";
import { MAX_FILE_BYTES } from "./format.ts";
import { nearestName } from "../../core/domain/nearest_name.ts";

/** The sweep that runs where no file is named. */
export const DEFAULT_SWEEP_NAME: string = "quickstart";

const SWEEPS_FOLDER = fileURLToPath(new URL("../../sweeps/", import.meta.url));
const EXTENSION_REGEXP = /\.ya?ml$/;

/**
 * The path of a sweep file, as short as it can be shown.
 * @throws {SweepFileNotFoundError} If there is neither such a file nor such a name.
 */
export async function resolveSweepFile(
  file: string = DEFAULT_SWEEP_NAME,
  options: { readonly workingFolder?: string; readonly sweepsFolder?: string } = {},
): Promise<string> {
  const { workingFolder = ".", sweepsFolder = SWEEPS_FOLDER } = options;
  if (await isFile(join(isAbsolute(file) ? "" : workingFolder, file))) return file;
  const names = await listSweepNames(sweepsFolder);
  const name = file.replace(EXTENSION_REGEXP, "");
  if (!names.includes(name)) throw new SweepFileNotFoundError(file, names, resolve(workingFolder));
  const path = join(sweepsFolder, `${name}.yaml`);
  const shorter = relative(workingFolder, path);
  return shorter.startsWith("..") || isAbsolute(shorter) ? path : shorter;
}

/** The names of the sweeps in a folder, such as `quickstart` and `lab/cifar100`, in order. */
export async function listSweepNames(
  sweepsFolder: string = SWEEPS_FOLDER,
): Promise<readonly string[]> {
  const files = await readdir(sweepsFolder, { recursive: true });
  return files
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.replaceAll("\\", "/").replace(EXTENSION_REGEXP, ""))
    .sort();
}

/**
 * The text of a sweep file, which is small.
 * @throws {RangeError} If it is too large. @throws {Error} If it cannot be read.
 */
export async function readSweepFile(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > MAX_FILE_BYTES) {
    throw new RangeError(
      `Cannot read sweep file "${printable(path)}": it has ${size} bytes; ` +
        `it must have at most ${MAX_FILE_BYTES}`,
    );
  }
  return await readFile(path, "utf8");
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    // ENOTDIR, ENAMETOOLONG and the like: whatever it is, it is no file that can be read.
    if (error instanceof Error) return false;
    throw error;
  }
}

// ---- errors ----

/** There is no such sweep file, and no sweep of that name. */
export class SweepFileNotFoundError extends Error {
  override readonly name = "SweepFileNotFoundError";

  constructor(file: string, names: readonly string[], workingFolder: string) {
    const near = nearestName(file.replace(EXTENSION_REGEXP, ""), names);
    const hint = near === null ? "" : ` (did you mean ${near}?)`;
    super(
      `Cannot find sweep file "${truncate(printable(file), 80)}": it is no file in ` +
        `"${workingFolder}", and no sweep that comes with Trawl${hint}; there are ${
          names.join(", ")
        }`,
    );
  }
}
