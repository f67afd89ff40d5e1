/** How many waiting epochs go into one report: few messages when epochs are short, none too large. */
import type { EpochRecord } from "../core/protocol/messages.ts";

/** An epoch that waits, with its size on the wire. */
export interface WaitingEpoch {
  readonly record: EpochRecord;
  /** Characters of its JSON text; names and numbers are ASCII, so bytes too. */
  readonly size: number;
}

/** What one report may hold. */
export interface BatchLimits {
  readonly epochs: number;
  readonly bytes: number;
}

/** Well below the 1 MiB that a NATS server takes by default. */
export const REPORT_LIMITS: BatchLimits = { epochs: 200, bytes: 256 * 1024 };

/** An epoch with its size. */
export function waitingEpoch(record: EpochRecord): WaitingEpoch {
  return { record, size: JSON.stringify(record).length };
}

/**
 * How many of the oldest epochs go together: as many as the limits admit, and at least one of a
 * non-empty queue, since an epoch cannot be cut.
 */
export function batchLength(
  waiting: readonly WaitingEpoch[],
  limits: BatchLimits = REPORT_LIMITS,
): number {
  let bytes = 0;
  let length = 0;
  for (const { size } of waiting) {
    bytes += size;
    if (length > 0 && (length >= limits.epochs || bytes > limits.bytes)) break;
    length++;
  }
  return length;
}
