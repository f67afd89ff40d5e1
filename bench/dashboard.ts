/**
 * Whether the dashboard stays quick with 100,000 trials: `deno task bench:dashboard`. Journals that
 * are made up, but written to a real nats-server; the dashboard in its own confined process; a real
 * Chromium. Prints what was seen beside what it must be.
 */
import type { Browser } from "playwright-core";
import { connectNats } from "../core/nats/connect.ts";
import { parseNatsTarget } from "../core/nats/nats_target.ts";
import { openTransport } from "../core/nats/transport.ts";
import { milliseconds } from "../core/domain/units.ts";
import { chromiumOrSkip, startBrowser } from "../tests/support/browser.ts";
import { TestNatsServer } from "../tests/support/nats_server.ts";
import { bundleSizes } from "./dashboard/bundle_sizes.ts";
import { type ColdStart, coldStart } from "./dashboard/cold_start.ts";
import { type DashboardProcess, startDashboardProcess } from "./dashboard/dashboard_process.ts";
import { type Finding, isGood, tableOf, verdictOf } from "./dashboard/finding.ts";
import { brushInteractions, trialsInteractions } from "./dashboard/interactions.ts";
import {
  LargeJournal,
  type LargeSweep,
  MANY_REPORTS,
  MANY_TRIALS,
} from "./dashboard/large_journal.ts";
import { runBenchmarks } from "./main.ts";
import { median } from "./measurement.ts";
import { answerTimes, traceLive } from "./dashboard/live_growth.ts";
import { loadPage } from "./dashboard/page_load.ts";
import { RIVAL_FIGURES, RIVALS } from "./dashboard/rivals.ts";
import { type Growing, writeJournal } from "./dashboard/write_journal.ts";

/** What is quick is done so often that neither one good nor one bad moment decides. */
const LOADS = 9;
const COLD_STARTS = 3;
const MOST_PAINT_MS = 1_000;
const MOST_PAGE_KB = 500;
const MOST_PICTURE_MS = 100;
const MOST_TASK_MS = 50;
/** News of a live sweep: so often a second, for so long. */
const NEWS = { hertz: 5, seconds: 6 } as const;

/** Pages of one sweep, by their names. */
const PAGES: Readonly<Record<string, string>> = {
  Overview: "",
  Trials: "/trials",
  "Trials by objective": "/trials?sort=-objective",
  Curves: "/curves",
  Parameters: "/params",
  Timeline: "/timeline",
  Events: "/events",
  Trial: "/t/5",
  Compare: "/compare?t=1&t=2&t=3",
};

/** Runs it all. Returns the exit code: 1 where a target is missed. */
export async function benchDashboard(): Promise<number> {
  const chromium = await chromiumOrSkip();
  if (chromium === undefined) return 1;
  await using server = await TestNatsServer.start();
  await using transport = await openTransport(parseNatsTarget(server.url), {
    name: "bench",
    leaseMs: milliseconds(10_000),
  });
  await using link = await connectNats(server.url, { name: "bench-writer" });
  const written: Finding[] = [];
  const journals = new Map<LargeSweep, LargeJournal>();
  for (const large of [MANY_TRIALS, MANY_REPORTS]) {
    const journal = new LargeJournal(large);
    journals.set(large, journal);
    const from = performance.now();
    const entries = await writeJournal(link.connection, large.sweep, journal.completed());
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    const note = `${large.completed} trials × ${large.reports} reports, written in ${seconds} s`;
    written.push({
      what: `journal ${large.sweep}`,
      seen: entries,
      unit: "entries",
      most: null,
      note,
    });
  }
  // The journals are there before the dashboard, as those of a user's last week are.
  await transport.journal.lengths();
  const browser = await startBrowser(chromium);
  const growing = (large: LargeSweep): Growing => ({
    connection: link.connection,
    sweep: large.sweep,
    entries: journals.get(large)?.going() ?? [].values(),
  });
  try {
    return await measured(server.url, browser, { written, growing });
  } finally {
    await browser.close();
  }
}

async function measured(
  nats: string,
  browser: Browser,
  { written, growing }: {
    readonly written: readonly Finding[];
    readonly growing: (large: LargeSweep) => Growing;
  },
): Promise<number> {
  const all: Finding[] = [];
  console.log(machine());
  const tell = (title: string, findings: readonly Finding[]): void => {
    all.push(...findings);
    console.log(tableOf(`${title} (load ${loadNow()})`, findings));
  };
  tell("Made up", written);
  tell("The client", await bundleSizes());
  tell("Cold: the first request after the start", await coldStarts(nats));
  await using dashboard = await startDashboardProcess(nats);
  for (const large of [MANY_TRIALS, MANY_REPORTS]) {
    const base = `${dashboard.url}s/${large.sweep}`;
    await coldStart(base);
    const title = `${large.completed} trials × ${large.reports} reports`;
    if (large === MANY_TRIALS) await told("memory, one journal", dashboard, tell);
    tell(`Pages: ${title}`, await pages(browser, base));
    tell(`Acts: ${title}`, await acts(browser, base));
  }
  const others = { Sweeps: dashboard.url, Fleet: `${dashboard.url}fleet` };
  tell("Pages of all sweeps", await pagesOf(browser, others));
  tell(
    `Live: ${MANY_TRIALS.completed} trials, ${NEWS.hertz} entries a second`,
    await live(browser, dashboard.url, growing(MANY_TRIALS)),
  );
  await told("memory, both journals, after all this", dashboard, tell);
  console.log(machine());
  console.log("Others, for comparison (not measured here):");
  for (const line of RIVALS) console.log(`  ${line}`);
  console.log(`\n${verdictOf(all)}`);
  return all.every(isGood) ? 0 : 1;
}

/** Times mean little on a machine that others use: then the load is above the number of cores. */
function machine(): string {
  return `${navigator.hardwareConcurrency} cores, load ${loadNow()}; of what is done several ` +
    "times the median counts, and the worst stands beside it\n";
}

function loadNow(): string {
  const [load = NaN] = Deno.loadavg();
  return load.toFixed(1);
}

async function told(
  what: string,
  dashboard: DashboardProcess,
  tell: (title: string, findings: readonly Finding[]) => void,
): Promise<void> {
  tell("The server", [{ what, seen: await dashboard.memory(), unit: "MB", most: null }]);
}

/** Each over a process of its own, several times. */
async function coldStarts(nats: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [page, path] of [["Overview", `s/${MANY_TRIALS.sweep}`], ["Sweeps", ""]] as const) {
    const starts: ColdStart[] = [];
    for (let run = 0; run < COLD_STARTS; run++) {
      await using dashboard = await startDashboardProcess(nats);
      starts.push(await coldStart(dashboard.url + path));
    }
    const line = (
      what: string,
      of: "firstMs" | "slowestMs" | "wholeMs",
      { most, note }: Pick<Finding, "most" | "note">,
    ): void => {
      const times = starts.map((start) => start[of]);
      const worst = `worst of ${starts.length}: ${Math.round(Math.max(...times))} ms`;
      const told = note === undefined ? worst : `${worst}; ${note}`;
      findings.push({
        what: `${page}: ${what}`,
        seen: median(times),
        unit: "ms",
        most,
        note: told,
      });
    };
    const shown = starts[0]?.shown ?? "";
    line("first answer", "firstMs", { most: MOST_PAINT_MS, note: `"${shown}"` });
    line("slowest answer until then", "slowestMs", { most: MOST_PAINT_MS });
    line("the whole page", "wholeMs", { most: null });
  }
  return findings;
}

async function pages(browser: Browser, base: string): Promise<readonly Finding[]> {
  const found: Record<string, string> = {};
  for (const [name, path] of Object.entries(PAGES)) {
    const response = await fetch(base + path);
    await response.body?.cancel();
    // A page that this version does not have.
    if (response.status !== 404) found[name] = base + path;
  }
  return await pagesOf(browser, found);
}

async function pagesOf(
  browser: Browser,
  urls: Readonly<Record<string, string>>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [name, url] of Object.entries(urls)) {
    // Its journals may have been let go meanwhile: reading them is measured elsewhere.
    await coldStart(url);
    const load = await loadPage(browser, url, { runs: LOADS });
    findings.push({
      what: `${name}: first paint`,
      seen: load.firstPaintMs,
      unit: "ms",
      most: MOST_PAINT_MS,
      note: `worst of ${LOADS}: ${Math.round(load.worstPaintMs)} ms; server ${
        load.serverMs.toFixed(1)
      } ms; ${load.nodes} nodes`,
    }, {
      what: `${name}: first load, over the wire`,
      seen: load.wireKb,
      unit: "KB",
      most: MOST_PAGE_KB,
      note: `${Math.round(load.wholeKb)} KB unpacked`,
      ...(name === "Overview" ? { rival: RIVAL_FIGURES.load } : {}),
    });
  }
  return findings;
}

async function acts(browser: Browser, base: string): Promise<readonly Finding[]> {
  const all = [
    ...await trialsInteractions(browser, `${base}/trials`),
    ...await brushInteractions(browser, `${base}/params`),
  ];
  return all.map(({ what, median, worst, answerMs, n }) => ({
    what: `${what}: median of ${n}`,
    seen: median,
    unit: "ms",
    most: MOST_PICTURE_MS,
    note: `worst ${Math.round(worst)} ms` +
      (answerMs === null ? "" : `; ${Math.round(answerMs)} ms of it server and transfer`),
    ...(what.startsWith("Parameters") ? { rival: RIVAL_FIGURES.axes } : {}),
  }));
}

async function live(browser: Browser, url: string, growing: Growing): Promise<readonly Finding[]> {
  const base = `${url}s/${growing.sweep}`;
  const findings: Finding[] = [];
  for (
    const [name, path] of [["Overview", ""], ["Trials", "/trials?sort=-objective"], [
      "Parameters",
      "/params",
    ]]
  ) {
    const cost = await traceLive(browser, base + path, () => grow(growing));
    findings.push({
      what: `${name}: longest task of the main thread`,
      seen: cost.longest,
      unit: "ms",
      most: MOST_TASK_MS,
      note: `${cost.anUpdate.toFixed(1)} ms for each of ${cost.updates} entries`,
      ...(name === "Overview" ? { rival: RIVAL_FIGURES.live } : {}),
    });
  }
  const asked = {
    Overview: "",
    "Trials by objective": "/trials?sort=-objective",
    Parameters: "/params",
  };
  const runs = 10;
  for (const [name, path] of Object.entries(asked)) {
    const writing = grow(growing);
    const everyMs = NEWS.seconds * 1000 / runs / 2;
    const { median, worst } = await answerTimes(base + path, { runs, everyMs });
    await writing;
    findings.push({
      what: `${name}: an answer while it grows, median of ${runs}`,
      seen: median,
      unit: "ms",
      most: MOST_PICTURE_MS,
      note: `worst ${Math.round(worst)} ms`,
      ...(name === "Overview" ? { rival: RIVAL_FIGURES.answer } : {}),
    });
  }
  return findings;
}

/** Entries at an even pace. */
async function grow({ connection, sweep, entries }: Growing): Promise<number> {
  const count = NEWS.hertz * NEWS.seconds;
  for (let written = 0; written < count; written++) {
    const { value, done } = entries.next();
    if (done || value === undefined) throw new Error("The made-up sweep is at its end");
    await writeJournal(connection, sweep, [value]);
    await new Promise((resolve) => setTimeout(resolve, 1000 / NEWS.hertz));
  }
  return count;
}

if (import.meta.main) {
  const code = await benchDashboard();
  // Many readers at once are measured without browsers, in a bench of its own.
  await runBenchmarks(["dashboard-load"]);
  Deno.exit(code);
}
