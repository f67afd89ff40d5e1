/** What somebody wanted of single trials and workers: a fold of it, as the ledger has it. */
import type { TrialId, WorkerId } from "./ids.ts";
import type { TrialState } from "./trial.ts";

/** The interventions in one sweep. Only its ledger changes them. */
export class Interventions {
  readonly #withdrawn: TrialId[] = [];
  readonly #draining = new Set<WorkerId>();
  #isStopBegun = false;

  /** Trials that somebody stopped, each alone, in the order of that; restored: in that of ids. */
  get withdrawnTrials(): readonly TrialId[] {
    return this.#withdrawn;
  }
  /** Workers that somebody wants to end: they get no more packs. */
  get draining(): ReadonlySet<WorkerId> {
    return this.#draining;
  }
  /** Whether a stop of the whole sweep has cancelled trials: its end is on its way. */
  get isStopBegun(): boolean {
    return this.#isStopBegun;
  }

  /** A trial is in this state now. */
  noteTrial({ id, state }: { readonly id: TrialId; readonly state: TrialState }): void {
    if (state.status !== "cancelled") return;
    if (state.by === undefined) this.#isStopBegun = true;
    else this.#withdrawn.push(id);
  }

  /** Somebody wants these workers to end. */
  noteDrain(workers: readonly WorkerId[]): void {
    for (const worker of workers) this.#draining.add(worker);
  }

  /** For a snapshot; nothing where nobody was asked to end. */
  state(): { readonly draining?: readonly WorkerId[] } {
    return this.#draining.size === 0 ? {} : { draining: [...this.#draining] };
  }
}
