import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { parseSweepId } from "../../core/domain/ids.ts";
import { bundleClient } from "../../dashboard/client_bundle.ts";
import { chromiumOrSkip, openPage, startBrowser } from "../support/browser.ts";
import { startJournalServer } from "../support/dashboards.ts";
import { journalOf } from "../support/journals.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { serveTestDashboard } from "../support/served_dashboard.ts";

const chromium = await chromiumOrSkip();
const isRunnable = chromium !== undefined && await natsServerBinaryOrSkip() !== undefined;
const sweep = parseSweepId("grown-1");

/** The next question at such an address is answered by a fault; those after it are answered. */
async function failOnce(page: Page, address: RegExp, requestId: string): Promise<void> {
  await page.route(
    address,
    (route) => route.fulfill({ status: 500, headers: { "x-request-id": requestId }, body: "{}" }),
    {
      times: 1,
    },
  );
}

/** The failure is told in the panel, and asking again ends it. */
async function expectFailure(page: Page, requestId: string): Promise<void> {
  const note = page.locator(".panel-failure");
  await note.waitFor();
  assert.equal(await note.count(), 1);
  assert.match(await note.innerText(), new RegExp(`could not answer.*request ${requestId}`, "s"));
  await note.getByRole("button", { name: "Try again" }).click();
  await note.waitFor({ state: "detached" });
}

Deno.test({
  name:
    "what the server cannot answer is told in its panel, which keeps what it has and asks again",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    const entries = [...journalOf({ configurations: 12, epochs: 4 })];
    // One entry is one batch of news: what comes in two would ask again before anybody looked.
    await server.write(sweep, entries.slice(0, -1));
    await using served = serveTestDashboard(server, {
      clientBundle: await bundleClient(),
      port: 0,
    });
    const browser = await startBrowser(chromium!);
    try {
      const page = await openPage(browser);
      const at = (path: string): string => `${served.url}s/${sweep}${path}`;

      await page.goto(at(""));
      await page.locator('[data-connection="live"]').waitFor();
      await failOnce(page, /\/api\/v1\/sweeps\/[^/]+\/curves\?/, "aa-5");
      await page.locator('nav[aria-label="Metric of the curves"] a[href*="val_loss"]').click();
      await expectFailure(page, "aa-5");
      await page.locator("#curves nav [aria-current]", { hasText: "val_loss" }).waitFor();
      await failOnce(page, /\/panels/, "aa-0");
      await server.write(sweep, entries.slice(-1));
      await expectFailure(page, "aa-0");
      // What lies under the pointer stays there: a mark of the history leads to its trial.
      await page.locator("svg.history .history-hit:visible").last().scrollIntoViewIfNeeded();
      const mark = await page.locator("svg.history .history-hit:visible").last().boundingBox();
      assert.ok(mark !== null);
      await page.mouse.move(mark.x + mark.width / 2, mark.y + mark.height / 2);
      await page.mouse.move(mark.x + mark.width / 2 + 1, mark.y + mark.height / 2);
      await page.mouse.down();
      await page.mouse.up();
      await page.waitForURL(/\/t\/\d+$/);

      await page.goto(at("/trials"));
      await page.locator(".head-filter").first().waitFor();
      const rows = await page.locator(".trial-table tbody tr").count();
      await failOnce(page, /\/api\/v1\/sweeps\/[^/]+\/trials\?/, "aa-1");
      await page.locator(".trial-table thead a").first().click();
      await page.locator(".panel-failure").waitFor();
      assert.equal(await page.locator(".trial-table tbody tr").count(), rows);
      await expectFailure(page, "aa-1");

      await page.goto(at("/curves"));
      // News that come late would ask by themselves: then nothing is left to be told.
      await page.locator('[data-connection="ended"]').waitFor();
      await failOnce(page, /\/api\/v1\/sweeps\/[^/]+\/curves\?/, "aa-2");
      await page.locator('.curves-form select[name="smooth"]').selectOption("0.5");
      await expectFailure(page, "aa-2");

      await page.goto(at("/params"));
      await page.locator("[data-brush-help]:not([hidden])").waitFor();
      await failOnce(page, /\/params\?/, "aa-3");
      await page.locator('nav[aria-label="What the cells tell"] a').nth(1).click();
      await expectFailure(page, "aa-3");
      assert.match(page.url(), /cell=best/);

      await page.goto(at("/timeline"));
      await page.locator(".needs-script:visible").waitFor();
      await failOnce(page, /\/timeline\?/, "aa-4");
      await page.locator('nav[aria-label="Times"] a').nth(1).click();
      await expectFailure(page, "aa-4");
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  name: "a new sweep with the same parameters has the layout that was chosen for the last one",
  ignore: !isRunnable,
  async fn() {
    await using server = await startJournalServer();
    for (const id of ["grown-1", "grown-2"]) {
      const sweep = parseSweepId(id);
      await server.write(sweep, journalOf({ configurations: 6, epochs: 3, sweep }));
    }
    await using served = serveTestDashboard(server, {
      clientBundle: await bundleClient(),
      port: 0,
    });
    const browser = await startBrowser(chromium!);
    try {
      const page = await openPage(browser);
      const at = (path: string): string => `${served.url}s/${path}`;
      await page.goto(at("grown-1/trials?state=completed"));
      await page.locator(".head-filter").first().waitFor();
      const heads = page.locator(".trial-table thead th a");
      const before = await heads.allInnerTexts();
      await page.locator(".column-choice summary").click();
      await page.getByLabel("worker", { exact: true }).last().uncheck();
      await page.waitForURL(/col=/);

      // The picker of sweeps leads to the same page of another one.
      await page.getByRole("link", { name: "Other sweeps" }).click();
      const other = page.locator("#palette [role=option]").filter({ hasText: "grown-2" });
      await other.waitFor();
      assert.equal(await page.locator("#palette [role=option]").count(), 1);
      await page.keyboard.press("Enter");
      await page.waitForURL(/grown-2\/trials\?col=/);
      assert.doesNotMatch(page.url(), /state=/);
      const kept = await heads.allInnerTexts();
      assert.deepEqual(kept, before.filter((name) => name !== "worker"));

      // What an address says goes before what was kept; and the usual layout can be had again.
      await page.goto(at("grown-1/trials?col=trial&col=state"));
      await page.locator(".head-filter").first().waitFor();
      assert.equal(await heads.count(), 2);
      await page.goto(at("grown-1/trials"));
      await page.waitForURL(/col=/);
      assert.deepEqual(await heads.allInnerTexts(), kept);
      await page.locator(".head-filter").first().waitFor();
      await page.locator(".column-choice summary").click();
      await page.getByLabel("worker", { exact: true }).last().check();
      await page.waitForURL((url) => url.search === "");
      await page.goto(at("grown-2/trials"));
      await page.locator(".head-filter").first().waitFor();
      assert.equal(new URL(page.url()).search, "");
      assert.deepEqual(await heads.allInnerTexts(), before);
    } finally {
      await browser.close();
    }
  },
});
