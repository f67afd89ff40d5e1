/** The vocabulary of `early_terminate`: its types, their keys, limits and defaults. */
import type { SchedulerSpec } from "../../core/domain/scheduler_spec.ts";
import type { IntegerRange } from "./format.ts";

/** What `type` may say. */
export type SchedulerType = "none" | SchedulerSpec["type"];

/** The keys of each type beside `type`. */
export const SCHEDULER_KEYS: Readonly<Record<SchedulerType, readonly string[]>> = {
  none: [],
  median: ["min_epochs", "min_trials", "interval"],
  asha: ["variant", "min_epochs", "eta"],
  hyperband: ["min_epochs", "eta"],
  pbt: ["interval", "quantile", "resample", "factors"],
  patience: ["patience", "min_delta", "min_epochs"],
};
/** The types, in the order of documentation. */
export const SCHEDULER_TYPES: readonly SchedulerType[] = [
  "none",
  "median",
  "asha",
  "hyperband",
  "pbt",
  "patience",
];
/** W&B's own keys of its `hyperband`; one of them makes it W&B's. */
export const WANDB_HYPERBAND_KEYS: readonly string[] = ["min_iter", "max_iter", "s", "strict"];

/** The variants of asha; the first is the default. */
export const ASHA_VARIANTS: readonly ("promotion" | "stopping")[] = ["promotion", "stopping"];

/** Epochs and counts in here. */
export const POSITIVE: IntegerRange = { min: 1, max: 1_000_000 };
/** `eta`. */
export const ETA: IntegerRange & { readonly default: number } = { min: 2, max: 100, default: 3 };
/** `min_epochs`. */
export const MIN_EPOCHS: IntegerRange & { readonly default: number } = { ...POSITIVE, default: 1 };
/** `min_trials` of median stopping. */
export const MIN_TRIALS: IntegerRange & { readonly default: number } = { ...POSITIVE, default: 5 };
/** `interval` of median stopping. */
export const MEDIAN_INTERVAL: number = 1;
/** How often trials of population-based training look at each other on their way. */
export const PBT_EXCHANGES: number = 10;
/** Population-based training as Jaderberg et al. and Ray Tune have it. */
export const PBT: {
  readonly quantile: number;
  readonly resample: number;
  readonly factors: readonly number[];
} = { quantile: 0.25, resample: 0.25, factors: [0.8, 1.2] };
/** Parameters that can change while a trial is on its way. */
export const CHANGING_PARAMETERS: readonly string[] = ["lr", "momentum", "weight_decay"];
/** `patience`. */
export const PATIENCE: IntegerRange & { readonly default: number } = { ...POSITIVE, default: 5 };
/** `s` of W&B's hyperband. */
export const WANDB_BRACKETS: IntegerRange = { min: 1, max: 20 };
