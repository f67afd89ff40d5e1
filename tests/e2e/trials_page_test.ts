import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { parseSweepId } from "../../core/domain/ids.ts";
import { bundleClient } from "../../dashboard/client_bundle.ts";
import { chromiumOrSkip, openPage, startBrowser, watchMisdeeds } from "../support/browser.ts";
import { startJournalServer } from "../support/dashboards.ts";
import { journalOf } from "../support/journals.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { serveTestDashboard } from "../support/served_dashboard.ts";
import { FIT, resultWith, storeResult, SURFACE, withStored } from "../support/stored_results.ts";

const chromium = await chromiumOrSkip();
const isRunnable = chromium !== undefined && await natsServerBinaryOrSkip() !== undefined;
const sweep = parseSweepId("grown-1");

const trialsOn = (page: Page): Promise<readonly number[]> =>
  page.locator("[data-trial]").evaluateAll((rows) =>
    rows.map((row) => Number(row.getAttribute("data-trial")))
  );
const waitForWindow = (page: Page, text: string): Promise<void> =>
  page.locator(`[data-window]:has-text("${text}")`).waitFor();

Deno.test({
  name: "the Trials page sorts, filters and pages without loading anew, and goes back",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    await server.write(sweep, journalOf({ configurations: 60, lanes: 8, epochs: 2 }));
    await using served = serveTestDashboard(server, {
      clientBundle: await bundleClient(),
      port: 0,
    });
    const browser = await startBrowser(chromium!);
    try {
      const page = await openPage(browser);
      const misdeeds = watchMisdeeds(page, served.url);
      let loads = 0;
      page.on("load", () => loads++);
      await page.goto(`${served.url}s/${sweep}`);
      await page.getByRole("link", { name: "Trials", exact: true }).click();
      await waitForWindow(page, "1–50 of 60");
      await page.locator('[data-connection="ended"]').waitFor();
      const before = loads;

      await page.getByRole("link", { name: "val_accuracy", exact: true }).click();
      await page.locator('th[aria-sort="descending"]').waitFor();
      assert.match(page.url(), /sort=-objective$/);
      const best = await page.locator("[data-trial] td:nth-child(4)").allInnerTexts();
      assert.deepEqual(best, best.toSorted((a, b) => Number(b) - Number(a)));
      await page.getByRole("checkbox").first().check();
      await page.getByRole("link", { name: "next ›" }).click();
      await waitForWindow(page, "51–60 of 60");
      await page.getByRole("checkbox").first().check();
      await page.getByRole("button", { name: "Compare 2 trials" }).waitFor();

      await page.getByRole("link", { name: /^Show only pack \d+, of/ }).first().click();
      await waitForWindow(page, "that match, 60 in all");
      assert.match(page.url(), /pack=\d+/);
      await page.getByRole("link", { name: "clear", exact: true }).click();
      await waitForWindow(page, "1–50 of 60");

      await page.getByLabel("where").fill("hidden_width>=");
      await page.getByLabel("where").press("Enter");
      await page.getByRole("alert").waitFor();
      assert.match(await page.getByRole("alert").innerText(), /at its end: there must be a value/);
      await page.getByLabel("where").fill("hidden_width>=64 trial<30");
      await page.getByLabel("where").press("Enter");
      await waitForWindow(page, "that match, 60 in all");
      const wide = await trialsOn(page);
      assert.ok(wide.length > 0 && wide.every((trial) => trial < 30));
      await page.goBack();
      await page.getByRole("alert").waitFor();
      await page.goBack();
      await waitForWindow(page, "1–50 of 60");
      await page.locator('select[name="state"]').selectOption("failed");
      await page.getByText("None of 60 trials matches").waitFor();
      assert.equal(loads, before, "the page was never loaded anew");
      assert.deepEqual(misdeeds, { complaints: [], strangers: [] });
    } finally {
      await browser.close();
    }
  },
});

/** The width of an image in its own pixels, once it is there. */
async function decodedWidth(image: Element): Promise<number> {
  if (!(image instanceof HTMLImageElement)) return 0;
  await image.decode();
  return image.naturalWidth;
}

/** Marks trials 1, 4 and 5 from row to row. */
async function markByKeyboard(page: Page): Promise<void> {
  await page.locator('[data-trial="0"][tabindex="0"]').focus();
  for (const key of ["ArrowDown", "x", "End", "x", "ArrowUp", "x"]) {
    await page.keyboard.press(key);
  }
  await page.waitForURL(/\?t=1,5,4$/);
  await page.reload();
  await page.locator('[data-connection="ended"]').waitFor();
  await page.getByRole("button", { name: "Compare 3 trials" }).waitFor();
}

Deno.test({
  name: "marked trials are put side by side, with and without scripts",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    await server.write(sweep, journalOf({ configurations: 6 }));
    await using served = serveTestDashboard(server, {
      clientBundle: await bundleClient(),
      port: 0,
    });
    const browser = await startBrowser(chromium!);
    try {
      for (const javaScriptEnabled of [true, false]) {
        const page = await openPage(browser, { javaScriptEnabled });
        const misdeeds = watchMisdeeds(page, served.url);
        await page.goto(`${served.url}s/${sweep}/trials`);
        if (javaScriptEnabled) await page.locator('[data-connection="ended"]').waitFor();
        if (javaScriptEnabled) await markByKeyboard(page);
        else {
          for (const trial of [1, 4, 5]) {
            await page.getByLabel(`Compare trial ${trial}`, { exact: true }).check();
          }
        }
        await page.getByRole("button", { name: /^Compare/ }).click();
        await page.getByRole("heading", { name: "3 trials side by side" }).waitFor();
        await page.getByRole("link", { name: "Compare without trial 4" }).click();
        await page.getByRole("heading", { name: "2 trials side by side" }).waitFor();
        assert.match(page.url(), /compare\?t=1,5$/);
        await page.getByRole("link", { name: "val_loss", exact: true }).click();
        await page.locator('.chips [aria-current]:has-text("val_loss")').waitFor();
        assert.deepEqual(misdeeds, { complaints: [], strangers: [] });
        await page.close();
      }
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  name: "the Trials page shows trials that complete while somebody looks",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    const entries = [...journalOf({ configurations: 6, epochs: 2 })];
    await server.write(sweep, entries.slice(0, 3));
    await using served = serveTestDashboard(server, {
      clientBundle: await bundleClient(),
      port: 0,
    });
    const browser = await startBrowser(chromium!);
    try {
      const page = await openPage(browser);
      await page.goto(`${served.url}s/${sweep}/trials?state=completed`);
      await page.getByText("None of 6 trials matches").waitFor();
      await page.locator('[data-connection="live"]').waitFor();
      await server.write(sweep, entries.slice(3));
      await waitForWindow(page, "1–6 of 6");
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  name: "a trial's page shows what happened and what is left, with choices that the address keeps",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    await server.write(sweep, withStored([...journalOf({ epochs: 4 })], [0, 1]));
    await storeResult(server.transport, 0, resultWith(SURFACE));
    await storeResult(server.transport, 1, resultWith(FIT));
    await using served = serveTestDashboard(server, {
      clientBundle: await bundleClient(),
      port: 0,
    });
    const browser = await startBrowser(chromium!);
    try {
      const page = await openPage(browser);
      const misdeeds = watchMisdeeds(page, served.url);
      await page.goto(`${served.url}s/${sweep}/trials`);
      await page.getByRole("link", { name: "trial 0", exact: true }).click();
      await page.getByRole("heading", { name: "Trial 0" }).waitFor();
      await page.locator(".plot-host canvas").waitFor();
      await page.getByText("completed after epoch 4").waitFor();
      await page.getByRole("img", { name: /Probability of class/ }).waitFor();
      const image = page.locator(".mistakes img").first();
      await image.scrollIntoViewIfNeeded();
      assert.equal(await image.evaluate(decodedWidth), 8);

      await page.getByRole("link", { name: "shares of a row" }).click();
      await page.getByRole("gridcell", { name: "90.0 %" }).waitFor();
      await page.getByRole("link", { name: "train", exact: true }).click();
      await page.getByRole("heading", { name: "Confusion matrix, train examples" }).waitFor();
      assert.match(page.url(), /split=train&cells=shares$/);
      await page.reload();
      await page.getByRole("heading", { name: "Confusion matrix, train examples" }).waitFor();

      await page.locator('.confusion td[tabindex="0"]').focus();
      for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "Enter"]) {
        await page.keyboard.press(key);
      }
      await page.getByRole("heading", { name: "Class mouse taken for forest" }).waitFor();
      assert.match(page.url(), /pair=2\.1$/);

      await page.getByRole("link", { name: "trial 1 ›" }).click();
      await page.getByRole("img", { name: /after epoch 30/ }).waitFor();
      await page.getByRole("slider", { name: "Snapshot" }).press("ArrowLeft");
      await page.getByRole("img", { name: /after epoch 20/ }).waitFor();
      assert.match(page.url(), /epoch=20$/);
      await page.getByRole("button", { name: "Play" }).click();
      await page.getByRole("img", { name: /after epoch 30/ }).waitFor();

      await page.goto(`${served.url}s/${sweep}/t/2`);
      await page.getByText("This trial has left no result file").waitFor();
      assert.deepEqual(misdeeds, { complaints: [], strangers: [] });
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  name: "the Trials and Trial pages do the same without scripts",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    await server.write(sweep, withStored([...journalOf({ configurations: 60 })], [1]));
    await storeResult(server.transport, 1, resultWith(FIT));
    await using served = serveTestDashboard(server, {
      clientBundle: await bundleClient(),
      port: 0,
    });
    const browser = await startBrowser(chromium!);
    try {
      const page = await openPage(browser, { javaScriptEnabled: false });
      await page.goto(`${served.url}s/${sweep}/trials?sort=-trial`);
      await page.getByLabel("where").fill("trial<5");
      await page.getByRole("button", { name: "Filter" }).click();
      await waitForWindow(page, "1–5 of 5 that match, 60 in all");
      assert.deepEqual(await trialsOn(page), [4, 3, 2, 1, 0]);
      await page.getByRole("link", { name: "trial 1", exact: true }).click();
      await page.getByRole("link", { name: "epoch 10", exact: true }).click();
      await page.getByRole("img", { name: /after epoch 10/ }).waitFor();
    } finally {
      await browser.close();
    }
  },
});
