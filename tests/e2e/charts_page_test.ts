import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { parsePackId, parseSweepId, parseWorkerId } from "../../core/domain/ids.ts";
import { instant } from "../../core/domain/units.ts";
import { bundleClient } from "../../dashboard/client_bundle.ts";
import { serveDashboard } from "../../dashboard/serve_dashboard.ts";
import {
  chromiumOrSkip,
  openPage,
  PATIENCE_MS,
  startBrowser,
  watchMisdeeds,
} from "../support/browser.ts";
import { type JournalServer, openDashboard, startJournalServer } from "../support/dashboards.ts";
import { journalOf } from "../support/journals.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";

const chromium = await chromiumOrSkip();
const isRunnable = chromium !== undefined && await natsServerBinaryOrSkip() !== undefined;
const sweep = parseSweepId("grown-1");
const PATHS = [`s/${sweep}/params`, `s/${sweep}/events`, "fleet", "events"];
/** Enough for every chart, with a few that diverge. */
const entries = [...journalOf({
  configurations: 40,
  epochs: 3,
  spec: { name: "digits", replicates: 2 },
  failureRate: 0.1,
  startAt: Date.now() - 60_000,
})];

interface Served extends AsyncDisposable {
  readonly url: string;
}

async function serve(server: JournalServer): Promise<Served> {
  const dashboard = openDashboard(server, await bundleClient());
  const { url, finished } = serveDashboard(dashboard.app, {
    hostname: "127.0.0.1",
    port: 0,
    signal: dashboard.signal,
  });
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      dashboard[Symbol.dispose]();
      await finished;
    },
  };
}

async function seeWorker({ transport }: JournalServer, trialsFinished: number): Promise<void> {
  const now = instant(Date.now());
  await transport.presence.put({
    v: 1,
    worker: parseWorkerId("alder-1"),
    host: "alder.lab",
    pid: 7,
    version: "0.0.0-test",
    backend: "wasm",
    reason: "the first that loads",
    refused: [{ name: "webgpu", reason: "no adapter" }],
    slots: 2,
    draining: false,
    packs: [{ sweep, pack: parsePackId(1), lanes: 2, since: now }],
    laneStepsPerSecond: 1234,
    trialsFinished,
    startedAt: now,
    at: now,
  });
}

const lines = (page: Page): Promise<number> => page.locator(".parallel polyline").count();

Deno.test({
  name: "the parameter, event and fleet pages are accessible in both themes at every width",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    await server.write(sweep, entries.slice(0, -20));
    await seeWorker(server, 3);
    await using served = await serve(server);
    const axe = fileURLToPath(import.meta.resolve("axe-core"));
    const browser = await startBrowser(chromium!);
    try {
      for (const colorScheme of ["light", "dark"] as const) {
        for (const width of [1440, 375]) {
          const context = await browser.newContext({
            colorScheme,
            viewport: { width, height: 900 },
            // axe is put into the page, which the page's own policy rightly forbids.
            bypassCSP: true,
          });
          context.setDefaultTimeout(PATIENCE_MS);
          for (const path of PATHS) {
            const page = await context.newPage();
            const misdeeds = watchMisdeeds(page, served.url);
            await page.goto(served.url + path);
            await page.locator('[data-connection="live"]').waitFor();
            await page.evaluate(
              "document.querySelectorAll('details').forEach((d) => d.open = true)",
            );
            await page.addScriptTag({ path: axe });
            const faults = await page.evaluate(
              "axe.run().then((found) => found.violations" +
                ".map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))",
            );
            assert.deepEqual(faults, [], `${path} ${colorScheme} ${width}`);
            const overflow = "document.documentElement.scrollWidth - innerWidth";
            assert.equal(await page.evaluate(overflow), 0, `${path} fits ${width} px`);
            assert.deepEqual(misdeeds, { complaints: [], strangers: [] }, path);
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
  name: "a range is chosen with the pointer or with the form, and the address keeps it",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    await server.write(sweep, entries);
    await using served = await serve(server);
    const browser = await startBrowser(chromium!);
    try {
      const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
      const misdeeds = watchMisdeeds(page, served.url);
      await page.goto(`${served.url}s/${sweep}/params`);
      await page.locator("[data-brush-help]:not([hidden])").waitFor();
      const all = await lines(page);
      const box = await page.locator('rect[data-axis="lr"]').boundingBox();
      assert.ok(box !== null);
      const x = box.x + box.width / 2;
      await page.mouse.move(x, box.y + 2);
      await page.mouse.down();
      await page.mouse.move(x, box.y + box.height / 4);
      await page.mouse.move(x, box.y + box.height / 2);
      await page.mouse.up();
      await page.waitForURL(/min\.lr=0\.02/);
      await page.locator(".pc-brush").waitFor();
      const some = await lines(page);
      assert.ok(some > 0 && some < all, `${some} of ${all}`);
      await page.getByRole("link", { name: "Clear" }).click();
      await page.waitForURL((url) => url.search === "");
      await page.locator(".pc-brush").waitFor({ state: "detached" });
      assert.equal(await lines(page), all);
      // By keyboard: the axis' own link, which keeps the focus in the charts drawn anew.
      await page.getByRole("link", { name: "Move lr right" }).press("Enter");
      await page.getByRole("link", { name: "Move lr left" }).waitFor();
      await page.waitForURL(/order=hidden_width&order=lr/);
      const name = await page.locator('[data-moves="lr"]').boundingBox();
      const to = await page.locator('[data-moves="hidden_width"]').boundingBox();
      assert.ok(name !== null && to !== null);
      await page.mouse.move(name.x + name.width / 2, name.y + name.height / 2);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y + to.height / 2, { steps: 3 });
      await page.mouse.up();
      await page.waitForURL(/order=lr&order=hidden_width/);
      await page.goBack();
      await page.getByRole("link", { name: "Move lr left" }).waitFor();
      await page.locator("select[name=x]").selectOption("hidden_width");
      await page.waitForURL(/x=hidden_width/);
      await page.locator(".heat td a").first().click();
      await page.waitForURL(/\/trials\?q=/);
      assert.deepEqual(misdeeds, { complaints: [], strangers: [] });

      // Two choices before the first one's answer has come: both hold.
      const quick = await openPage(browser);
      await quick.goto(`${served.url}s/${sweep}/params`);
      await quick.locator("[data-brush-help]:not([hidden])").waitFor();
      const answer = Promise.withResolvers<void>();
      await quick.route(/\/params\?/, async (route) => {
        await answer.promise;
        await route.continue();
      });
      await quick.locator('nav[aria-label="What the cells tell"] a[href*="cell=best"]').click();
      await quick.getByRole("link", { name: "Move lr right" }).press("Enter");
      answer.resolve();
      await quick.getByRole("link", { name: "Move lr left" }).waitFor();
      assert.match(quick.url(), /cell=best/);
      assert.match(quick.url(), /order=hidden_width&order=lr/);

      const still = await openPage(browser, { javaScriptEnabled: false });
      await still.goto(`${served.url}s/${sweep}/params`);
      assert.equal(await lines(still), all);
      await still.locator("input[name=top]").fill("25");
      await still.getByRole("button", { name: "Filter" }).click();
      await still.waitForURL(/top=25/);
      assert.ok(await lines(still) < all);
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  name: "the pages tell what has come since: results, events, a worker's work",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    await server.write(sweep, entries.slice(0, 60));
    await seeWorker(server, 3);
    await using served = await serve(server);
    const browser = await startBrowser(chromium!);
    try {
      const open = async (path: string): Promise<Page> => {
        const page = await openPage(browser);
        await page.goto(served.url + path);
        await page.locator('[data-connection="live"]').waitFor();
        return page;
      };
      const [params, events, fleet, all] = await Promise.all(PATHS.map(open));
      const rows = events!.locator(".events tbody tr");
      const before = await rows.count();
      await events!.getByRole("button", { name: "Pause" }).click();
      await all!.locator(".events summary").first().focus();
      const focused = (): Promise<string | null> =>
        all!.evaluate(() => document.activeElement?.closest("tr")?.id ?? null);
      const read = await focused();
      assert.notEqual(read, null);
      await server.write(sweep, entries.slice(60, 120));
      await seeWorker(server, 4_321);
      await params!.getByText(/trials? (?:has|have) completed since: draw anew/).waitFor();
      const news = events!.getByText(/\d+ new events? ↑/);
      await news.waitFor();
      assert.equal(await rows.count(), before, "who pauses reads in peace");
      await news.click();
      await news.waitFor({ state: "hidden" });
      assert.ok(await rows.count() > before);
      await all!.locator(".events tbody tr").nth(before).waitFor();
      assert.equal(await focused(), read, "a row that is read stays the same");
      await events!.getByRole("button", { name: "Resume" }).click();
      await events!.getByRole("button", { name: "Pause" }).waitFor();
      await fleet!.getByText("4,321").waitFor();
    } finally {
      await browser.close();
    }
  },
});
