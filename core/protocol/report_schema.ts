/** Schemas of what workers measure: metrics, lanes, deliveries, reasons of failure. */
import { z } from "zod";
import type { ObjectiveValue } from "../domain/objective.ts";
import type { Delivery } from "../domain/pack.ts";
import type { CheckpointRef, LaneReport, Metrics } from "../domain/sweep_event.ts";
import type { FailureReason } from "../domain/trial.ts";
import { countSchema, epochSchema, positiveSchema, trialIdSchema } from "./id_schemas.ts";

/** Metrics of one lane at most: a trainer has about ten. */
const MAX_METRICS = 64;
const MAX_METRIC_NAME_LENGTH = 64;

/**
 * Metric values by name; `1e999`, which JSON reads as infinity, is refused. Checked by hand because
 * a report has one for each lane: `z.record` copies it, and took half the time of decoding.
 */
export const metricsSchema: z.ZodType<Metrics> = z.custom<Metrics>(isMetrics, {
  error: `metrics must be at most ${MAX_METRICS} finite numbers by short names`,
});

/** What one lane measured in one epoch. */
export const laneReportSchema: z.ZodType<LaneReport> = z.discriminatedUnion("kind", [
  z.object({ trial: trialIdSchema, kind: z.literal("measured"), metrics: metricsSchema }),
  z.object({ trial: trialIdSchema, kind: z.literal("diverged") }),
]);

/** A trial's result on the objective metric. */
export const objectiveSchema: z.ZodType<ObjectiveValue> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("finite"), value: z.number() }),
  z.object({ kind: z.literal("diverged") }),
]);

/** Which delivery of a lease message. */
export const deliverySchema: z.ZodType<Delivery> = z.object({
  sequence: countSchema,
  count: positiveSchema,
});

/** Why an attempt ended without a result. */
export const failureReasonSchema: z.ZodType<FailureReason> = z.object({
  kind: z.enum(["outOfMemory", "exception", "leaseLost", "datasetUnavailable"]),
  message: z.string(),
});

/** Where a trial can go on from. */
export const checkpointRefSchema: z.ZodType<CheckpointRef> = z.object({
  epoch: epochSchema,
  artifact: z.string(),
});

function isMetrics(value: unknown): value is Metrics {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= MAX_METRICS &&
    entries.every(([name, number]) =>
      name.length <= MAX_METRIC_NAME_LENGTH && Number.isFinite(number)
    );
}
