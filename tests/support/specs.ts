/** Small sweeps for tests: complete specs, with what a test wants to differ. */
import type { SweepId } from "../../core/domain/ids.ts";
import { parseSweepId } from "../../core/domain/ids.ts";
import type { DatasetSummary, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";

/** A grid of two learning rates by two widths over two epochs of MNIST. */
export function specOf(change: Partial<SweepSpec> = {}): SweepSpec {
  return {
    name: "small",
    description: null,
    seed: 1,
    task: { dataset: "mnist", validation: { kind: "cut", fraction: 0.2 }, trainExamples: 500 },
    method: "grid",
    metric: { name: "val_accuracy", goal: "maximize" },
    replicates: 1,
    runCap: null,
    maxLanes: 1,
    maxAttempts: 3,
    parameters: [
      { name: "lr", domain: { kind: "values", values: [0.05, 0.2] } },
      { name: "hidden_width", domain: { kind: "values", values: [8, 16] } },
      { name: "epochs", domain: { kind: "values", values: [2] } },
    ],
    ...change,
  };
}

/** Data that a test need not open. */
export const DATASET: DatasetSummary = {
  name: "mnist",
  digest: "00",
  features: 784,
  classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  trainExamples: 400,
  validationExamples: 100,
  testExamples: 10_000,
};

/** The first event of a sweep. */
export function sweepCreated(
  spec: SweepSpec = specOf(),
  sweep: SweepId = parseSweepId("small-1"),
): Extract<SweepEvent, { type: "sweepCreated" }> {
  return {
    type: "sweepCreated",
    sweep,
    spec,
    dataset: DATASET,
    versions: { trawl: "0.0.0-test", deno: "2" },
  };
}
