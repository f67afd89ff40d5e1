/** The bar of trial statuses: it adds up to the number asked for, in every colour and in none. */
import type { LedgerCounts } from "../../core/domain/sweep_ledger.ts";
import type { TrialStatus } from "../../core/domain/trial.ts";
import type { Span, Style } from "./style.ts";

/** How a status looks. */
export interface StatusLook {
  readonly status: TrialStatus;
  readonly style: Style;
  /** One cell, different for every status. */
  readonly glyph: string;
  /** The same for terminals without UTF-8. */
  readonly ascii: string;
}

/** Every status, from what is over to what has not begun: the order of the bar. */
export const STATUS_LOOKS: readonly StatusLook[] = [
  { status: "completed", style: "green", glyph: "█", ascii: "#" },
  { status: "pruned", style: "magenta", glyph: "▚", ascii: "%" },
  { status: "failed", style: "red", glyph: "✗", ascii: "x" },
  { status: "cancelled", style: "dim", glyph: "╱", ascii: "/" },
  { status: "running", style: "cyan", glyph: "▓", ascii: ">" },
  { status: "paused", style: "yellow", glyph: "▒", ascii: "=" },
  { status: "queued", style: "dim", glyph: "░", ascii: "." },
];

/**
 * Whole cells for each part of a whole, by largest remainders; they add up to `width`. A part that
 * is not nothing gets a cell while others have one to spare: a single failure must be seen.
 *
 * @example
 * ```ts
 * import { apportion } from "./status_bar.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(apportion([1, 99, 0], 10), [1, 9, 0]);
 * ```
 */
export function apportion(parts: readonly number[], width: number): readonly number[] {
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (total === 0) return parts.map(() => 0);
  const quotas = parts.map((part) => part * width / total);
  const cells = quotas.map(Math.floor);
  const byRemainder = quotas
    .map((quota, index) => ({ index, remainder: quota - Math.floor(quota) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const left = width - cells.reduce((sum, cell) => sum + cell, 0);
  for (const { index } of byRemainder.slice(0, left)) cells[index] = (cells[index] ?? 0) + 1;
  for (const [index, part] of parts.entries()) {
    if (part === 0 || cells[index] !== 0) continue;
    const widest = cells.indexOf(Math.max(...cells));
    if ((cells[widest] ?? 0) < 2) break;
    cells[widest] = (cells[widest] ?? 0) - 1;
    cells[index] = 1;
  }
  return cells;
}

/** The bar, exactly `width` cells wide; before the first trial it is empty space. */
export function statusBar(
  counts: LedgerCounts,
  { width, unicode }: { readonly width: number; readonly unicode: boolean },
): readonly Span[] {
  if (counts.asked === 0) return [{ text: (unicode ? "·" : "-").repeat(width), style: "dim" }];
  const cells = apportion(STATUS_LOOKS.map(({ status }) => counts[status]), width);
  return STATUS_LOOKS.map(({ style, glyph, ascii }, index) => ({
    text: (unicode ? glyph : ascii).repeat(cells[index] ?? 0),
    style,
  })).filter(({ text }) => text !== "");
}
