/** What the control plane is loaded with: a sweep of made-up trials. */
import type { DatasetSummary } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { type Milliseconds, milliseconds } from "../../core/domain/units.ts";

/** Long enough for a machine that does something else meanwhile. */
export const LEASE_MS: Milliseconds = milliseconds(30_000);

/** What is run. */
export interface Load {
  /** The sweep's id. */
  readonly name: string;
  readonly trials: number;
  readonly maxLanes: number;
  /** Reports of each pack, one for each epoch. */
  readonly epochs: number;
  /** Worker processes of one slot. */
  readonly workers: number;
}

/** Data that nobody opens. */
export const madeUpDataset: DatasetSummary = {
  name: "mnist",
  digest: "00",
  features: 784,
  classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  trainExamples: 400,
  validationExamples: 100,
  testExamples: 10_000,
};

/** The sweep of a load: every trial has a learning rate of its own, and all can share packs. */
export function specOf({ name, trials, maxLanes, epochs }: Omit<Load, "workers">): SweepSpec {
  return {
    name,
    description: null,
    seed: 1,
    task: { dataset: "mnist", validation: { kind: "cut", fraction: 0.2 }, trainExamples: 500 },
    method: "random",
    metric: { name: "val_accuracy", goal: "maximize" },
    replicates: 1,
    runCap: trials,
    maxLanes,
    maxAttempts: 3,
    parameters: [
      { name: "lr", domain: { kind: "float", scale: "log", min: 0.0005, max: 0.05 } },
      { name: "hidden_width", domain: { kind: "values", values: [8, 16, 32] } },
      { name: "epochs", domain: { kind: "values", values: [epochs] } },
    ],
  };
}
