import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { bundleClient } from "../../dashboard/client_bundle.ts";
import { serveDashboard } from "../../dashboard/serve_dashboard.ts";
import { chromiumOrSkip, PATIENCE_MS, startBrowser, watchMisdeeds } from "../support/browser.ts";
import { openDashboard, startJournalServer } from "../support/dashboards.ts";
import { EVENTFUL_SWEEP, eventfulJournal } from "../support/eventful_journal.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";

const chromium = await chromiumOrSkip();
const isRunnable = chromium !== undefined && await natsServerBinaryOrSkip() !== undefined;

Deno.test({
  name: "the timeline is accessible in both themes, live, and its bars lead to their trials",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    const entries = eventfulJournal(Date.now() - 100_000);
    await server.write(EVENTFUL_SWEEP, entries.slice(0, -2));
    const dashboard = openDashboard(server, await bundleClient());
    const { url, finished } = serveDashboard(dashboard.app, {
      hostname: "127.0.0.1",
      port: 0,
      signal: dashboard.signal,
    });
    const address = `${url}s/${EVENTFUL_SWEEP}/timeline`;
    const axe = fileURLToPath(import.meta.resolve("axe-core"));
    const browser = await startBrowser(chromium!);
    try {
      for (const colorScheme of ["light", "dark"] as const) {
        for (const width of [1280, 375]) {
          // axe is put into the page, which the page's own policy rightly forbids.
          const viewport = { width, height: 900 };
          const context = await browser.newContext({ colorScheme, viewport, bypassCSP: true });
          context.setDefaultTimeout(PATIENCE_MS);
          const page = await context.newPage();
          const misdeeds = watchMisdeeds(page, url);
          await page.goto(address);
          await page.locator('[data-connection="live"]').waitFor();
          await page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)");
          await page.addScriptTag({ path: axe });
          const faults = await page.evaluate(
            "axe.run().then((found) => found.violations" +
              ".map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))",
          );
          assert.deepEqual(faults, [], `${colorScheme} ${width}`);
          const overflow = "document.documentElement.scrollWidth - innerWidth";
          assert.equal(await page.evaluate(overflow), 0, `fits ${width} px`);
          assert.equal(await page.locator("img").count(), 0, "what a worker says stays text");
          assert.deepEqual(misdeeds, { complaints: [], strangers: [] });
          await context.close();
        }
      }
      const page = await browser.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(address);
      await page.locator('[data-connection="live"]').waitFor();
      assert.equal(await page.locator("[data-bar]").count(), 7);
      await server.write(EVENTFUL_SWEEP, entries.slice(-2));
      await page.locator("[data-bar] .attempt-running").waitFor();
      assert.equal(await page.locator("[data-bar]").count(), 8);
      await page.locator("[data-bar]").first().focus();
      await page.keyboard.press("+");
      await page.waitForURL(/from=25/);
      await page.keyboard.press("0");
      await page.waitForURL((url) => url.search === "");
      await page.locator("[data-bar]").nth(7).waitFor();
      await page.locator("[data-bar]").first().focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/trials\?pack=3$/);
    } finally {
      await browser.close();
      dashboard[Symbol.dispose]();
      await finished;
    }
  },
});
