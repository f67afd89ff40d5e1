/** Where things are on a timeline: round times on its axis, places on its rows, and what bars say. */
import { formatDuration } from "../parts/format.ts";
import type { Range } from "../model.ts";
import type { AttemptOutcome, TimelineBar } from "./timeline_model.ts";

/** The picture's width, and that of what stands before its rows. */
export const WIDTH = 1100;
/** Where rows begin. */
export const LEFT = 168;
/** The narrowest bar that can be seen and met by a pointer. */
const LEAST_WIDTH = 3;
const RIGHT = 12;

/** A mark that tells outcomes apart without colour. */
export const GLYPHS: Readonly<Record<AttemptOutcome, string>> = {
  completed: "✓",
  running: "▸",
  lost: "✕",
  returned: "↩",
  failed: "!",
  split: "÷",
  stopped: "■",
};

const STEPS_S = [
  ...[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30],
  ...[60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400],
];

/** A round time: milliseconds from the sweep's start. */
export interface TimeTick {
  readonly at: number;
  readonly label: string;
}

/** At most `most` round times in a window. */
export function timeTicks([from, to]: Range, most: number): readonly TimeTick[] {
  const span = to - from;
  const fits = (seconds: number): boolean => span / (1000 * seconds) <= most - 1;
  const day = 86_400;
  const seconds = STEPS_S.find(fits) ?? day * Math.ceil(span / (1000 * day * (most - 1)));
  const step = 1000 * seconds;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const at = Math.round((first + index) * step);
    return { at, label: seconds < 1 ? formatSeconds(at) : formatDuration(at) };
  });
}

/** A short time with its fractions: `0.35 s`; a longer one as everywhere. */
export function formatSeconds(ms: number): string {
  return ms < 60_000 ? `${Number((ms / 1000).toFixed(2))} s` : formatDuration(ms);
}

/** The x of a time; what is outside the window is at its edge. */
export function xOf([from, to]: Range, at: number): number {
  const share = Math.max(0, Math.min(1, (at - from) / (to - from)));
  return round(LEFT + share * (WIDTH - LEFT - RIGHT));
}

/** The time at an x. */
export function timeAt([from, to]: Range, x: number): number {
  return from + Math.max(0, Math.min(1, (x - LEFT) / (WIDTH - LEFT - RIGHT))) * (to - from);
}

/** Where a bar is, from left to right. */
export function extentOf(window: Range, { from, to }: Pick<TimelineBar, "from" | "to">): Range {
  const start = Math.min(xOf(window, from), WIDTH - RIGHT - LEAST_WIDTH);
  return [start, Math.max(start + LEAST_WIDTH, xOf(window, to))];
}

/** As much of what a bar says as there is room for; empty: nothing. */
export function labelOf({ pack, lanes, outcome }: TimelineBar, width: number): string {
  const glyph = GLYPHS[outcome];
  const fitting = [`${glyph} ${pack} ×${lanes}`, `${glyph} ${pack}`, glyph]
    .find((text) => 7.2 * text.length + 8 <= width);
  return fitting ?? "";
}

/** A bar in one line. */
export function describeBar(bar: TimelineBar): string {
  const { pack, attempt, lanes, delivery, from, to, outcome, message } = bar;
  const again = attempt > 1 ? `, attempt ${attempt}` : "";
  const delivered = delivery > 1 ? `, delivered for the ${delivery}. time` : "";
  const how = message === null ? outcome : `${outcome}: ${message}`;
  return `Pack ${pack}${again}${delivered}, ${lanes} ${lanes === 1 ? "lane" : "lanes"}, from ` +
    `${formatSeconds(from)} for ${formatSeconds(to - from)}; ${how}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
