/** A real headless Chromium for tests of the page; they skip where there is none. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const CANDIDATES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** For whatever a page is waited for. */
export const PATIENCE_MS = 120_000;

/** The path of a Chromium; undefined, with a line that says so, if there is none. */
export async function chromiumOrSkip(): Promise<string | undefined> {
  for (const path of [Deno.env.get("CHROMIUM_BIN"), ...CANDIDATES]) {
    if (path !== undefined && await exists(path)) return path;
  }
  console.warn("skipped: no Chromium (looked at CHROMIUM_BIN and the usual places)");
  return undefined;
}

/** Starts it. Close the browser when done. */
export async function startBrowser(executablePath: string): Promise<Browser> {
  const { chromium } = await import("playwright-core");
  return await chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A page that waits as long as a busy machine may take. */
export async function openPage(browser: Browser, options?: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

/** What a page did that nobody should see. */
export interface Misdeeds {
  /** Errors and warnings of the console, and exceptions that nobody caught. */
  readonly complaints: readonly string[];
  /** Requests to anywhere but the given origin. */
  readonly strangers: readonly string[];
}

/** Collects from now on. Requests that fail while the server is away are no complaint. */
export function watchMisdeeds(page: Page, origin: string): Misdeeds {
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on("console", (message) => {
    const isServerAway = message.text().includes("net::ERR_");
    if (["error", "warning"].includes(message.type()) && !isServerAway) {
      complaints.push(message.text());
    }
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    // What a page makes itself has its origin in its address.
    const url = request.url().replace(/^blob:/, "");
    if (!url.startsWith(origin)) strangers.push(url);
  });
  return { complaints, strangers };
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    return false;
  }
}
