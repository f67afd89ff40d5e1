import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { parseSweepId } from "../../core/domain/ids.ts";
import { bundleClient } from "../../dashboard/client_bundle.ts";
import {
  chromiumOrSkip,
  openPage,
  PATIENCE_MS,
  startBrowser,
  watchMisdeeds,
} from "../support/browser.ts";
import { startJournalServer } from "../support/dashboards.ts";
import { HOSTILE_SWEEP, writeHostileSweep } from "../support/hostile_journal.ts";
import { journalOf } from "../support/journals.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { serveTestDashboard } from "../support/served_dashboard.ts";

const chromium = await chromiumOrSkip();
const isRunnable = chromium !== undefined && await natsServerBinaryOrSkip() !== undefined;
const sweep = parseSweepId("grown-1");
const HOSTILE_PAGES = [
  "",
  "/trials",
  "/params",
  "/timeline",
  "/events",
  "/t/0",
  "/compare?t=0&t=1",
];

async function assertAccessible(page: Page, where: string): Promise<void> {
  await page.addScriptTag({ path: fileURLToPath(import.meta.resolve("axe-core")) });
  const faults = await page.evaluate(
    "axe.run().then((found) => found.violations" +
      ".map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))",
  );
  assert.deepEqual(faults, [], where);
}

/** The bytes that a chart's menu saves, chosen by keys alone. */
async function exported(page: Page, format: string): Promise<Uint8Array> {
  await page.keyboard.press("e");
  await page.locator("#edf .chart-menu[open]").waitFor();
  await page.locator(`#edf [data-export=${format}]`).focus();
  const waiting = page.waitForEvent("download", { timeout: PATIENCE_MS });
  await page.keyboard.press("Enter");
  const download = await waiting;
  assert.equal(download.suggestedFilename(), `grown-1-edf.${format}`);
  return await Deno.readFile(await download.path());
}

/** On a page whose policy holds: a chart's values are read, and it is saved in each format. */
async function tryChart(browser: Browser, url: string): Promise<void> {
  const page = await openPage(browser);
  const misdeeds = watchMisdeeds(page, new URL(url).origin);
  await page.goto(url);
  const figure = page.locator("#edf > figure[tabindex]");
  await figure.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.locator("#spoken", { hasText: /2 of \d+$/ }).waitFor({ state: "attached" });
  const png = await exported(page, "png");
  assert.deepEqual([...png.slice(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  assert.ok(png.length > 5_000, `${png.length} bytes`);
  const svg = new TextDecoder().decode(await exported(page, "svg"));
  const drawn = await page.evaluate((text) => {
    const found = new DOMParser().parseFromString(text, "image/svg+xml");
    return {
      root: found.documentElement.localName,
      paths: found.querySelectorAll("path[stroke^=rgb]").length,
      links: found.querySelectorAll("a, script, [class], [style]").length,
    };
  }, svg);
  assert.equal(drawn.root, "svg");
  assert.ok(drawn.paths > 0);
  assert.equal(drawn.links, 0);
  const csv = new TextDecoder().decode(await exported(page, "csv"));
  assert.match(csv, /^the best,reach val_accuracy of at least\r\n/);
  await page.keyboard.press("d");
  await page.locator("#edf details.as-table[open]").waitFor();
  assert.deepEqual(misdeeds, { complaints: [], strangers: [] });
}

/** On a phone the bar is one line; the key opens it, and the field it leads to is really there. */
async function goToFilters(browser: Browser, base: string): Promise<void> {
  const page = await openPage(browser, { viewport: { width: 375, height: 700 } });
  for (const path of ["", "/trials", "/curves", "/params", "/timeline"]) {
    await page.goto(base + path);
    await page.locator("[data-connection]").waitFor();
    const field = page.getByRole("textbox", { name: "where", exact: true });
    assert.equal(await field.isVisible(), false, `${path} begins with what it shows`);
    await page.keyboard.press("/");
    await field.waitFor();
    assert.equal(await field.evaluate((one) => one === document.activeElement), true, path);
  }
  await page.keyboard.type("trial<0");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=trial%3C0/);
  await page.locator("summary", { hasText: /^Filter 0 of 8 trials|^Filter 0 of 16 trials/ })
    .waitFor();
}

Deno.test({
  name: "a page is used by keys alone: palette, rows, list of keys, values and exports of a chart",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    await server.write(sweep, journalOf({ configurations: 8, spec: { replicates: 2 } }));
    await using served = serveTestDashboard(server, {
      clientBundle: await bundleClient(),
      port: 0,
    });
    const browser = await startBrowser(chromium!);
    try {
      // axe is put into the page, which the page's own policy rightly forbids.
      const page = await openPage(browser, { bypassCSP: true, colorScheme: "dark" });
      const misdeeds = watchMisdeeds(page, served.url);
      await page.goto(`${served.url}s/${sweep}`);
      await page.locator("#find").waitFor();
      await page.keyboard.press("Control+k");
      await page.locator("#palette[open] [role=option]").first().waitFor();
      await assertAccessible(page, "palette");
      await page.keyboard.type("tria");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/trials$/);

      await page.locator("[data-connection]").waitFor();
      await page.keyboard.press("j");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("k");
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/t\/1$/);
      await page.goBack();
      await page.waitForURL(/\/trials$/);

      await page.locator("[data-connection]").waitFor();
      await page.keyboard.press("/");
      await page.keyboard.type("j?");
      assert.equal(await page.evaluate("document.activeElement.value"), "j?");
      assert.equal(await page.locator("dialog[open]").count(), 0, "a field has its letters");
      await page.evaluate("document.activeElement.blur()");
      await page.keyboard.press("?");
      await page.locator("#help[open]").waitFor();
      await assertAccessible(page, "help");
      await page.locator("#help input").focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("Escape");
      await page.locator("#help[open]").waitFor({ state: "detached" });
      await page.reload();
      await page.locator("[data-connection]").waitFor();
      await page.keyboard.press("?");
      await page.keyboard.press("Control+k");
      await page.locator("#palette[open]").waitFor();
      assert.equal(await page.locator("#help[open]").count(), 0, "switched off, and remembered");
      await page.keyboard.type("keys of");
      await page.keyboard.press("Enter");
      await page.locator("#help input").focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("Escape");
      await page.locator("#help[open]").waitFor({ state: "detached" });
      await page.keyboard.press("g");
      await page.keyboard.press("p");
      await page.waitForURL(/\/params$/);

      await tryChart(browser, page.url());
      await goToFilters(browser, `${served.url}s/${sweep}`);
      await page.keyboard.press("t");
      assert.equal(await page.locator("html").getAttribute("data-theme"), "light");
      await page.goto(`${served.url}?theme=dark`);
      assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
      assert.deepEqual(misdeeds, { complaints: [], strangers: [] });
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  name: "hostile texts neither run nor burst the page, nor does the narrowest screen",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    await writeHostileSweep(server, Date.now());
    await using served = serveTestDashboard(server, {
      clientBundle: await bundleClient(),
      port: 0,
    });
    const browser = await startBrowser(chromium!);
    try {
      const page = await openPage(browser, { viewport: { width: 375, height: 800 } });
      const misdeeds = watchMisdeeds(page, served.url);
      const bursts: string[] = [];
      const paths = ["", "fleet", ...HOSTILE_PAGES.map((path) => `s/${HOSTILE_SWEEP}${path}`)];
      for (const path of paths) {
        await page.goto(`${served.url}${path}`);
        await page.locator("[data-connection]").waitFor();
        for (const width of [375, 320]) {
          await page.setViewportSize({ width, height: 800 });
          const over = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
          if (over !== 0) bursts.push(`/${path} by ${over} px at ${width} px`);
        }
        assert.equal(await page.evaluate("'harmed' in window"), false, path);
        assert.equal(await page.locator("main :is(img, script, iframe)").count(), 0, path);
      }
      assert.deepEqual(bursts, []);
      await page.keyboard.press("Control+k");
      await page.locator("#palette[open]").waitFor();
      await page.keyboard.type("onerror");
      await page.locator("#palette [role=option]", { hasText: "hostile-1" }).waitFor();
      assert.equal(await page.locator("#palette :is(img, script)").count(), 0);
      assert.deepEqual(misdeeds, { complaints: [], strangers: [] });
    } finally {
      await browser.close();
    }
  },
});
