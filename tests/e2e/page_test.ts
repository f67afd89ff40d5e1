import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { parseSweepId, parseWorkerId } from "../../core/domain/ids.ts";
import { instant } from "../../core/domain/units.ts";
import { bundleClient } from "../../dashboard/client_bundle.ts";
import {
  chromiumOrSkip,
  openPage,
  PATIENCE_MS,
  startBrowser,
  watchMisdeeds,
} from "../support/browser.ts";
import { type JournalServer, startJournalServer } from "../support/dashboards.ts";
import { freePort } from "../support/free_port.ts";
import { journalOf } from "../support/journals.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { serveTestDashboard as serve } from "../support/served_dashboard.ts";
import { resultWith, storeResult, SURFACE, withStored } from "../support/stored_results.ts";

const chromium = await chromiumOrSkip();
const isRunnable = chromium !== undefined && await natsServerBinaryOrSkip() !== undefined;
const sweep = parseSweepId("grown-1");
/** Enough for pages that show everything there is. */
const entries = [...journalOf({
  configurations: 12,
  epochs: 6,
  spec: { name: "digits", description: "A small sweep", replicates: 2 },
  failureRate: 0.1,
  lossRate: 0.05,
  startAt: Date.now() - 60_000,
})];

async function seeWorker({ transport }: JournalServer): Promise<void> {
  await transport.presence.put({
    v: 1,
    worker: parseWorkerId("alder-1"),
    host: "alder.lab",
    pid: 7,
    version: "0.0.0-test",
    backend: "wasm",
    reason: "the first that loads",
    refused: [{ name: "webgpu", reason: "no adapter" }],
    slots: 1,
    draining: false,
    packs: [],
    laneStepsPerSecond: 1234,
    trialsFinished: 3,
    startedAt: instant(Date.now()),
    at: instant(Date.now()),
  });
}

function firstCompleted(journal: typeof entries): number {
  const end = journal.flatMap(({ events }) => events)
    .find((event) => event.type === "trialCompleted");
  assert.ok(end !== undefined);
  return end.trial;
}

const count = (page: Page, status: string): Promise<number> =>
  page.locator(`[data-count="${status}"]`).innerText().then(Number);
const pointsDrawn = (page: Page): Promise<number> =>
  page.locator(".plot-host").getAttribute("data-points").then(Number);
const waitForCount = (page: Page, status: string, least: number): Promise<unknown> =>
  page.waitForFunction(
    ([name, floor]) =>
      Number(document.querySelector(`[data-count="${name}"]`)?.textContent) >= Number(floor),
    [status, least] as const,
  );

Deno.test({
  name: "the page grows with its sweep and catches up after a restart of the dashboard",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    const clientBundle = await bundleClient();
    await server.write(sweep, entries.slice(0, 20));
    await seeWorker(server);
    let served = serve(server, { clientBundle, port: freePort() });
    const { url, port } = served;
    const browser = await startBrowser(chromium!);
    try {
      const page = await openPage(browser);
      const misdeeds = watchMisdeeds(page, url);
      let loads = 0;
      page.on("load", () => loads++);
      await page.goto(`${url}s/${sweep}`);
      await page.locator('[data-connection="live"]').waitFor();
      await page.locator(".plot-host canvas").waitFor();
      const completed = await count(page, "completed");
      const points = await pointsDrawn(page);

      const text = page.locator(".best details").last();
      await text.locator("summary").click();
      const told = await page.locator("#ticker .more").innerText();
      await server.write(sweep, entries.slice(20, 60));
      await waitForCount(page, "completed", completed + 2);
      await page.waitForFunction(
        (least) =>
          Number(document.querySelector(".plot-host")?.getAttribute("data-points")) > least,
        points,
      );
      await page.locator(".leaderboard tbody tr").first().waitFor();
      await page.waitForFunction(
        (before) => document.querySelector("#ticker .more")?.textContent !== before,
        told,
      );
      assert.ok(await text.getAttribute("open") !== null, "what a reader has opened stays open");
      const focused = page.locator(".best details:last-of-type summary:focus");
      assert.equal(await focused.count(), 1, "and who reads there stays there");

      await page.getByRole("link", { name: "val_loss" }).click();
      await page.locator('.chips [aria-current]:has-text("val_loss")').waitFor();
      assert.match(page.url(), /metric=val_loss/);

      await served[Symbol.asyncDispose]();
      await page.locator('[data-connection="waiting"]').waitFor();
      assert.match(await page.locator("#connection").innerText(), /reconnecting in \d+ s · stale/);
      await server.write(sweep, entries.slice(60));
      served = serve(server, { clientBundle, port });
      await page.locator('[data-connection="ended"]').waitFor();
      assert.match(await page.locator(".title-line").innerText(), /completed/);

      const asked = await count(page, "asked");
      assert.equal(asked, 24);
      const parts = await Promise.all(
        (await page.locator(".ledger-legend [data-count]:not([data-count=asked])").all())
          .map(async (part) => Number(await part.innerText())),
      );
      assert.equal(parts.reduce((sum, part) => sum + part, 0), asked, "the ledger adds up");
      assert.equal(loads, 1, "the page was never loaded anew");
      assert.deepEqual(misdeeds, { complaints: [], strangers: [] });
    } finally {
      await browser.close();
      await served[Symbol.asyncDispose]();
    }
  },
});

Deno.test({
  name: "the pages have no serious accessibility fault, light and dark, wide and narrow",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    const finished = firstCompleted(entries.slice(0, -30));
    await server.write(sweep, withStored(entries.slice(0, -30), [finished]));
    await storeResult(server.transport, finished, resultWith(SURFACE));
    await seeWorker(server);
    await using served = serve(server, { clientBundle: await bundleClient(), port: 0 });
    const axe = fileURLToPath(import.meta.resolve("axe-core"));
    const browser = await startBrowser(chromium!);
    try {
      for (const colorScheme of ["light", "dark"] as const) {
        for (const width of [1440, 360]) {
          const context = await browser.newContext({
            colorScheme,
            viewport: { width, height: 900 },
            // axe is put into the page, which the page's own policy rightly forbids.
            bypassCSP: true,
          });
          context.setDefaultTimeout(PATIENCE_MS);
          const ofSweep = ["", "/trials", `/t/${finished}`, "/compare?t=0,1"];
          const paths = ["", ...ofSweep.map((path) => `s/${sweep}${path}`)];
          for (const path of [...paths, "s/absent"]) {
            const page = await context.newPage();
            await page.goto(served.url + path);
            if (path !== "s/absent") await page.locator('[data-connection="live"]').waitFor();
            assert.equal(
              await page.locator("#connection > *").count(),
              path === "s/absent" ? 0 : 1,
            );
            await page.addScriptTag({ path: axe });
            const faults = await page.evaluate(
              "axe.run().then((found) => found.violations" +
                ".filter(({ impact }) => impact === 'serious' || impact === 'critical')" +
                ".map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))",
            );
            assert.deepEqual(faults, [], `${path} ${colorScheme} ${width}`);
            const overflow = "document.documentElement.scrollWidth - innerWidth";
            assert.equal(await page.evaluate(overflow), 0, `${path} fits ${width} px`);
            await page.close();
          }
          await context.close();
        }
      }
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  name: "the page's buttons ask for a retry, with and without scripts, and say who can do it",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    await server.write(sweep, entries);
    await using served = serve(server, { clientBundle: await bundleClient(), port: 0 });
    const browser = await startBrowser(chromium!);
    try {
      for (const javaScriptEnabled of [true, false]) {
        const page = await openPage(browser, { javaScriptEnabled });
        await page.goto(`${served.url}s/${sweep}`);
        const trial = await page.locator("[data-failed]").first().getAttribute("data-failed");
        await page.getByRole("button", { name: "Retry failed" }).click();
        await page.getByText(`deno task trawl retry ${sweep}`).waitFor();
        await page.goBack();
        await page.getByRole("button", { name: `Retry trial ${trial}`, exact: true }).click();
        await page.getByText(`deno task trawl retry ${sweep}/${trial}`).waitFor();
        await page.close();
      }
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  name: "the theme switch is kept, and a page without scripts shows everything",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    await server.write(sweep, entries);
    await using served = serve(server, { clientBundle: await bundleClient(), port: 0 });
    const browser = await startBrowser(chromium!);
    try {
      const page = await openPage(browser, { colorScheme: "light" });
      const background = (): Promise<string> =>
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
      await page.goto(served.url);
      const light = await background();
      await page.getByRole("button", { name: "Theme: system. Change" }).click();
      await page.getByRole("button", { name: "Theme: light. Change" }).click();
      await page.getByRole("button", { name: "Theme: dark. Change" }).waitFor();
      const dark = await background();
      assert.notEqual(dark, light);
      await page.reload();
      assert.equal(await background(), dark);

      const still = await openPage(browser, { javaScriptEnabled: false });
      await still.goto(`${served.url}s/${sweep}`);
      assert.equal(await still.locator(".plot polyline").count() >= 8, true);
      assert.ok(await still.locator(".leaderboard tbody tr").count() > 0);
      assert.ok(await still.locator(".no-script").isVisible());
      assert.equal(await still.locator("#theme").isVisible(), false);
      await still.getByRole("link", { name: "val_loss" }).click();
      await still.locator('.chips [aria-current]:has-text("val_loss")').waitFor();
    } finally {
      await browser.close();
    }
  },
});
