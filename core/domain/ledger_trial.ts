/** A trial as a ledger has it. */
import type { Hyperparameters } from "./hyperparameters.ts";
import type { ConfigurationId, PackId, SweepId, TrialId, WorkerId } from "./ids.ts";
import type { ProposalNote } from "./observation.ts";
import type {
  CheckpointRef,
  LaneReport,
  Metrics,
  NewTrial,
  ReleaseCause,
  RungValue,
  SweepEvent,
} from "./sweep_event.ts";
import type { TrialState } from "./trial.ts";
import type { Epoch } from "./units.ts";

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
  /** Why it was proposed, where that is known. */
  readonly proposal?: ProposalNote | undefined;
  /** The epoch at which it waits for the scheduler; absent: it trains to its end. */
  readonly target?: Epoch | undefined;
  readonly bracket?: number | undefined;
  /** What it had reached at each rung that it passed; absent: it has passed none. */
  readonly rungs?: readonly RungValue[] | undefined;
  /** Its own states when it was paused, oldest first; absent: it never was. */
  readonly parked?: readonly CheckpointRef[] | undefined;
  /** The epoch after which its worker told that it has diverged; absent: it has not. */
  readonly divergedAt?: Epoch | undefined;
  /** What it was proposed with, if it has taken over another configuration since; absent: it has not. */
  readonly proposed?: Hyperparameters | undefined;
  /** Whether it has taken over another trial's weights; absent: no. */
  readonly isExploited?: boolean | undefined;
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
    ...(asked.proposal === undefined ? {} : { proposal: asked.proposal }),
    ...(asked.target === undefined ? {} : { target: asked.target }),
    ...(asked.bracket === undefined ? {} : { bracket: asked.bracket }),
  };
}

/** Checks that the trial is the next one. @throws {RangeError} If it is not. */
export function followsLast(
  { trial }: NewTrial,
  { id, trials }: { readonly id: SweepId; readonly trials: readonly Trial[] },
): void {
  if (trial === trials.length) return;
  throw new RangeError(`Cannot queue trial ${trial} of "${id}": it is out of order`);
}

/** The configuration that the trial was asked for: by this it is known that it was. */
export function proposedOf({ proposed, hyperparameters }: Trial): Hyperparameters {
  return proposed ?? hyperparameters;
}

/** What is new of a trial that a worker has claimed. */
export function whenLeased(
  { attempts, divergedAt }: Trial,
  { worker, backend }: Pick<Extract<SweepEvent, { type: "packLeased" }>, "worker" | "backend">,
): Partial<Trial> {
  const leased = { attempts: attempts + 1, worker, backend };
  // Who trains it anew may find that it does not diverge.
  return divergedAt === undefined ? leased : { ...leased, divergedAt: undefined };
}

/** What is new of a trial whose attempt ended without a result; one that was given back lost nothing. */
export function whenReleased(
  { crashes, lostLeases }: Trial,
  { kind }: ReleaseCause,
): Partial<Trial> {
  if (kind === "failed") return { crashes: crashes + 1 };
  return kind === "leaseExpired" ? { lostLeases: lostLeases + 1 } : {};
}

/** What is new of a trial by its worker's report. */
export function whenReported(
  lane: LaneReport,
  { epoch }: { readonly epoch: Epoch },
): Pick<Trial, "metrics"> | Pick<Trial, "divergedAt"> {
  return lane.kind === "measured" ? { metrics: lane.metrics } : { divergedAt: epoch };
}
