/** How long a page takes from what a person does to the picture that answers it. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Browser, Page } from "playwright-core";
import { median } from "../measurement.ts";

/** Times in ms of one thing done several times. */
export interface Interaction {
  readonly what: string;
  readonly median: number;
  readonly worst: number;
  readonly n: number;
}

const RUNS = 11;
/** Columns to sort by: each makes another table of the one before. */
const COLUMNS = ["objective", "p.lr", "p.momentum", "p.hidden_width", "test", "p.weight_decay"];
/** An act that is not answered by then is not answered at all. */
const PATIENCE_MS = 10_000;

/** Filter, sort and page of the table of trials: until the frame that shows the answer. */
export async function trialsInteractions(
  browser: Browser,
  url: string,
): Promise<readonly Interaction[]> {
  const page = await open(browser, url);
  try {
    const filter = await repeated("Trials: filter", async (run) => {
      await page.locator("input[name=q]").fill(`lr<0.05 trial>${run * 1000}`);
      return await untilShown(page, "form.trial-filters button[type=submit]");
    });
    await page.goto(url);
    await settled(page);
    const sort = await repeated("Trials: sort by a column", async (run) => {
      const column = COLUMNS[run % COLUMNS.length];
      return await untilShown(page, `table thead a[href*="${column}"]`);
    });
    await page.goto(url);
    await settled(page);
    const turn = await repeated(
      "Trials: next page",
      () => untilShown(page, ".pager-steps a:nth-last-of-type(2)"),
    );
    return [filter, sort, turn];
  } finally {
    await page.close();
  }
}

/** A stretch of an axis drawn with the pointer: until the picture that shows only that. */
export async function brushInteraction(browser: Browser, url: string): Promise<Interaction> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
  try {
    await page.addInitScript(watchPointer);
    return await repeated("Parameters: brush an axis", async (run) => {
      await page.goto(url);
      await settled(page);
      const axis = await page.locator("rect[data-axis=lr]").first().boundingBox();
      if (axis === null) throw new Error("There is no axis to brush");
      const x = axis.x + axis.width / 2;
      await page.mouse.move(x, axis.y + axis.height * (0.3 + run / 100));
      await page.mouse.down();
      await page.mouse.move(x, axis.y + axis.height * 0.6, { steps: 4 });
      await page.mouse.up();
      await page.waitForURL(/min\.lr=/);
      await page.waitForTimeout(1_000);
      return await page.evaluate(() => {
        const from = Number(sessionStorage.getItem("pointerup"));
        const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN;
        if (performance.timeOrigin > from) return performance.timeOrigin + painted - from;
        return Number(sessionStorage.getItem("drawn")) - from;
      });
    });
  } finally {
    await page.close();
  }
}

/** Notes in the page when the pointer was let go, and when a picture last changed after that. */
function watchPointer(): void {
  const now = (): string => String(performance.timeOrigin + performance.now());
  addEventListener("pointerup", () => sessionStorage.setItem("pointerup", now()), true);
  new MutationObserver((records) => {
    const isPicture = records.some(({ target }) =>
      target instanceof Element && target.closest("svg, canvas, figure") !== null
    );
    if (!isPicture) return;
    requestAnimationFrame(() => setTimeout(() => sessionStorage.setItem("drawn", now())));
  }).observe(document, { childList: true, subtree: true, attributes: true });
}

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(url);
  await settled(page);
  return page;
}

/** Until the script has taken over. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await page.waitForTimeout(200);
}

/** Clicks in the page, and waits for the frame after the table has become another. */
function untilShown(page: Page, selector: string): Promise<number> {
  return page.evaluate(async ({ selector, patience }) => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element === null) throw new Error(`There is no ${selector}`);
    const from = performance.now();
    const changed = new Promise<void>((resolve, reject) => {
      setTimeout(() => reject(new Error(`Nothing came of ${selector}`)), patience);
      const place = document.querySelector("#island") ?? document.body;
      const text = (): string => place.querySelector("table tbody")?.textContent ?? "";
      const before = text();
      const observer = new MutationObserver(() => {
        if (text() === before) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(place, { childList: true, subtree: true, characterData: true });
    });
    element.click();
    await changed;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - from;
  }, { selector, patience: PATIENCE_MS });
}

async function repeated(what: string, act: (run: number) => Promise<number>): Promise<Interaction> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await act(run));
  return { what, median: median(times), worst: Math.max(...times), n: RUNS };
}
