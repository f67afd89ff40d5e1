/** What somebody sees who asks for a large sweep right after the dashboard has started. */

/** Times from the first request, in ms. */
export interface ColdStart {
  /** The first answer, whatever it says. */
  readonly firstMs: number;
  /** What it says meanwhile. */
  readonly shown: string;
  /** The slowest of all answers that were not yet the page. */
  readonly slowestMs: number;
  /** The page itself. */
  readonly wholeMs: number;
}

/** Asks again, as a browser is told to, until the page is there. */
export async function coldStart(url: string): Promise<ColdStart> {
  const started = performance.now();
  let first: { readonly ms: number; readonly shown: string } | null = null;
  let slowest = 0;
  for (;;) {
    const asked = performance.now();
    const response = await fetch(url);
    const html = await response.text();
    const now = performance.now();
    const refresh = response.headers.get("refresh");
    first ??= { ms: now - asked, shown: mainText(html) };
    if (refresh === null) {
      if (response.status !== 200) throw new Error(`${url} answers ${response.status}`);
      const wholeMs = now - started;
      return { firstMs: first.ms, shown: first.shown, slowestMs: slowest, wholeMs };
    }
    slowest = Math.max(slowest, now - asked);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function mainText(html: string): string {
  const main = /<main[^>]*>(.*?)<\/main>/s.exec(html)?.[1] ?? "";
  return main.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ").trim().slice(0, 160);
}
