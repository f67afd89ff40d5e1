/** A trial as a ledger has it. */
import type { Hyperparameters } from "./hyperparameters.ts";
import type { ConfigurationId, PackId, TrialId, WorkerId } from "./ids.ts";
import type { CheckpointRef, Metrics, NewTrial } from "./sweep_event.ts";
import type { TrialState } from "./trial.ts";

/** A trial with everything that the journal says of it now. */
export interface Trial {
  readonly id: TrialId;
  readonly configuration: ConfigurationId;
  readonly replicate: number;
  readonly hyperparameters: Hyperparameters;
  readonly state: TrialState;
  /** Claims granted so far. */
  readonly attempts: number;
  /** Attempts whose training threw, since it was asked for or last retried. */
  readonly crashes: number;
  /** Attempts whose holder fell silent, since then. Given back ones are neither. */
  readonly lostLeases: number;
  /** The pack it is in, once packed. */
  readonly pack: PackId | null;
  /** Where the next attempt goes on from. */
  readonly checkpoint: CheckpointRef | null;
  /** The latest metrics: of the last epoch reported, then the final ones. */
  readonly metrics: Metrics;
  /** The last worker and backend that trained it. */
  readonly worker: WorkerId | null;
  readonly backend: string | null;
  /** What it has left in the artifact store, by name; the model may have been removed since. */
  readonly result: string | null;
  readonly model: string | null;
}

/** A trial that was just asked for. */
export function askedTrial(asked: NewTrial): Trial {
  return {
    id: asked.trial,
    configuration: asked.configuration,
    replicate: asked.replicate,
    hyperparameters: asked.hyperparameters,
    state: { status: "queued" },
    attempts: 0,
    crashes: 0,
    lostLeases: 0,
    pack: null,
    checkpoint: null,
    metrics: {},
    worker: null,
    backend: null,
    result: null,
    model: null,
  };
}
