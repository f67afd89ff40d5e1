/** How a page comes into a browser that has nothing of it: when it is seen, and how large it is. */
/// <reference lib="dom" />
import type { Browser } from "playwright-core";
import { median } from "../measurement.ts";

/** One load, or the median of several. */
export interface PageLoad {
  /** From the request of the address to the first content on the screen, in ms. */
  readonly firstPaintMs: number;
  /** From the request to its first byte, in ms. */
  readonly serverMs: number;
  /** Everything that came over the wire, and what that unpacks to, in KB of 1,000 bytes. */
  readonly wireKb: number;
  readonly wholeKb: number;
  readonly nodes: number;
}

/** The medians over loads in new browsing contexts: nothing is cached. */
export async function loadPage(
  browser: Browser,
  url: string,
  { runs }: { readonly runs: number },
): Promise<PageLoad & { readonly worstPaintMs: number }> {
  const loads: PageLoad[] = [];
  for (let run = 0; run < runs; run++) loads.push(await loadOnce(browser, url));
  const middle = (of: keyof PageLoad): number => median(loads.map((load) => load[of]));
  return {
    firstPaintMs: middle("firstPaintMs"),
    serverMs: middle("serverMs"),
    wireKb: middle("wireKb"),
    wholeKb: middle("wholeKb"),
    nodes: middle("nodes"),
    worstPaintMs: Math.max(...loads.map(({ firstPaintMs }) => firstPaintMs)),
  };
}

async function loadOnce(browser: Browser, url: string): Promise<PageLoad> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  try {
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    const size = { wire: 0, whole: 0 };
    session.on("Network.loadingFinished", ({ encodedDataLength }) => {
      size.wire += encodedDataLength;
    });
    session.on("Network.dataReceived", ({ dataLength }) => {
      size.whole += dataLength;
    });
    const response = await page.goto(url, { waitUntil: "load" });
    if (response?.status() !== 200) throw new Error(`${url} answers ${response?.status()}`);
    // What a script asks for at once belongs to the page; live events never end.
    await page.waitForTimeout(150);
    const seen = await page.evaluate(async () => {
      const paint = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
      while (paint() === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
      const [navigation] = performance.getEntriesByType("navigation");
      const timing = navigation as PerformanceNavigationTiming;
      return {
        firstPaintMs: paint() ?? NaN,
        serverMs: timing.responseStart - timing.requestStart,
        nodes: document.querySelectorAll("*").length,
      };
    });
    return { ...seen, wireKb: size.wire / 1000, wholeKb: size.whole / 1000 };
  } finally {
    await page.close();
  }
}
