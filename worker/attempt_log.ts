/** The last lines about an attempt, put into the artifact store now and then and at its end. */
import { getLogger } from "@logtape/logtape";
import {
  type AttemptLog,
  LOG_LINES_KEPT,
  LOG_TEXT_KEPT,
  type LogLevel,
  type LogLine,
  logText,
} from "../core/domain/attempt_log.ts";
import type { TrialId } from "../core/domain/ids.ts";
import { type Instant, type Milliseconds, milliseconds } from "../core/domain/units.ts";
import { LOG_LIMIT } from "../core/protocol/attempt_log_schema.ts";
import { encode } from "../core/protocol/codec.ts";
import type { AttemptRef } from "../core/protocol/messages.ts";
import type { ArtifactStore, Timers } from "../core/protocol/ports.ts";
import { logArtifact } from "../core/protocol/subjects.ts";

const logger = getLogger(["trawl", "worker", "log"]);

/** While an attempt goes on, its lines are stored no more often. */
const STORE_EVERY_MS = 5_000;
/** How long an attempt's end waits for its last lines to be stored. */
const LAST_STORE_MS: Milliseconds = milliseconds(2_000);

/** What a log needs. */
export interface AttemptLogOptions {
  readonly artifacts: Pick<ArtifactStore, "put">;
  readonly timers: Timers;
  readonly ref: Pick<AttemptRef, "sweep" | "pack" | "attempt">;
}

/**
 * A bounded log. Nothing that goes wrong here is told to anybody but the worker's own log: an attempt
 * must not depend on what is written about it.
 */
export class AttemptLogbook {
  readonly #options: AttemptLogOptions;
  readonly #counts = new Map<TrialId | null, number>();
  #lines: LogLine[] = [];
  #length = 0;
  #storedAt: Instant;
  #isNew = false;
  #isRefused = false;
  #storing: Promise<void> | null = null;

  constructor(options: AttemptLogOptions) {
    this.#options = options;
    this.#storedAt = options.timers.now();
  }

  /** Writes a line about one trial, or about all of the pack. */
  write(level: LogLevel, text: string, trial: TrialId | null = null): void {
    const line = { at: this.#options.timers.now(), level, text: logText(text), trial };
    this.#lines.push(line);
    this.#length += line.text.length;
    this.#counts.set(trial, (this.#counts.get(trial) ?? 0) + 1);
    while (this.#lines.length > LOG_LINES_KEPT || this.#length > LOG_TEXT_KEPT) {
      this.#length -= this.#lines.shift()?.text.length ?? 0;
    }
    this.#isNew = true;
    this.storeIfDue();
  }

  /** Stores what is new, unless that has been done lately. */
  storeIfDue(): void {
    const isDue = this.#options.timers.now() - this.#storedAt >= STORE_EVERY_MS;
    if (!isDue || !this.#isNew || this.#storing !== null) return;
    this.#storing = this.#store().finally(() => this.#storing = null);
  }

  /** Stores the last lines, if the store takes them soon. Never rejects. */
  async close(): Promise<void> {
    const over = new AbortController();
    const late = this.#options.timers.sleep(LAST_STORE_MS, { signal: over.signal })
      .catch(() => {});
    const stored = Promise.resolve(this.#storing).then(() => this.#store());
    await Promise.race([stored, late]);
    over.abort();
  }

  get #file(): AttemptLog {
    const counts = [...this.#counts].map(([trial, lines]) => ({ trial, lines }));
    return { v: 1, lines: this.#lines, counts };
  }

  async #store(): Promise<void> {
    if (!this.#isNew) return;
    const { artifacts, ref, timers } = this.#options;
    this.#isNew = false;
    this.#storedAt = timers.now();
    try {
      const data = encode(this.#file, { limit: LOG_LIMIT });
      await artifacts.put(logArtifact(ref.sweep, ref), data);
      this.#isRefused = false;
    } catch (error) {
      this.#isNew = true;
      // Its server may be back soon. That it was away is worth one line.
      if (this.#isRefused) return;
      this.#isRefused = true;
      logger.warn("Cannot store the log of pack {pack}: {error}", { ...ref, error });
    }
  }
}
