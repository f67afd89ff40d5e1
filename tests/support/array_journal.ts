/** One sweep's journal in memory, which grows when a test says so. */
import type { SweepId } from "../../core/domain/ids.ts";
import type { JournalEntry } from "../../core/domain/sweep_event.ts";
import type { JournalReader, ReadOptions, StoredEntry } from "../../core/protocol/ports.ts";

/** A reader of the entries that there are so far. */
export class ArrayJournal implements JournalReader {
  readonly #sweep: SweepId;
  readonly #entries: StoredEntry[] = [];
  #grown = Promise.withResolvers<void>();

  constructor(sweep: SweepId) {
    this.#sweep = sweep;
  }

  /** Appends entries. */
  readonly grow = (entries: Iterable<JournalEntry>): void => {
    for (const entry of entries) this.#entries.push({ sequence: this.#entries.length + 1, entry });
    this.#grown.resolve();
    this.#grown = Promise.withResolvers();
  };
  readonly sweeps = (): Promise<readonly SweepId[]> => Promise.resolve([this.#sweep]);
  readonly lastSequence = (): Promise<number> => Promise.resolve(this.#entries.length);
  readonly lengths = (): Promise<ReadonlyMap<SweepId, number>> =>
    Promise.resolve(new Map([[this.#sweep, this.#entries.length]]));
  readonly last = (): Promise<StoredEntry | null> => Promise.resolve(this.#entries.at(-1) ?? null);
  readonly streamEpoch = (): Promise<string> => Promise.resolve("memory");

  async *read(_sweep: SweepId, { after = 0 }: ReadOptions = {}): AsyncGenerator<StoredEntry> {
    yield* this.#entries.slice(after);
  }

  async *follow(
    _sweep: SweepId,
    { after = 0, signal }: ReadOptions = {},
  ): AsyncGenerator<StoredEntry> {
    const ended = Promise.withResolvers<void>();
    signal?.addEventListener("abort", () => ended.resolve());
    for (let at = after; !signal?.aborted;) {
      const grown = this.#grown.promise;
      for (const stored of this.#entries.slice(at)) {
        yield stored;
        at = stored.sequence;
      }
      await Promise.race([grown, ended.promise]);
    }
  }
}
