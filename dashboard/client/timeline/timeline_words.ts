/** A timeline in words, and the windows on it that a reader may want next. */
import { formatCount } from "../parts/format.ts";
import type { Range } from "../model.ts";
import { formatSeconds } from "./timeline_layout.ts";
import { ATTEMPT_OUTCOMES, type Timeline, type TimelineQuery } from "./timeline_model.ts";

/** What the picture shows. */
export function timelineSentence(page: Timeline): string {
  const { inWindow, packs, again, busyShare, workersInWindow, window: [from, to] } = page;
  const time = `from ${formatSeconds(from)} to ${formatSeconds(to)} after the sweep's start`;
  if (inWindow === 0) return `No pack was trained ${time}.`;
  const ends = ATTEMPT_OUTCOMES.filter((outcome) => page.byOutcome[outcome] > 0)
    .map((outcome) => `${formatCount(page.byOutcome[outcome])} ${outcome}`).join(", ");
  const repeats = again === 0
    ? "none of them a redelivery"
    : `${formatCount(again)} of them ${again === 1 ? "a redelivery" : "redeliveries"}`;
  const busy = busyShare === null
    ? ""
    : ` Slots trained in ${
      (100 * busyShare).toFixed(0)
    } % of the time since their worker's first pack.`;
  return `${count(packs, "pack")} in ${count(inWindow, "attempt")} on ` +
    `${count(workersInWindow, "worker")}, ${time}: ${ends}; ${repeats}.${busy}`;
}

/** What is not in the picture; null: nothing is missing. */
export function missingWords(page: Timeline): string | null {
  const { drawn, inWindow, workers, workersInWindow } = page;
  const missing: string[] = [];
  if (workers.length < workersInWindow) {
    missing.push(
      `${formatCount(workers.length)} of ${formatCount(workersInWindow)} workers are listed, ` +
        "those that came first",
    );
  }
  if (drawn < inWindow) {
    missing.push(
      `${formatCount(drawn)} of ${formatCount(inWindow)} bars are drawn: what did not complete, ` +
        "and what took longest; the line under a row has all of its work",
    );
  }
  return missing.length === 0 ? null : `${missing.join("; ")}. A shorter time shows more.`;
}

/** A window with its name. */
export interface WindowLink {
  readonly label: string;
  readonly query: TimelineQuery;
}

const RECENT = [
  { label: "last hour", seconds: 3_600 },
  { label: "last 10 min", seconds: 600 },
  { label: "last min", seconds: 60 },
] as const;

/** The whole, the last of it as far as that is less, and windows beside the present one. */
export function windowLinks({ lengthMs, window }: Timeline): readonly WindowLink[] {
  const [from, to] = window;
  const span = to - from;
  const links: WindowLink[] = [{ label: "whole", query: { from: null, to: null } }];
  for (const { label, seconds } of RECENT) {
    if (1000 * seconds < lengthMs) links.push({ label, query: { from: -seconds, to: null } });
  }
  if (from > 0) links.push({ label: "← earlier", query: moved(window, -span / 2) });
  if (to < lengthMs) links.push({ label: "later →", query: moved(window, span / 2) });
  if (span >= 2_000) {
    links.push({ label: "zoom in", query: inSeconds([from + span / 4, to - span / 4]) });
  }
  if (span < lengthMs) {
    const wider: Range = [Math.max(0, from - span / 2), Math.min(lengthMs, to + span / 2)];
    links.push({ label: "zoom out", query: inSeconds(wider) });
  }
  return links;
}

function moved([from, to]: Range, by: number): TimelineQuery {
  const start = Math.max(0, from + by);
  return inSeconds([start, start + to - from]);
}

function inSeconds([from, to]: Range): TimelineQuery {
  const seconds = (ms: number): number => Math.round(ms / 10) / 100;
  return { from: seconds(from), to: seconds(to) };
}

function count(value: number, what: string): string {
  return `${formatCount(value)} ${what}${value === 1 ? "" : "s"}`;
}

/** What is shown of how much. */
type TimeWindow = Pick<Timeline, "window" | "lengthMs">;

/** What a key does to the window; null: nothing. The same as the links do. */
export function windowForKey(page: TimeWindow, key: string): TimelineQuery | null {
  const { window: [from, to], lengthMs } = page;
  switch (key) {
    case "+":
    case "=":
      return zoomed(page, { factor: 0.5, at: (from + to) / 2 });
    case "-":
      return zoomed(page, { factor: 2, at: (from + to) / 2 });
    case "0":
      return { from: null, to: null };
    case "ArrowLeft":
      return from > 0 ? panned(page, -0.25) : null;
    case "ArrowRight":
      return to < lengthMs ? panned(page, 0.25) : null;
    default:
      return null;
  }
}

/** The least part of a sweep that is shown. */
const LEAST_SPAN_MS = 1_000;

/** A window that is so many times as long, with a time where it was; the whole if it is as long. */
export function zoomed(
  { window: [from, to], lengthMs }: TimeWindow,
  { factor, at }: { readonly factor: number; readonly at: number },
): TimelineQuery {
  const span = Math.max(LEAST_SPAN_MS, (to - from) * factor);
  if (span >= lengthMs) return { from: null, to: null };
  const start = at - (at - from) / (to - from) * span;
  const inside = Math.max(0, Math.min(lengthMs - span, start));
  return inSeconds([inside, inside + span]);
}

/** The window moved by a part of its length. */
export function panned({ window, lengthMs }: TimeWindow, part: number): TimelineQuery {
  const [from, to] = window;
  const span = to - from;
  const by = Math.max(-from, Math.min(Math.max(0, lengthMs - to), part * span));
  return moved(window, by);
}
