/**
 * Removes what a sweep has stored and does not need any more: the models that `supersededModels`
 * names and the files that `supersededCheckpoints` names; nothing else is ever removed here.
 */
import { getLogger } from "@logtape/logtape";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";
import { type Milliseconds, milliseconds } from "../core/domain/units.ts";
import type { ArtifactStore, Timers } from "../core/protocol/ports.ts";
import { modelArtifact } from "../core/protocol/subjects.ts";
import { supersededCheckpoints } from "./decisions/superseded_checkpoints.ts";
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
  readonly #removed = new Set<string>();
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
      const { counts: { completed, pruned }, retriedTrials } = ledger;
      const changes = completed + pruned + retriedTrials.length;
      if (signal.aborted || changes === this.#seen) continue;
      this.#seen = changes;
      const due = superseded(ledger);
      // What the journal does not have yet may never have happened.
      const reached = Promise.withResolvers<void>();
      const giveUp = (): void => reached.resolve();
      signal.addEventListener("abort", giveUp, { once: true });
      mark(giveUp);
      await reached.promise;
      signal.removeEventListener("abort", giveUp);
      await this.#remove(due, signal);
    }
  }

  /** Removes what is left over, if that takes no longer than a moment. Never rejects. */
  async finish(ledger: SweepLedger): Promise<void> {
    const overdue = new AbortController();
    const over = new AbortController();
    const { timers } = this.#options;
    const waiting = timers.sleep(LAST_WITHIN, { signal: over.signal }).catch(() => {});
    const removing = this.#remove(superseded(ledger), overdue.signal);
    await Promise.race([removing, waiting]);
    overdue.abort();
    over.abort();
  }

  async #remove(artifacts: readonly string[], signal: AbortSignal): Promise<void> {
    for (const artifact of artifacts) {
      if (signal.aborted) return;
      if (this.#removed.has(artifact)) continue;
      try {
        await this.#options.artifacts.remove(artifact);
        this.#removed.add(artifact);
      } catch (error) {
        if (!this.#hasWarned) logger.warn("Cannot remove artifacts: {error}", { error });
        this.#hasWarned = true;
        return;
      }
    }
  }
}

/** Names that are built here, or were checked when they were journalled. */
function superseded(ledger: SweepLedger): readonly string[] {
  const models = supersededModels(ledger).map((trial) => modelArtifact(ledger.id, trial));
  return [...models, ...supersededCheckpoints(ledger)];
}
