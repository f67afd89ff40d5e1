/** What the overview's pictures share: places from values, and counts in words. */
import { shareOf } from "../charts/axis.ts";
import { formatCount } from "../parts/format.ts";
import type { Range } from "../model.ts";

/** `1 trial`, `2 trials`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `4.2 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Where values are drawn, to a tenth; what is outside of the range is at its end. */
export function plotted([from, to]: Range, [start, end]: Range): (value: number) => number {
  return (value) => {
    const share = to > from ? Math.max(0, Math.min(1, shareOf(value, [from, to]))) : 0.5;
    return Math.round(10 * (start + share * (end - start))) / 10;
  };
}
