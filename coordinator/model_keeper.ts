/** Removes the models of a sweep that `supersededModels` names; nothing else is ever removed here. */
import { getLogger } from "@logtape/logtape";
import type { TrialId } from "../core/domain/ids.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";
import { type Milliseconds, milliseconds } from "../core/domain/units.ts";
import type { ArtifactStore, Timers } from "../core/protocol/ports.ts";
import { modelArtifact } from "../core/protocol/subjects.ts";
import { supersededModels } from "./decisions/superseded_models.ts";
import type { SnapshotSource } from "./recovery/snapshot_keeper.ts";

const logger = getLogger(["trawl", "coordinator"]);
/** How often it is looked for models to remove; ranking thousands of trials takes a while. */
const EVERY: Milliseconds = milliseconds(5_000);
/** How long the last look may hold up a coordinator that ends. */
const LAST_WITHIN: Milliseconds = milliseconds(3_000);

/** What a keeper works with. */
export interface ModelKeeperOptions {
  readonly artifacts: Pick<ArtifactStore, "remove">;
  readonly timers: Timers;
}

/** The keeper of one sweep's models. */
export class ModelKeeper {
  readonly #options: ModelKeeperOptions;
  readonly #removed = new Set<TrialId>();
  #seen = 0;
  #hasWarned = false;

  constructor(options: ModelKeeperOptions) {
    this.#options = options;
  }

  /** Removes from time to time what is of no use any more, until the signal aborts. Never rejects. */
  async run({ ledger, mark }: SnapshotSource, signal: AbortSignal): Promise<void> {
    const { timers } = this.#options;
    while (!signal.aborted) {
      await timers.sleep(EVERY, { signal }).catch(() => {});
      if (signal.aborted || ledger.counts.completed === this.#seen) continue;
      this.#seen = ledger.counts.completed;
      const due = supersededModels(ledger);
      // What the journal does not have yet may never have happened.
      const reached = Promise.withResolvers<void>();
      const giveUp = (): void => reached.resolve();
      signal.addEventListener("abort", giveUp, { once: true });
      mark(giveUp);
      await reached.promise;
      signal.removeEventListener("abort", giveUp);
      await this.#remove(ledger, due, signal);
    }
  }

  /** Removes what is left over, if that takes no longer than a moment. Never rejects. */
  async finish(ledger: SweepLedger): Promise<void> {
    const overdue = new AbortController();
    const over = new AbortController();
    const { timers } = this.#options;
    const waiting = timers.sleep(LAST_WITHIN, { signal: over.signal }).catch(() => {});
    const removing = this.#remove(ledger, supersededModels(ledger), overdue.signal);
    await Promise.race([removing, waiting]);
    overdue.abort();
    over.abort();
  }

  async #remove(
    { id }: SweepLedger,
    trials: readonly TrialId[],
    signal: AbortSignal,
  ): Promise<void> {
    for (const trial of trials) {
      if (signal.aborted) return;
      if (this.#removed.has(trial)) continue;
      try {
        // The name is built here: whatever else a journal names is left alone.
        await this.#options.artifacts.remove(modelArtifact(id, trial));
        this.#removed.add(trial);
      } catch (error) {
        if (!this.#hasWarned) logger.warn("Cannot remove models: {error}", { error });
        this.#hasWarned = true;
        return;
      }
    }
  }
}
