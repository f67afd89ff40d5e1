/** What a sampler is told of the configurations that were asked for, and what it answers. */
import type { Hyperparameters } from "./hyperparameters.ts";
import type { ConfigurationId } from "./ids.ts";

/** One configuration and what came of it; a later observation of it takes its place. */
export interface Observation {
  readonly configuration: ConfigurationId;
  /** Of its first trial as it was asked for; parameters whose conditions do not hold are absent. */
  readonly hyperparameters: Hyperparameters;
  readonly outcome: ObservedOutcome;
}

/**
 * How a configuration did, the mean over its replicates. Losses are the objectives in their order,
 * smaller always better; Infinity where a replicate diverged.
 */
export type ObservedOutcome =
  /** On its way, and nothing is known yet. */
  | { readonly kind: "pending" }
  | { readonly kind: "completed"; readonly losses: readonly number[] }
  /** Stopped or paused at a rung: its losses there. */
  | { readonly kind: "stopped"; readonly losses: readonly number[]; readonly epoch: number }
  | { readonly kind: "failed" };

/** A configuration that is proposed. */
export interface Proposal {
  readonly hyperparameters: Hyperparameters;
  readonly note: ProposalNote;
}

/** Why it is proposed: for people, kept in the journal. */
export interface ProposalNote {
  /** `random`, `sobol`, `tpe`, `manual`, …. */
  readonly sampler: string;
  /** What it rested on: `completed`, `stopped`, `pending`, `acquisition`, …. */
  readonly facts: Readonly<Record<string, number | string>>;
}
