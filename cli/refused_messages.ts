/** Counts messages that could not be read, and says so without letting their sender fill the log. */
import type { DecodeError } from "../core/protocol/codec.ts";
import { printable } from "./terminal/text.ts";

/** Where the count is told. */
export interface RefusalLog {
  readonly warn: (message: string, properties: Record<string, unknown>) => void;
}

/**
 * A listener that logs the first refused message and then whenever the number of them has doubled:
 * a million of them are twenty lines, and the last line's count is within a factor of two.
 */
export function countRefused(log: RefusalLog): (error: DecodeError) => void {
  let count = 0;
  let next = 1;
  return (error) => {
    count++;
    if (count < next) return;
    next = 2 * count;
    const { subject, reason, bytes: { length: size } } = error;
    log.warn("Refused messages: {count}, the last one of {size} bytes on {subject}: {reason}", {
      count,
      size,
      // Names that others chose may hold what a terminal obeys.
      subject: printable(subject),
      reason: printable(reason),
    });
  };
}
