/** How many waiting epochs go into one report: few messages when epochs are short, none too large. */
import type { EpochRecord } from "../core/protocol/messages.ts";

/** An epoch that waits, with its size on the wire. */
export interface WaitingEpoch {
  readonly record: EpochRecord;
  /** Bytes of its JSON text at most. */
  readonly size: number;
}

/** Everything of an epoch's text but its lanes, and of a lane's text but its metrics. */
const FRAME_BYTES = 96;
/** The longest number, with its colon, comma and the quotes of its name. */
const NUMBER_BYTES = 28;

/** What one report may hold. */
export interface BatchLimits {
  readonly epochs: number;
  readonly bytes: number;
}

/** Well below the 1 MiB that a NATS server takes by default. */
export const REPORT_LIMITS: BatchLimits = { epochs: 200, bytes: 256 * 1024 };

/** An epoch with its size: counted from above, because writing it all out twice takes long. */
export function waitingEpoch(record: EpochRecord): WaitingEpoch {
  let size = FRAME_BYTES;
  for (const lane of record.lanes) {
    size += FRAME_BYTES;
    if (lane.kind === "diverged") continue;
    // Names are ours, and ASCII.
    for (const name of Object.keys(lane.metrics)) size += name.length + NUMBER_BYTES;
  }
  return { record, size };
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
