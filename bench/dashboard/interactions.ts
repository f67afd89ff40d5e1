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
  /** What of it the server and the way there and back took; null where nobody looked. */
  readonly answerMs: number | null;
  readonly n: number;
}

/** One act. */
interface Timed {
  readonly ms: number;
  readonly answerMs: number | null;
}

const RUNS = 11;
/** Columns to sort by: each makes another table of the one before. */
const COLUMNS = ["objective", "p.lr", "p.momentum", "p.hidden_width", "test", "p.weight_decay"];
const FILTER = 'form[aria-label="Filter trials"]';
const PAGES = 'nav[aria-label="Pages of the table"]';
/** An act that is not answered by then is not answered at all. */
const PATIENCE_MS = 10_000;
const NOTHING = "Nothing came of";

/** Filter, sort and page of the table of trials: until the frame that shows the answer. */
export async function trialsInteractions(
  browser: Browser,
  url: string,
): Promise<readonly Interaction[]> {
  const page = await open(browser, url);
  try {
    const filter = await repeated("Trials: filter", async (run) => {
      await page.locator(`${FILTER} input[name=q]:not([type=hidden])`).fill(
        `lr<0.05 trial>${run * 1000}`,
      );
      return await untilShown(page, `${FILTER} button[type=submit]`);
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
      (run) => untilShown(page, `${PAGES} a[href*="page=${run + 2}"]`),
    );
    return [filter, sort, turn];
  } finally {
    await page.close();
  }
}

/**
 * A stretch of an axis drawn with the pointer: until the frame with only its lines, which the script
 * hides itself, and until the one with the server's answer in every chart and count.
 */
export async function brushInteractions(
  browser: Browser,
  url: string,
): Promise<readonly Interaction[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
  const wholes: Timed[] = [];
  try {
    await page.addInitScript(watchBrush);
    const lines = await repeated("Parameters: brush an axis, until its lines", async (run) => {
      await page.goto(url);
      await settled(page);
      const axis = await page.locator("rect[data-axis=lr]").first().boundingBox();
      if (axis === null) throw new Error("There is no axis to brush");
      const x = axis.x + axis.width / 2;
      await page.mouse.move(x, axis.y + axis.height * (0.3 + run / 100));
      await page.mouse.down();
      await page.mouse.move(x, axis.y + axis.height * 0.6, { steps: 4 });
      await page.mouse.up();
      await page.waitForFunction(
        () => document.documentElement.dataset["answered"] !== undefined,
        null,
        { timeout: PATIENCE_MS },
      ).catch((error) => {
        wholes.push(unanswered(error));
        throw error;
      });
      const [shown, answered] = await page.evaluate(() => {
        const { shown, answered } = document.documentElement.dataset;
        return [Number(shown), Number(answered)] as const;
      });
      wholes.push({ ms: answered, answerMs: null });
      return { ms: shown, answerMs: null };
    });
    const what = "Parameters: brush an axis, until every chart and count";
    return [lines, summed(what, wholes)];
  } finally {
    await page.close();
  }
}

/** Notes in the page how long after the pointer was let go other lines and other counts were seen. */
function watchBrush(): void {
  let from: number | null = null;
  const lines = (): number => document.querySelectorAll(".pc-line:not(.pc-out)").length;
  const count = (): string => document.querySelector("[data-shown]")?.textContent ?? "";
  let [linesBefore, countBefore] = [0, ""];
  addEventListener("pointerup", () => {
    [from, linesBefore, countBefore] = [performance.now(), lines(), count()];
  }, true);
  new MutationObserver(() => {
    const began = from;
    if (began === null) return;
    const notes = document.documentElement.dataset;
    const note = (name: string): void => {
      requestAnimationFrame(() =>
        setTimeout(() => notes[name] ??= String(performance.now() - began))
      );
    };
    if (notes["shown"] === undefined && lines() !== linesBefore) note("shown");
    if (notes["answered"] === undefined && count() !== countBefore) note("answered");
  }).observe(document, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["class", "points"],
  });
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
function untilShown(page: Page, selector: string): Promise<Timed> {
  return page.evaluate(async ({ selector, patience, nothing }) => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element === null) throw new Error(`There is no ${selector}`);
    performance.clearResourceTimings();
    const from = performance.now();
    const changed = new Promise<void>((resolve, reject) => {
      setTimeout(() => reject(new Error(`${nothing} ${selector}`)), patience);
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
    const ms = performance.now() - from;
    const [answer] = performance.getEntriesByType("resource")
      .filter(({ name }) => name.includes("/api/v1/sweeps/"));
    return { ms, answerMs: answer?.duration ?? null };
  }, { selector, patience: PATIENCE_MS, nothing: NOTHING });
}

async function repeated(what: string, act: (run: number) => Promise<Timed>): Promise<Interaction> {
  const times: Timed[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await act(run).catch(unanswered));
  return summed(what, times);
}

/** It took at least as long as anybody waited; on a machine that others use that happens. */
function unanswered(error: unknown): Timed {
  const isLate = error instanceof Error &&
    (error.name === "TimeoutError" || error.message.includes(NOTHING));
  if (!isLate) throw error;
  return { ms: PATIENCE_MS, answerMs: null };
}

function summed(what: string, times: readonly Timed[]): Interaction {
  const all = times.map(({ ms }) => ms);
  const answers = times.flatMap(({ answerMs }) => answerMs ?? []);
  return {
    what,
    median: median(all),
    worst: Math.max(...all),
    answerMs: answers.length === 0 ? null : median(answers),
    n: times.length,
  };
}
