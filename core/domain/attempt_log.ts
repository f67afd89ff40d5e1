/**
 * What a worker writes down about an attempt at a pack, for people to read: its last lines. Nothing is
 * decided by them, so they are in no journal, and may be lost.
 */
import { clip } from "./clip.ts";
import type { TrialId } from "./ids.ts";
import type { Instant } from "./units.ts";

/** How much a line matters. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = typeof LOG_LEVELS[number];

/** Lines of an attempt that are kept, the last ones. */
export const LOG_LINES_KEPT = 200;

/** All kept lines of an attempt have at most so many UTF-16 code units. */
export const LOG_TEXT_KEPT = 16_384;

/** A longer line loses its middle, and says so. */
export const LONGEST_LOG_LINE = 2_000;

/** A line; it may have line breaks. */
export interface LogLine {
  readonly at: Instant;
  readonly level: LogLevel;
  readonly text: string;
  /** Whom it is about; null: all trials of the pack. */
  readonly trial: TrialId | null;
}

/** The last lines of an attempt, and how many there were. */
export interface AttemptLog {
  readonly v: 1;
  /** Oldest first. */
  readonly lines: readonly LogLine[];
  /** How many were written about the whole pack (null) and about each trial, kept or not. */
  readonly counts: readonly { readonly trial: TrialId | null; readonly lines: number }[];
}

/** Sequences by which a terminal is coloured and steered: CSI, OSC, and those of two characters. */
const ESCAPE_REGEXP =
  // deno-lint-ignore no-control-regex -- escape sequences are what it looks for
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[@-Z\\^_]/g;
/** Controls but for tabs and line breaks, separators, and marks that reorder or hide text. */
const UNREADABLE_REGEXP =
  // deno-lint-ignore no-control-regex -- control characters are what it looks for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * The text as a line keeps it: without colours, with a visible mark for each other control character,
 * and not too long.
 */
export function logText(text: string): string {
  // The rest of a very long text is not worth looking through.
  const bounded = clip(text, 4 * LONGEST_LOG_LINE);
  const plain = bounded.replaceAll("\r\n", "\n").replaceAll(ESCAPE_REGEXP, "")
    .replaceAll(UNREADABLE_REGEXP, "\ufffd");
  return clip(plain.toWellFormed().trimEnd(), LONGEST_LOG_LINE);
}
