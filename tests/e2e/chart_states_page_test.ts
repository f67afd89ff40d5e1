import assert from "node:assert/strict";
import type { Page } from "playwright-core";
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

/** Drags over the middle of the learning curves. */
async function zoom(page: Page): Promise<void> {
  const box = await page.locator("#curves .u-over").boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width * 0.4, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await page.getByText("Zoomed: epoch 4 to 8 of 0 to 12.").waitFor();
}

/** The SVG file that the menu of the learning curves saves: its size, and its texts. */
async function savedDrawing(page: Page): Promise<{ width: number; texts: readonly string[] }> {
  await page.locator("#curves .chart-menu summary").click();
  const waiting = page.waitForEvent("download", { timeout: PATIENCE_MS });
  await page.locator("#curves [data-export=svg]").click();
  const file = await Deno.readTextFile(await (await waiting).path());
  return await page.evaluate((text) => {
    const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    return {
      width: Number(svg.getAttribute("width")),
      texts: [...svg.querySelectorAll("text")].map(({ textContent }) => textContent ?? ""),
    };
  }, file);
}

Deno.test({
  name:
    "a chart in full screen keeps its table below it, a zoomed one is saved as it is seen, and texts are copied",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    await server.write(SWEEP, journalOf({ configurations: 6, epochs: 12 }));
    await using dashboard = serveTestDashboard(server, {
      clientBundle: await bundleClient(),
      port: 0,
    });
    const browser = await startBrowser(chromium!);
    try {
      const page = await openPage(browser, {
        viewport: { width: 1280, height: 800 },
        permissions: ["clipboard-read", "clipboard-write"],
      });
      const misdeeds = watchMisdeeds(page, dashboard.url);
      await page.goto(`${dashboard.url}s/${SWEEP}`);
      await page.locator("#curves canvas").waitFor();

      const whole = await savedDrawing(page);
      assert.ok(whole.width < 1280, `${whole.width} pixels`);
      assert.equal(whole.texts.filter((text) => text === "12").length, 1, "x up to 12, drawn once");
      await zoom(page);
      const part = await savedDrawing(page);
      assert.ok(!part.texts.includes("12") && !part.texts.includes("0"), part.texts.join());
      assert.ok(part.texts.includes("Zoomed: epoch 4 to 8 of 0 to 12."), part.texts.join());

      await page.locator("#curves .chart-menu summary").focus();
      await page.keyboard.press("f");
      await page.waitForFunction("document.fullscreenElement?.id === 'curves'");
      await page.keyboard.press("d");
      await page.locator("#curves .as-table[open]").waitFor();
      const [figure, table] = [
        await page.locator("#curves > figure").boundingBox(),
        await page.locator("#curves > .as-table").boundingBox(),
      ];
      assert.ok(figure && table && table.y >= figure.y + figure.height, "nothing lies over it");
      await page.keyboard.press("f");
      await page.waitForFunction("document.fullscreenElement === null");

      await page.getByText("Configuration as JSON").click();
      const copied = page.locator("#best details[open] pre code");
      await page.locator("#best details[open] [data-copy]").click();
      await page.locator("#best [data-copy]", { hasText: "Copied" }).waitFor();
      assert.equal(
        await page.evaluate("navigator.clipboard.readText()"),
        await copied.textContent(),
      );
      assert.deepEqual(misdeeds, { complaints: [], strangers: [] });
    } finally {
      await browser.close();
    }
  },
});
