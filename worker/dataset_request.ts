/** The data that a sweep's task asks for, in the words of `datasets/`. */
import type { DataTask } from "../core/domain/sweep_spec.ts";
import type { DatasetRequest } from "./datasets/open_dataset.ts";

/** The request for a task's data; `seed` is the sweep's. */
export function datasetRequestOf(task: DataTask, seed: number): DatasetRequest {
  const { validation, trainExamples, ...data } = task;
  return {
    ...data,
    seed,
    validation: validation.kind === "test" ? "test" : validation.fraction,
    ...(trainExamples === null ? {} : { trainExamples }),
  };
}
