/**
 * A user's module and everything that it imports, as one JavaScript text that runs anywhere: relative
 * imports, import maps and npm packages are in it, so that a worker needs neither the files nor a
 * network. Only `node:` stays an import, which every Deno has.
 */
import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import {
  MAX_MODULE_BYTES,
  MODULE_MAP_MARK,
  type ModuleTask,
} from "../../core/domain/user_module.ts";
import { UserError } from "../exit_code.ts";
import { printable } from "../terminal/text.ts";

/** A module that can be shipped. */
export interface BundledModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly digest: string;
}

const INLINE_MAP_REGEXP = /\n\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;

/**
 * Bundles with the configuration that lies beside the module, as `deno run` would find it. Types are
 * not checked.
 * @throws {UserError} If there is no such file, or it cannot be bundled.
 */
export async function bundleModule(
  { folder, path }: Pick<ModuleTask, "folder" | "path">,
  { signal }: { readonly signal: AbortSignal },
): Promise<BundledModule> {
  const file = resolve(folder, path);
  await assertFile(file, path);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    // Its own folder, so that the paths in the text do not depend on where the user stands.
    cwd: dirname(file),
    args: ["bundle", "--quiet", "--no-lock", "--sourcemap=inline", `./${basename(file)}`],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal,
  }).output();
  signal.throwIfAborted();
  if (code !== 0) {
    const told = new TextDecoder().decode(stderr).trim();
    throw new UserError(`Cannot bundle module "${printable(path)}": ${told}`);
  }
  const bytes = new TextEncoder().encode(withLeanMap(new TextDecoder().decode(stdout)));
  if (bytes.length > MAX_MODULE_BYTES) {
    throw new UserError(
      `Cannot ship module "${printable(path)}": with all that it imports it has ` +
        `${bytes.length} bytes; it must have at most ${MAX_MODULE_BYTES}`,
    );
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  return { bytes, digest };
}

async function assertFile(file: string, path: string): Promise<void> {
  const isFile = await stat(file).then((info) => info.isFile(), () => false);
  if (isFile) return;
  throw new UserError(
    `Cannot read module "${printable(path)}": there is no file "${printable(file)}"`,
  );
}

/** The map says where an error came from; the sources that it repeats are not needed for that. */
function withLeanMap(text: string): string {
  const match = INLINE_MAP_REGEXP.exec(text);
  if (match?.[1] === undefined) return text;
  const json = new TextDecoder().decode(Uint8Array.fromBase64(match[1]));
  const lean = JSON.stringify({ ...JSON.parse(json), sourcesContent: undefined });
  const encoded = new TextEncoder().encode(lean).toBase64();
  return `${text.slice(0, match.index)}${MODULE_MAP_MARK}${encoded}\n`;
}
