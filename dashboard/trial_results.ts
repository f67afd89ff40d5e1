/** The result files of trials, the last few of them remembered: a page and its pictures share one. */
import type { SweepId } from "../core/domain/ids.ts";
import type { Trial } from "../core/domain/sweep_ledger.ts";
import type { TrialResult } from "../core/domain/trial_result.ts";
import { bytes } from "../core/domain/units.ts";
import { MODEL_LIMIT } from "../core/protocol/model_file.ts";
import type { ArtifactStore } from "../core/protocol/ports.ts";
import { type LoggedAttempt, readTrialLines, type TrialLines } from "../core/views/trial_log.ts";
import { readTrialResult } from "../core/views/trial_files.ts";

/** Files that are remembered. */
const REMEMBERED = 8;

/** What trials have left in the artifact store. */
export class TrialResults {
  readonly #artifacts: Pick<ArtifactStore, "get">;
  readonly #known = new Map<string, Promise<TrialResult | null>>();

  constructor(artifacts: Pick<ArtifactStore, "get">) {
    this.#artifacts = artifacts;
  }

  /** A trial's result; null if it has none. Rejects as {@link readTrialResult} does. */
  async of(trial: Pick<Trial, "result">): Promise<TrialResult | null> {
    if (trial.result === null) return null;
    const known = this.#known.get(trial.result);
    if (known !== undefined) return await known;
    const [oldest] = this.#known.keys();
    if (this.#known.size >= REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    const reading = readTrialResult(this.#artifacts, trial);
    this.#known.set(trial.result, reading);
    try {
      const result = await reading;
      if (result === null) this.#known.delete(trial.result);
      return result;
    } catch (error) {
      this.#known.delete(trial.result);
      throw error;
    }
  }

  /** The last lines about a trial in the logs of these attempts. */
  async linesOf(
    sweep: SweepId,
    { id: trial }: Pick<Trial, "id">,
    attempts: readonly LoggedAttempt[],
  ): Promise<TrialLines> {
    return await readTrialLines(this.#artifacts, { sweep, trial, attempts });
  }

  /** The file of a trial's model; null if none was kept. */
  async modelFile({ model }: Pick<Trial, "model">): Promise<Uint8Array | null> {
    return model === null ? null : await this.#artifacts.get(model, { limit: MODEL_LIMIT });
  }

  /** Whether there is such a file. Nothing is loaded: every file is larger than the limit. */
  async hasModel({ model }: Pick<Trial, "model">): Promise<boolean> {
    if (model === null) return false;
    try {
      return await this.#artifacts.get(model, { limit: bytes(0) }) !== null;
    } catch (error) {
      return error instanceof RangeError;
    }
  }
}
