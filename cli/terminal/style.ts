/** Styled text: spans that become one terminal line, in colour or without, never too wide. */
import { displayWidth, printable, truncate } from "./text.ts";

/** How a span looks where colour is on. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "blue" | "magenta" | "cyan";

/** A piece of a line. Its text may come from anywhere: control characters are made visible. */
export interface Span {
  readonly text: string;
  readonly style?: Style;
}

/** One line, from left to right. */
export type Line = readonly Span[];

const SGR: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

/** The line as text of at most `width` cells, cut with `…` (`...` where that cannot be shown). */
export function renderLine(
  line: Line,
  options: { readonly width: number; readonly color: boolean; readonly unicode: boolean },
): string {
  const ellipsis = ellipsisFor(options.unicode);
  const texts = line.map(({ text }) => shown(text, options.unicode));
  let room = options.width;
  let remaining = texts.reduce((sum, text) => sum + displayWidth(text), 0);
  let rendered = "";
  for (const [index, text] of texts.entries()) {
    // The mark belongs where the line is cut, also where that is between two spans.
    const isLast = remaining === displayWidth(text);
    const isCutHere = remaining > room &&
      (isLast || displayWidth(text) > room - displayWidth(ellipsis));
    const kept = isCutHere ? truncate(`${text}${isLast ? "" : " "}`, room, ellipsis) : text;
    rendered += paint(kept, options.color ? line[index]?.style : undefined);
    if (isCutHere) break;
    room -= displayWidth(text);
    remaining -= displayWidth(text);
  }
  return rendered.trimEnd();
}

/** What stands for text that was cut off. */
export function ellipsisFor(unicode: boolean): string {
  return unicode ? "…" : "...";
}

function shown(text: string, unicode: boolean): string {
  const safe = printable(text);
  // Without UTF-8 a terminal shows other characters as several wrong ones.
  return unicode ? safe : safe.replaceAll("±", "+-").replaceAll(/[^ -~]/gu, "?");
}

function paint(text: string, style: Style | undefined): string {
  if (style === undefined || text === "") return text;
  const [on, off] = SGR[style];
  return `\x1b[${on}m${text}\x1b[${off}m`;
}
