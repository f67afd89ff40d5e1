/** How far a journal has been read for the first time: what a page says while it waits. */
import type { SweepId } from "../core/domain/ids.ts";
import type { JournalReader } from "../core/protocol/ports.ts";

/** Entries read so far, and those that were there at the start. */
export interface JournalReading {
  readonly read: number;
  readonly total: number;
}

/** Counts the entries of a journal as they are read. */
export class ReadingProgress {
  #read = 0;
  #total = 0;

  /** Asks how many there are; until somebody knows, there are none. */
  async begin(
    journal: Pick<JournalReader, "lengths">,
    { sweep, signal }: { readonly sweep: SweepId; readonly signal: AbortSignal },
  ): Promise<void> {
    // Who cannot tell the length may read on all the same; reading says what is wrong.
    const lengths = await journal.lengths({ signal }).catch(() => null);
    this.#total = lengths?.get(sweep) ?? 0;
  }

  /** One more was read. */
  step(): void {
    this.#read++;
  }

  get now(): JournalReading {
    return { read: this.#read, total: Math.max(this.#read, this.#total) };
  }
}

/** All of them together. */
export function sumOfReadings(readings: readonly JournalReading[]): JournalReading {
  return {
    read: readings.reduce((sum, { read }) => sum + read, 0),
    total: readings.reduce((sum, { total }) => sum + total, 0),
  };
}
