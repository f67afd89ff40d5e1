/**
 * The lanes of an attempt that were asked to leave for an idle slot: which are on their way, and
 * which are gone. A lane trains here until the coordinator has it in another pack; from then on
 * nothing that is said of it here counts, so nothing is said.
 */
import type { TrialId } from "../core/domain/ids.ts";
import type { EpochRecord, LaneDecision, LaneOutcome } from "../core/protocol/messages.ts";
import type { SavedCheckpoint } from "./outbox.ts";

/** The lanes of one attempt. */
export class LeavingLanes {
  readonly #asked = new Set<TrialId>();
  readonly #gone = new Set<TrialId>();

  /** The parts that are to leave now, without those on their way: every report asks for them again. */
  take(decisions: readonly LaneDecision[]): readonly (readonly TrialId[])[] {
    const fresh = decisions.filter((one) => one.decision === "detach")
      .filter(({ trial }) => !this.#asked.has(trial));
    for (const { trial } of fresh) this.#asked.add(trial);
    const parts = Map.groupBy(fresh, ({ part }) => part).values();
    return [...parts].map((part) => part.map(({ trial }) => trial));
  }

  /** They could not be stored: they stay, and may be asked again. */
  stay(trials: readonly TrialId[]): void {
    for (const trial of trials) this.#asked.delete(trial);
  }

  /** The coordinator has them in another pack. */
  leave(trials: readonly TrialId[]): void {
    for (const trial of trials) this.#gone.add(trial);
  }

  /** The epochs with the lanes that are still here; epochs of none are left out. */
  epochsHere(epochs: readonly EpochRecord[]): readonly EpochRecord[] {
    if (this.#gone.size === 0) return epochs;
    return epochs.map((record) => ({ ...record, lanes: this.#here(record.lanes) }))
      .filter(({ lanes }) => lanes.length > 0);
  }

  /** The outcomes of the lanes that are still here. */
  outcomesHere(lanes: readonly LaneOutcome[]): readonly LaneOutcome[] {
    return this.#here(lanes);
  }

  /** The checkpoint, or null if none of its lanes is still here. */
  checkpointHere(checkpoint: SavedCheckpoint): SavedCheckpoint | null {
    const trials = checkpoint.trials.filter((trial) => !this.#gone.has(trial));
    return trials.length === 0 ? null : { ...checkpoint, trials };
  }

  #here<Lane extends { readonly trial: TrialId }>(lanes: readonly Lane[]): readonly Lane[] {
    return lanes.filter(({ trial }) => !this.#gone.has(trial));
  }
}
