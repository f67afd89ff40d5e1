/** Text as a terminal shows it: its width in cells, cut to a width, and safe to print. */

/**
 * What must never reach a terminal from a name that somebody else chose: control characters (which
 * begin escape sequences, C1 included), line and paragraph separators, and the marks that reorder
 * or hide text.
 */
const UNPRINTABLE_REGEXP =
  // deno-lint-ignore no-control-regex -- control characters are what it looks for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const WIDE_REGEXP =
  /^(?:\p{Emoji_Presentation}|.*\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{17000}-\u{18d08}\u{1b000}-\u{1b2fb}\u{20000}-\u{3fffd}])/u;
const ZERO_WIDTH_REGEXP = /^(?:\p{Mn}|\p{Me}|\p{Cf})+$/u;

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * The text with a visible mark in place of everything that could steer a terminal.
 * @example
 * ```ts
 * import { printable } from "./text.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(printable("a\x1b[2Jb"), "a\ufffd[2Jb");
 * ```
 */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE_REGEXP, "\ufffd");
}

/** How many terminal cells printable text takes: wide characters take two, combining marks none. */
export function displayWidth(text: string): number {
  if (isPlain(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += cellWidth(segment);
  return width;
}

/** The text cut to at most `width` cells, with `ellipsis` at its end if something was cut. */
export function truncate(text: string, width: number, ellipsis = "…"): string {
  if (displayWidth(text) <= width) return text;
  const room = width - displayWidth(ellipsis);
  if (room < 0) return takeCells(text, width);
  return takeCells(text, room) + ellipsis;
}

/** The text padded with spaces to `width` cells. */
export function pad(text: string, width: number, align: "left" | "right"): string {
  const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + fill : fill + text;
}

function takeCells(text: string, width: number): string {
  let taken = "";
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    used += cellWidth(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}

function cellWidth(grapheme: string): number {
  if (ZERO_WIDTH_REGEXP.test(grapheme)) return 0;
  return WIDE_REGEXP.test(grapheme) ? 2 : 1;
}

function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
