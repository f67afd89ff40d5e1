/** The page's script and styles, bundled by Deno when the dashboard starts, kept in memory. */
import { fileURLToPath } from "node:url";
import { getLogger } from "@logtape/logtape";

const logger = getLogger(["trawl", "dashboard"]);

/** A file that the page loads. Its path holds a digest of its content, so it never changes. */
export interface Asset {
  readonly path: string;
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** All files that the page loads. */
export interface ClientBundle {
  readonly styles: Asset;
  /** Runs before the page is drawn: light or dark. Null if bundling failed. */
  readonly theme: Asset | null;
  /** Makes the page live. Null if bundling failed: the page is then still, and says so. */
  readonly script: Asset | null;
}

/** The style sheets in `styles/`, in the order in which they apply. */
export const STYLE_SHEETS: readonly string[] = [
  "base",
  "shell",
  "blocks",
  "sweep_head",
  "ledger",
  "best_configuration",
  "tables",
  "curves",
  "trials",
  "trial",
  "parameters",
  "timeline",
  "overview",
  "fleet",
  "keyboard",
  "states",
  "print",
  "control",
];

/** Where the entry points are, unless a test says otherwise. */
export interface BundleClientOptions {
  readonly directory?: URL;
}

/**
 * Bundles the client. Without a bundler (it is a package that Deno fetches at first use) the page
 * works all the same, without news: the reason is logged, nothing is thrown for it.
 * @throws {Deno.errors.NotFound} If the styles are not there.
 */
export async function bundleClient(options: BundleClientOptions = {}): Promise<ClientBundle> {
  const directory = options.directory ?? new URL("./client/", import.meta.url);
  const styles = await readStyles(directory);
  const built = await build(directory);
  return {
    styles: await asset("style", "text/css; charset=utf-8", styles + (built?.styles ?? "")),
    theme: built && await asset("theme", "text/javascript; charset=utf-8", built.theme),
    script: built && await asset("main", "text/javascript; charset=utf-8", built.script),
  };
}

async function readStyles(directory: URL): Promise<string> {
  const sheets = STYLE_SHEETS.map((name) => new URL(`styles/${name}.css`, directory));
  return (await Promise.all(sheets.map((sheet) => Deno.readTextFile(sheet)))).join("\n");
}

interface Built {
  readonly script: string;
  readonly theme: string;
  readonly styles: string;
}

async function build(directory: URL): Promise<Built | null> {
  try {
    const [main, theme] = await Promise.all([
      bundle(new URL("main.tsx", directory)),
      bundle(new URL("theme.ts", directory)),
    ]);
    return { script: main.script, theme: theme.script, styles: main.styles };
  } catch (error) {
    logger.warn("The page will not update by itself: {reason}", {
      reason: error instanceof Error ? error.message : String(error),
    });
    return null;
  }
}

async function bundle(entry: URL): Promise<{ readonly script: string; readonly styles: string }> {
  const path = fileURLToPath(entry);
  const result = await Deno.bundle({
    entrypoints: [path],
    // Nothing is written: the name only tells scripts from styles in the answer.
    outputDir: fileURLToPath(new URL("./dist/", entry)),
    platform: "browser",
    format: "iife",
    minify: true,
    write: false,
  });
  const files = result.outputFiles ?? [];
  const texts = (extension: string): string =>
    files.filter((file) => file.path.endsWith(extension)).map((file) => file.text()).join("\n");
  const script = texts(".js");
  if (!result.success || script === "") {
    const reason = result.errors.map(({ text }) => text).join("; ") || "it gave no script";
    throw new Error(`Cannot bundle ${path}: ${reason}`);
  }
  return { script, styles: texts(".css") };
}

async function asset(name: string, contentType: string, text: string): Promise<Asset> {
  const body = new TextEncoder().encode(text);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body)).slice(0, 6).toHex();
  const extension = contentType.startsWith("text/css") ? "css" : "js";
  return { path: `/assets/${name}-${digest}.${extension}`, contentType, body };
}
