import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { parseSweepId } from "../../core/domain/ids.ts";
import { bundleClient } from "../../dashboard/client_bundle.ts";
import { chromiumOrSkip, PATIENCE_MS, startBrowser, watchMisdeeds } from "../support/browser.ts";
import { startJournalServer } from "../support/dashboards.ts";
import { freePort } from "../support/free_port.ts";
import { journalOf } from "../support/journals.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { serveTestDashboard } from "../support/served_dashboard.ts";

const chromium = await chromiumOrSkip();
const isRunnable = chromium !== undefined && await natsServerBinaryOrSkip() !== undefined;
const sweep = parseSweepId("grown-1");
const entries = [...journalOf({ configurations: 32, epochs: 6, startAt: Date.now() - 60_000 })];
const PATHS = ["", "", "/trials", "/params", "/timeline", "/events", "/t/0"];

const pill = (page: Page, state: string): Promise<void> =>
  page.locator(`[data-connection="${state}"]`).waitFor();
const completed = (page: Page): Promise<number> =>
  page.locator('[data-count="completed"]').first().innerText().then(Number);
const pointsDrawn = (page: Page): Promise<string | null> =>
  page.locator(".plot-host").first().getAttribute("data-points");
const waitForCompleted = (page: Page, count: number): Promise<unknown> =>
  page.waitForFunction(
    (wanted) =>
      Number(document.querySelector('[data-count="completed"]')?.textContent) === Number(wanted),
    count,
  );
const completedUpTo = (end: number): number =>
  entries.slice(0, end).flatMap(({ events }) => events)
    .filter(({ type }) => type === "trialCompleted").length;

/** Streams of a browser that are open, and the most that ever were. */
function countStreams(context: BrowserContext) {
  const open = new Set<unknown>();
  let most = 0;
  context.on("request", (request) => {
    if (request.url().includes("/api/v1/stream")) open.add(request);
    most = Math.max(most, open.size);
  });
  for (const end of ["requestfinished", "requestfailed"] as const) {
    context.on(end as "requestfinished", (request) => void open.delete(request));
  }
  return { now: () => open.size, most: () => most };
}

Deno.test({
  name: "eight tabs are live by one stream, whichever closes, and after the dashboard is replaced",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    const clientBundle = await bundleClient();
    await server.write(sweep, entries.slice(0, 20));
    let served = serveTestDashboard(server, { clientBundle, port: freePort() });
    const { url, port } = served;
    const browser = await startBrowser(chromium!);
    try {
      const context = await browser.newContext();
      context.setDefaultTimeout(PATIENCE_MS);
      const streams = countStreams(context);
      const addresses = [...PATHS.map((path) => `${url}s/${sweep}${path}`), url];
      const pages = await Promise.all(addresses.map(() => context.newPage()));
      const misdeeds = pages.map((page) => watchMisdeeds(page, url));
      await Promise.all(pages.map((page, index) => page.goto(addresses[index]!)));
      await Promise.all(pages.map((page) => pill(page, "live")));
      assert.equal(streams.now(), 1);
      assert.ok(streams.most() <= 2, `${streams.most()} streams at once`);

      // Whichever leads: one of the two overviews goes, then the list and all but four others.
      const [first, overview, trials, ...others] = pages;
      assert.ok(first !== undefined && overview !== undefined && trials !== undefined);
      await server.write(sweep, entries.slice(20, 40));
      await Promise.all([first, overview].map((page) => waitForCompleted(page, completedUpTo(40))));
      await first.close();
      await server.write(sweep, entries.slice(40, 50));
      await waitForCompleted(overview, completedUpTo(50));

      await overview.locator("[data-connection]").click();
      await pill(overview, "paused");
      await server.write(sweep, entries.slice(50, 65));
      await trials.locator(`[data-trial], tbody tr`).first().waitFor();
      assert.equal(await completed(overview), completedUpTo(50), "paused");
      await overview.locator("[data-connection]").click();
      await waitForCompleted(overview, completedUpTo(65));

      await served[Symbol.asyncDispose]();
      await Promise.all([overview, trials, ...others].map((page) => pill(page, "waiting")));
      await overview.locator("#announcements", { hasText: "Connection lost" }).waitFor();
      await server.write(sweep, entries.slice(65, 80));
      const script = { ...clientBundle.script!, path: "/assets/main-0123456789ab.js" };
      served = serveTestDashboard(server, { clientBundle: { ...clientBundle, script }, port });
      await Promise.all([overview, trials, ...others].map((page) => pill(page, "live")));
      await waitForCompleted(overview, completedUpTo(80));
      assert.match(
        await trials.locator("[data-newer]").innerText(),
        /a new version is served:\s+reload/,
      );
      await server.write(sweep, entries.slice(80));
      await Promise.all([overview, trials].map((page) => pill(page, "ended")));

      const fresh = await context.newPage();
      await fresh.goto(`${url}s/${sweep}`);
      await pill(fresh, "ended");
      assert.equal(await pointsDrawn(overview), await pointsDrawn(fresh), "no point was lost");
      assert.equal(await completed(overview), await completed(fresh));
      assert.ok(streams.now() <= 2);
      for (const { complaints, strangers } of misdeeds) {
        assert.deepEqual([...complaints, ...strangers], []);
      }
    } finally {
      await browser.close();
      await served[Symbol.asyncDispose]();
    }
  },
});
