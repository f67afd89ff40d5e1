/** One attempt of one pack: what it is granted, what it works with, what bounds it, how it ends. */
import type { FailureReason } from "../core/domain/trial.ts";
import type { Instant, Milliseconds } from "../core/domain/units.ts";
import type { ApiReplies, AttemptRef, LaneOutcome } from "../core/protocol/messages.ts";
import type { ApiClient, ArtifactStore, HeldLease, Timers } from "../core/protocol/ports.ts";
import type { TrainingThread } from "./training_thread.ts";
import type { ModuleStore } from "./user_module/module_store.ts";

/** The answer that starts an attempt. */
export type Grant = Extract<ApiReplies["claim"], { readonly type: "granted" }>;

/** An attempt that was granted, with the lease message in hand. */
export interface GrantedAttempt {
  readonly ref: AttemptRef;
  readonly grant: Grant;
  readonly lease: HeldLease;
  /** When the claim that was granted had been sent. */
  readonly claimedAt: Instant;
}

/** What an attempt works with. */
export interface SlotDeps {
  readonly api: ApiClient;
  readonly artifacts: ArtifactStore;
  readonly timers: Timers;
  readonly thread: TrainingThread;
  readonly modules: Pick<ModuleStore, "load">;
}

/** What bounds an attempt. */
export interface SlotOptions {
  /** Aborts when the pack is to be given back with a checkpoint. */
  readonly drain: AbortSignal;
  /** Aborts when everything ends at once. */
  readonly stop: AbortSignal;
  /** Called when the coordinator says that somebody wants the worker to end. */
  readonly onDrainAsked: () => void;
  /** How long training may show no sign of life. */
  readonly maxSilenceMs: Milliseconds;
  /** Told the optimizer steps of each finished epoch, summed over the lanes. */
  readonly onLaneSteps: (steps: number) => void;
}

/** How an attempt ended for its worker. */
export type AttemptEnd =
  | { readonly kind: "finished"; readonly lanes: readonly LaneOutcome[] }
  | { readonly kind: "failed"; readonly reason: FailureReason }
  /** Given back: the next attempt goes on from its checkpoint. */
  | { readonly kind: "returned" }
  /** The coordinator said, or the clock did, that the pack is somebody else's. */
  | { readonly kind: "fenced" | "lost" }
  /** Everything had to end at once. */
  | { readonly kind: "stopped" };
