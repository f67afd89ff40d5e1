/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import assert from "node:assert/strict";
import type { BrowserContextOptions, Page } from "playwright-core";
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

type Visit = (path: string, options?: BrowserContextOptions) => Promise<Page>;

/** One browser over a finished sweep; every visit is a window of its own. */
async function withPages(work: (visit: Visit) => Promise<void>): Promise<void> {
  await using server = await startJournalServer();
  await server.write(sweep, [...journalOf({ configurations: 12, epochs: 4 })]);
  await using served = serveTestDashboard(server, { clientBundle: await bundleClient(), port: 0 });
  const browser = await startBrowser(chromium!);
  try {
    await work(async (path, options) => {
      const page = await openPage(browser, options);
      await page.goto(`${served.url}s/${sweep}${path}`);
      await page.locator('[data-connection="ended"]').waitFor();
      return page;
    });
  } finally {
    await browser.close();
  }
}

/** Backwards from the end of a page: what had the focus behind the header that stays. */
async function focusedBehindHeader(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => {
    scrollTo(0, document.documentElement.scrollHeight);
    [...document.querySelectorAll<HTMLElement>(".foot :is(a, button)")].at(-1)?.focus();
  });
  const behind: string[] = [];
  for (let stop = 0; stop < 300; stop++) {
    await page.keyboard.press("Shift+Tab");
    const covered = await page.evaluate(() => {
      const focused = document.activeElement;
      const header = document.querySelector(".top");
      if (focused === null || header === null || header.contains(focused)) return "header";
      const { top } = focused.getBoundingClientRect();
      const isBehind = top < header.getBoundingClientRect().bottom;
      return isBehind ? focused.outerHTML.slice(0, 120) : null;
    });
    if (covered === "header") return behind;
    if (covered !== null) behind.push(covered);
  }
  throw new Error("Cannot reach the header: Shift+Tab led nowhere in 300 steps");
}

Deno.test({
  name: "the focus is never behind the header, which leaves a low window to the page",
  ignore: !isRunnable,
  fn: () =>
    withPages(async (visit) => {
      for (const viewport of [{ width: 1280, height: 700 }, { width: 375, height: 700 }]) {
        assert.deepEqual(await focusedBehindHeader(await visit("", { viewport })), []);
      }
      // 1280 x 1024 enlarged four times.
      const low = await visit("", { viewport: { width: 320, height: 256 } });
      await low.mouse.wheel(0, 400);
      await low.waitForFunction(() =>
        (document.querySelector(".top")?.getBoundingClientRect().bottom ?? 1) <= 0
      );
    }),
});

Deno.test({
  name: "what is pressed beside something else is 24 px high at least (WCAG 2.2, 2.5.8)",
  ignore: !isRunnable,
  fn: () =>
    withPages(async (visit) => {
      for (
        const [path, targets] of [
          ["/curves", ".curve-legend a"],
          ["/compare?t=0&t=1", ".compare thead a"],
          ["/trials", ".trial-cell a + a, .head-filter"],
        ] as const
      ) {
        const page = await visit(path);
        await page.locator(targets).first().waitFor();
        const small = await page.locator(targets).evaluateAll((found) =>
          found.map((each) => each.getBoundingClientRect())
            .filter(({ width, height }) => width < 23.5 || height < 23.5).length
        );
        assert.equal(small, 0, path);
      }
    }),
});

Deno.test({
  name: "with more contrast marks outweigh the grid; forced colours and paper leave what matters",
  ignore: !isRunnable,
  fn: () =>
    withPages(async (visit) => {
      const styleOf = (page: Page, selector: string, name: string): Promise<string> =>
        page.locator(selector).first().evaluate(
          (found, name) => getComputedStyle(found).getPropertyValue(name),
          name,
        );
      const page = await visit("");
      const grid = await styleOf(page, "svg .grid", "stroke");
      const line = await styleOf(page, ".card", "border-top-color");
      await page.emulateMedia({ contrast: "more" });
      assert.equal(await styleOf(page, "svg .grid", "stroke"), grid);
      assert.notEqual(await styleOf(page, ".card", "border-top-color"), line);

      const trials = await visit("/trials", { forcedColors: "active" });
      assert.match(await styleOf(trials, "td[class*=heat-]", "background-image"), /gradient/);
      await trials.locator(".trial-table tbody tr").first().evaluate((row) =>
        row.classList.add("is-same-trial")
      );
      assert.equal(await styleOf(trials, "tr.is-same-trial", "outline-style"), "solid");

      for (const path of ["", "/trials", "/curves", "/params", "/events"]) {
        const paper = await visit(path);
        await paper.emulateMedia({ media: "print" });
        const controls = await paper.locator("button, summary, input, select, nav a").evaluateAll(
          (found) =>
            found.filter((each) => each.checkVisibility())
              .filter((each) => each.getBoundingClientRect().height > 1)
              .filter((each) => !each.matches(".filter-bar > summary"))
              .map((each) => each.outerHTML.slice(0, 120)),
        );
        assert.deepEqual(controls, [], path);
      }
    }),
});
