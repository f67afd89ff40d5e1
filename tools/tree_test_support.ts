/** A throw-away folder of files for the tests of these tools. */
import { dirname, join } from "node:path";

/** A folder that is removed at the end of its scope. */
export interface Tree extends AsyncDisposable {
  /** Its path, with links resolved. */
  readonly root: string;
}

/** Writes `files`, given by their relative paths, into a new temporary folder. */
export async function writeTree(files: Readonly<Record<string, string>>): Promise<Tree> {
  const root = await Deno.realPath(await Deno.makeTempDir());
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(root, path)), { recursive: true });
    await Deno.writeTextFile(join(root, path), text);
  }
  return {
    root,
    [Symbol.asyncDispose]: async () => await Deno.remove(root, { recursive: true }),
  };
}
