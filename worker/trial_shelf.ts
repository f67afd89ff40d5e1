/** Puts what trials leave behind into the artifact store, before anybody is told that it is there. */
import { getLogger } from "@logtape/logtape";
import type { SweepId, TrialId } from "../core/domain/ids.ts";
import type { ArtifactStore, Waiting } from "../core/protocol/ports.ts";
import { modelArtifact, resultArtifact } from "../core/protocol/subjects.ts";
import type { TrialFiles } from "./trial_files.ts";

const logger = getLogger(["trawl", "worker", "trial"]);

/** What a shelf needs. */
export interface TrialShelfOptions {
  readonly artifacts: Pick<ArtifactStore, "put">;
  readonly sweep: SweepId;
  /** Told of each file that was stored. */
  readonly onStored: () => void;
}

/** The names under which a trial's files are in the store; null where one is not. */
export interface StoredFiles {
  readonly result: string | null;
  readonly model: string | null;
}

/** Stores the files of an attempt's trials. */
export class TrialShelf {
  readonly #options: TrialShelfOptions;
  #isBroken = false;

  constructor(options: TrialShelfOptions) {
    this.#options = options;
  }

  /**
   * Stores all of them, one after the other. The first one that is refused is the last one tried:
   * results matter more than what they look like, and must not wait for a store that does not work.
   * @throws {unknown} The signal's reason, when it aborts.
   */
  async store(
    files: readonly TrialFiles[],
    { signal }: Required<Waiting>,
  ): Promise<ReadonlyMap<TrialId, StoredFiles>> {
    const { sweep } = this.#options;
    const stored = new Map<TrialId, StoredFiles>();
    for (const { trial, result, model } of files) {
      signal.throwIfAborted();
      stored.set(trial, {
        result: await this.#put(resultArtifact(sweep, trial), result),
        model: await this.#put(modelArtifact(sweep, trial), model),
      });
    }
    signal.throwIfAborted();
    return stored;
  }

  /** The name, once the store has the file. */
  async #put(name: string, data: Uint8Array | null): Promise<string | null> {
    if (data === null || this.#isBroken) return null;
    try {
      await this.#options.artifacts.put(name, data);
      this.#options.onStored();
      return name;
    } catch (error) {
      this.#isBroken = true;
      logger.warn("Cannot store {name}, nor what follows it: {error}", { name, error });
      return null;
    }
  }
}
