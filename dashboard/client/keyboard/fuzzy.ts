/** How well a text fits what somebody typed of it: the letters in order, best at the starts of words. */

const AT_START = 8;
const IN_ROW = 8;
/** Texts are compared by their beginnings: a name may be very long. */
const LONGEST = 200;

/**
 * A number that is larger for a better fit; null: some letter is missing. Nothing typed fits all.
 * @example
 * ```ts
 * import { fuzzyScore } from "./fuzzy.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(fuzzyScore("Trials", "tls") === null, false);
 * assert.equal(fuzzyScore("Trials", "x"), null);
 * ```
 */
export function fuzzyScore(text: string, typed: string): number | null {
  const hay = text.slice(0, LONGEST).toLowerCase();
  let score = 0;
  let last = -2;
  for (const letter of typed.toLowerCase().replaceAll(/\s+/g, "")) {
    const next = placeOf(hay, letter, last);
    if (next < 0) return null;
    score += isStart(hay, next) ? AT_START : 1;
    if (next === last + 1) score += IN_ROW;
    last = next;
  }
  return score - hay.length / 100;
}

/** The next letter if it fits, else the next start of a word, else wherever it comes next. */
function placeOf(hay: string, letter: string, last: number): number {
  const from = Math.max(0, last + 1);
  const next = hay.indexOf(letter, from);
  if (next < 0 || next === last + 1) return next;
  for (let at = next; at >= 0; at = hay.indexOf(letter, at + 1)) {
    if (isStart(hay, at)) return at;
  }
  return next;
}

function isStart(hay: string, at: number): boolean {
  return at === 0 || /[^\p{L}\p{N}]/u.test(hay[at - 1] ?? " ");
}
