/** Trawl's own files: what a confined process may read of the folder that the project lies in. */
import { fileURLToPath } from "node:url";

/** Code and ready sweep files. Homes, data and whatever else lies beside them is not the program. */
const PARTS = ["main.ts", "deno.json", "cli", "core", "coordinator", "worker", "dashboard"];

/** The program's entry point. */
export const MAIN: string = programFile("main.ts");
/** The configuration with the permission sets. */
export const CONFIG: string = programFile("deno.json");

/** Absolute paths of everything that belongs to the program, its packages included. */
export function programFiles(): readonly string[] {
  return [...PARTS.map(programFile), packageCache()];
}

/**
 * The folder of Deno's cache that holds the npm packages: a backend reads a file of its package, the
 * bundler reads the page's packages with all that they need in turn.
 */
function packageCache(): string {
  const own = fileURLToPath(import.meta.resolve("commander"));
  return own.slice(0, own.search(/[\\/]commander[\\/]/));
}

function programFile(name: string): string {
  return fileURLToPath(new URL(`../../${name}`, import.meta.url));
}
