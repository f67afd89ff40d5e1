/** What live news cost the browser's main thread while a journal grows. */
import { Buffer } from "node:buffer";
import type { Browser } from "playwright-core";
import { median } from "../measurement.ts";

/** Of the main thread of a page, in ms. */
export interface LiveCost {
  /** The longest task. */
  readonly longest: number;
  /** All tasks together, by update. */
  readonly anUpdate: number;
  readonly updates: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

/** Traces a page that is open while `grow` writes; `grow` returns how many entries it wrote. */
export async function traceLive(
  browser: Browser,
  url: string,
  grow: () => Promise<number>,
): Promise<LiveCost> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  try {
    await page.goto(url);
    await page.waitForTimeout(1_500);
    await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
    const updates = await grow();
    const trace = JSON.parse(Buffer.from(await browser.stopTracing()).toString("utf8"));
    return { ...costOf(trace.traceEvents), updates, anUpdate: busyOf(trace.traceEvents) / updates };
  } finally {
    await page.close();
  }
}

/** How long answers wait while the server is busy with news, evenly spread over it, in ms. */
export async function answerTimes(
  url: string,
  { runs, everyMs }: { readonly runs: number; readonly everyMs: number },
): Promise<{ readonly median: number; readonly worst: number }> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const from = performance.now();
    await (await fetch(url)).arrayBuffer();
    times.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return { median: median(times), worst: Math.max(...times) };
}

function tasksOf(events: readonly TraceEvent[]): readonly number[] {
  const main = events.filter(({ name, args }) =>
    name === "thread_name" && args?.name === "CrRendererMain"
  ).map(({ pid, tid }) => `${pid} ${tid}`);
  const tasks = events.filter(({ name, pid, tid }) =>
    (name === "RunTask" || name === "ThreadControllerImpl::RunTask") &&
    main.includes(`${pid} ${tid}`)
  );
  // Both names tell of the same tasks; one that nests in another is part of it.
  const sorted = tasks.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  let end = -1;
  return sorted.flatMap(({ ts, dur = 0 }) => {
    if (ts < end) return [];
    end = ts + dur;
    return [dur / 1000];
  });
}

function costOf(events: readonly TraceEvent[]): Pick<LiveCost, "longest"> {
  return { longest: Math.max(0, ...tasksOf(events)) };
}

function busyOf(events: readonly TraceEvent[]): number {
  return tasksOf(events).reduce((sum, dur) => sum + dur, 0);
}
