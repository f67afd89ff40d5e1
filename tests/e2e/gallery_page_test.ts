import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { accessibilityFaults } from "../support/accessibility.ts";
import { chromiumOrSkip, PATIENCE_MS, startBrowser, watchMisdeeds } from "../support/browser.ts";
import { COMMON_PAGES, type Dress, DRESSES, galleryPages, settle } from "../support/gallery.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import {
  eventually,
  ROOT,
  runTrawl,
  temporaryHome,
  TrawlProcess,
} from "../support/trawl_process.ts";

const chromium = await chromiumOrSkip();
const isRunnable = chromium !== undefined && await natsServerBinaryOrSkip() !== undefined;
/** Where the pictures are kept; absent: they are not. */
const pictures = Deno.env.get("TRAWL_SCREENSHOTS");

/** One real sweep of each kind of data, short. */
const SWEEPS: readonly (readonly string[])[] = [
  ["quickstart", "--set", "epochs=2", "--set", "hidden_width=32,64", "--set", "depth=1"],
  ["lab/xor", "--set", "epochs=20"],
  ["lab/regression", "--set", "epochs=2000"],
  ...await hasCifar() ? [["lab/cifar100", "--set", "epochs=20"]] : [],
];

Deno.test({
  name: "every page shows every kind of sweep, light and dark, wide and narrow, without a fault",
  ignore: !isRunnable,
  async fn() {
    await using home = await temporaryHome();
    const pages = [...COMMON_PAGES.map((page) => ({ ...page, kind: "all" }))];
    for (const args of SWEEPS) {
      const run = await runTrawl(["sweep", ...args, ...dataDir(), "--json", ...place(home.path)]);
      assert.equal(run.code, 0, run.stderr);
      const { sweep, best } = summaryOf(run.stdout);
      pages.push(...galleryPages(sweep, best.trial).map((page) => ({ ...page, kind: args[0]! })));
    }
    const args = ["dashboard", "--port", "0", "--home", home.path];
    await using dashboard = new TrawlProcess(args, { timeoutMs: 2 * PATIENCE_MS });
    const address = /Dashboard: (\S+)/;
    await eventually("the address", () => address.test(dashboard.stderr), PATIENCE_MS);
    const root = address.exec(dashboard.stderr)![1]!;
    const browser = await startBrowser(chromium!);
    const faults: string[] = [];
    try {
      for (const [index, page] of pages.entries()) {
        // Each page is seen in each dress, each time with another kind of data.
        const dress = DRESSES[(index + Math.floor(index / 8)) % DRESSES.length]!;
        faults.push(...await look(browser, { ...page, root, dress }));
      }
      assert.deepEqual(faults, []);
    } finally {
      await browser.close();
    }
  },
});

async function look(
  browser: Browser,
  { root, path, name, kind, dress }: {
    readonly root: string;
    readonly path: string;
    readonly name: string;
    readonly kind: string;
    readonly dress: Dress;
  },
): Promise<readonly string[]> {
  const about = `${name} of ${kind}, ${dress.name}`;
  const context = await browser.newContext({ ...dress.options, bypassCSP: true });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const misdeeds = watchMisdeeds(page, root);
  const answer = await page.goto(root + path);
  assert.equal(answer?.status(), 200, about);
  await settle(page);
  if (pictures !== undefined) {
    const file = `${pictures}/${kind.replace("/", "-")}-${name}-${dress.name}.png`;
    await page.screenshot({ path: file, fullPage: true });
  }
  const faults = [...await accessibilityFaults(page), ...misdeeds.complaints];
  faults.push(...misdeeds.strangers.map((address) => `asks a stranger: ${address}`));
  const overflow = Number(await page.evaluate("document.documentElement.scrollWidth - innerWidth"));
  if (overflow !== 0) faults.push(`is ${overflow} px wider than the screen`);
  // Rows of these are two lines where they do not fit into one.
  const hidden = Number(
    await page.evaluate(
      "Math.max(0, ...[...document.querySelectorAll('.scroll:has(> .leaderboard, > .importance)')]" +
        ".map((one) => one.scrollWidth - one.clientWidth))",
    ),
  );
  if (hidden > 0 && dress.name.endsWith("phone")) faults.push(`hides ${hidden} px of its table`);
  await context.close();
  return faults.map((fault) => `${about}: ${fault}`);
}

function place(home: string): readonly string[] {
  return ["--no-dashboard", "--home", home];
}

function dataDir(): readonly string[] {
  return ["--data-dir", Deno.env.get("TRAWL_DATA_DIR") ?? `${ROOT}../shared/data`];
}

async function hasCifar(): Promise<boolean> {
  try {
    return (await Deno.stat(`${dataDir()[1]}/cifar-100-binary/train.bin`)).isFile;
  } catch {
    return false;
  }
}

/** The last line of `--json`. */
function summaryOf(
  stdout: string,
): { readonly sweep: string; readonly best: { readonly trial: number } } {
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}
