/** Where the repository lies, and which of its files are ours to check. */
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder, absolute, without a slash at its end. */
export const REPOSITORY_ROOT: string = fileURLToPath(new URL("..", import.meta.url)).replace(
  /[\\/]$/,
  "",
);

/** Folders that hold nothing written by hand; those whose names start with a dot are skipped too. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  "node_modules",
  "coverage",
  "dist",
  "generated",
]);

/** A path relative to the root with forward slashes, or null for a file outside of it. */
export function repositoryPath(path: string, root: string = REPOSITORY_ROOT): string | null {
  const inside = relative(root, path).split(sep).join("/");
  return inside === "" || inside.startsWith("../") || inside === ".." ? null : inside;
}

/** Whether a repository path is test code: beside the source or under `tests/`. */
export function isTestPath(path: string): boolean {
  return /_test\.tsx?$/.test(path) || path.startsWith("tests/");
}

/** The repository paths of all .ts and .tsx files under `root`, sorted. */
export async function listModules(root: string = REPOSITORY_ROOT): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const path of walk(root)) {
    const inside = repositoryPath(path, root);
    if (inside !== null && /\.tsx?$/.test(inside)) found.push(inside);
  }
  return found.sort();
}

async function* walk(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isFile) yield path;
    const isOurs = !entry.name.startsWith(".") && !SKIPPED_FOLDERS.has(entry.name);
    if (entry.isDirectory && isOurs) yield* walk(path);
  }
}
