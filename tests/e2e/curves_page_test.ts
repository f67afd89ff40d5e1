import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
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
import { journalOf } from "../support/journals.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { serveTestDashboard } from "../support/served_dashboard.ts";

const chromium = await chromiumOrSkip();
const isRunnable = chromium !== undefined && await natsServerBinaryOrSkip() !== undefined;
const SWEEP = parseSweepId("grown-1");

Deno.test({
  name: "the Curves page draws, zooms into more points, reads by keyboard, and grows",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    const options = { configurations: 8, epochs: 900, lanes: 4, failureRate: 0.2 };
    const entries = [...journalOf({ ...options, startAt: Date.now() - 1_000_000 })];
    const later = entries.splice(-300);
    await server.write(SWEEP, entries);
    await using dashboard = serveTestDashboard(server, {
      clientBundle: await bundleClient(),
      port: 0,
    });
    const address = `${dashboard.url}s/${SWEEP}/curves`;
    const axe = fileURLToPath(import.meta.resolve("axe-core"));
    const browser = await startBrowser(chromium!);
    try {
      for (const [colorScheme, width] of [["light", 1280], ["dark", 375]] as const) {
        // axe is put into the page, which the page's own policy rightly forbids.
        const viewport = { width, height: 900 };
        const context = await browser.newContext({ colorScheme, viewport, bypassCSP: true });
        context.setDefaultTimeout(PATIENCE_MS);
        const page = await context.newPage();
        const misdeeds = watchMisdeeds(page, dashboard.url);
        await page.goto(`${address}?show=all&smooth=0.9`);
        await page.locator('[data-connection="live"]').waitFor();
        await page.locator(".plot-host canvas").waitFor();
        await page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)");
        await page.addScriptTag({ path: axe });
        const faults = await page.evaluate(
          "axe.run().then((found) => found.violations" +
            ".map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))",
        );
        assert.deepEqual(faults, [], `${colorScheme} ${width}`);
        const overflow = "document.documentElement.scrollWidth - innerWidth";
        assert.equal(await page.evaluate(overflow), 0, `fits ${width} px`);
        assert.deepEqual(misdeeds, { complaints: [], strangers: [] });
        await context.close();
      }
      const page = await openPage(browser, { viewport: { width: 1280, height: 1000 } });
      const misdeeds = watchMisdeeds(page, dashboard.url);
      await page.goto(`${address}?show=all&metric=val_loss`);
      await page.locator('[data-connection="live"]').waitFor();
      const words = page.locator("#curves-words");
      assert.match(await words.textContent() ?? "", /stretches: the line goes through the last/);

      const surface = page.locator(".plot-host .u-over");
      const box = await surface.boundingBox();
      assert.ok(box);
      await page.mouse.move(box.x + 100, box.y + 50);
      await page.mouse.down();
      await page.mouse.move(box.x + 180, box.y + 60, { steps: 4 });
      await page.mouse.up();
      await page.getByText(/val_loss over epoch, from \d+ to \d+: .* each drawn/).waitFor();
      assert.match(page.url(), /from=\d+&to=\d+/);

      await page.locator(".plot-host").focus();
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowRight");
      const readout = page.locator("[data-readout]");
      const first = await readout.textContent() ?? "";
      assert.match(first, /^trial \d+ · .* · epoch \d+ · val_loss \d/);
      await page.locator('.live-plot [aria-live="polite"]', { hasText: first }).waitFor();
      await page.keyboard.press("ArrowDown");
      assert.notEqual(await readout.textContent(), first);

      await page.keyboard.press("0");
      await page.getByText(/val_loss over epoch: \d+ curves/).waitFor();
      const before = Number.parseInt(
        (await words.textContent() ?? "").replace(/.*?curves?\. |,/g, ""),
      );
      const unread = await openPage(browser);
      await unread.goto(`${address}?pack=x`);
      await unread.locator('[data-connection="live"]').waitFor();
      const asked: string[] = [];
      unread.on("request", (request) => asked.push(new URL(request.url()).pathname));
      await server.write(SWEEP, later);
      await unread.locator('[data-connection="ended"]').waitFor();
      await unread.getByRole("alert").filter({ hasText: 'Cannot read pack "x"' }).waitFor();
      assert.deepEqual(asked.filter((path) => path.endsWith("/curves")), [], "it is told once");
      await unread.getByRole("link", { name: "clear", exact: true }).click();
      await unread.getByRole("alert").waitFor({ state: "detached" });
      await unread.locator(".plot-host canvas").waitFor();
      await page.locator('[data-connection="ended"]').waitFor();
      await page.getByText(/: 8 curves\. 7,200 points/).waitFor();
      assert.ok(before < 7_200, String(before));
      await page.getByRole("combobox", { name: "group by" }).selectOption("hidden_width");
      await page.getByText(/medians of \d groups of trials/).waitFor();
      assert.deepEqual(misdeeds, { complaints: [], strangers: [] });
    } finally {
      await browser.close();
    }
  },
});
