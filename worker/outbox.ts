/**
 * What an attempt has to tell, in order: epochs oldest first, and a checkpoint only after every epoch
 * that it contains, because the next attempt goes on from it and never reports those epochs again.
 * Lanes that leave do so before any later epoch is told, which is then no longer theirs to tell.
 */
import type { TrialId } from "../core/domain/ids.ts";
import type { Epoch } from "../core/domain/units.ts";
import type { EpochRecord, LaneDecision } from "../core/protocol/messages.ts";
import { batchLength, type BatchLimits, type WaitingEpoch, waitingEpoch } from "./report_batch.ts";

/** A pack's state after an epoch, encoded. */
export interface SavedCheckpoint {
  readonly epoch: Epoch;
  readonly trials: readonly TrialId[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Where an outbox delivers to; each call is over when the coordinator has accepted. */
export interface OutboxSink {
  readonly report: (epochs: readonly EpochRecord[]) => Promise<readonly LaneDecision[]>;
  readonly store: (checkpoint: SavedCheckpoint) => Promise<void>;
  /** Lets lanes go, which are in this checkpoint. */
  readonly detach: (lanes: SavedCheckpoint) => Promise<void>;
  /** The answer for an epoch and those before it. */
  readonly decided: (decisions: readonly LaneDecision[], epoch: Epoch) => void;
}

/** Delivers one thing at a time; what arrives meanwhile goes together in the next message. */
export class Outbox {
  readonly #sink: OutboxSink;
  readonly #limits: BatchLimits | undefined;
  readonly #epochs: WaitingEpoch[] = [];
  readonly #leaving: SavedCheckpoint[] = [];
  #checkpoint: SavedCheckpoint | null = null;
  #isClosed = false;
  #wake: () => void = () => {};

  constructor(sink: OutboxSink, options: { readonly limits?: BatchLimits } = {}) {
    this.#sink = sink;
    this.#limits = options.limits;
  }

  /** Takes an epoch; epochs come in order. */
  addEpoch(record: EpochRecord): void {
    this.#epochs.push(waitingEpoch(record));
    this.#wake();
  }

  /** Takes a checkpoint; one that still waits is out of date and is dropped. */
  addCheckpoint(checkpoint: SavedCheckpoint): void {
    this.#checkpoint = checkpoint;
    this.#wake();
  }

  /** Takes lanes that leave after an epoch. */
  addLeaving(lanes: SavedCheckpoint): void {
    this.#leaving.push(lanes);
    this.#wake();
  }

  /** Nothing comes any more: `run` ends when all is delivered. */
  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  /**
   * Delivers until closed and empty. Call once.
   * @throws {unknown} What the sink throws, or the signal's reason when it aborts.
   */
  async run(options: { readonly signal: AbortSignal }): Promise<void> {
    const { signal } = options;
    const wake = (): void => this.#wake();
    signal.addEventListener("abort", wake);
    try {
      while (true) {
        signal.throwIfAborted();
        if (await this.#deliverNext()) continue;
        // More may have come while the line above looked for something.
        if (!this.#isEmpty) continue;
        if (this.#isClosed) return;
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#wake = resolve;
        if (signal.aborted) resolve();
        await promise;
      }
    } finally {
      signal.removeEventListener("abort", wake);
    }
  }

  get #isEmpty(): boolean {
    return this.#epochs.length === 0 && this.#checkpoint === null && this.#leaving.length === 0;
  }

  /** Delivers the next message; false when there is none. */
  async #deliverNext(): Promise<boolean> {
    const checkpoint = this.#checkpoint;
    const oldest = this.#epochs[0];
    const leaving = this.#leaving[0];
    if (leaving !== undefined && (oldest === undefined || oldest.record.epoch > leaving.epoch)) {
      this.#leaving.shift();
      await this.#sink.detach(leaving);
      return true;
    }
    if (checkpoint !== null && (oldest === undefined || oldest.record.epoch > checkpoint.epoch)) {
      this.#checkpoint = null;
      await this.#sink.store(checkpoint);
      return true;
    }
    if (oldest === undefined) return false;
    const due = leaving === undefined
      ? this.#epochs
      : this.#epochs.filter(({ record }) => record.epoch <= leaving.epoch);
    const batch = this.#epochs.splice(0, batchLength(due, this.#limits));
    const decisions = await this.#sink.report(batch.map(({ record }) => record));
    this.#sink.decided(decisions, batch.at(-1)?.record.epoch ?? oldest.record.epoch);
    return true;
  }
}
