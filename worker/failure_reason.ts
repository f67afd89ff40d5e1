/** What was thrown, as data: why an attempt ended without a result. */
import { clip, MAX_MESSAGE_LENGTH } from "../core/domain/clip.ts";
import type { FailureReason } from "../core/domain/trial.ts";
import { DatasetError } from "./datasets/dataset.ts";

/** How V8, WebAssembly and the backends say that memory is at its end. */
const OUT_OF_MEMORY_REGEXP =
  /out of memory|\bOOM\b|resource exhausted|allocation failed|(?:could not|failed to) allocate|cannot (?:enlarge|grow) memory|memory access out of bounds/i;

/** The reason that a thrown value stands for. */
export function failureReason(thrown: unknown): FailureReason {
  const told = thrown instanceof Error ? thrown.message : String(thrown);
  // A backend may throw a whole shader: the report of a failure must fit in a message.
  const message = clip(told, MAX_MESSAGE_LENGTH);
  if (thrown instanceof DatasetError) return { kind: "datasetUnavailable", message };
  return { kind: OUT_OF_MEMORY_REGEXP.test(told) ? "outOfMemory" : "exception", message };
}

/** The reason for which a job has no data: whatever opening them threw, they cannot be had here. */
export function datasetFailure(thrown: unknown): FailureReason {
  const reason = failureReason(thrown);
  return reason.kind === "outOfMemory" ? reason : { ...reason, kind: "datasetUnavailable" };
}
