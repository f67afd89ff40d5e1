/** Schemas of what workers measure: metrics, lanes, deliveries, reasons of failure. */
import { z } from "zod";
import type { ObjectiveValue } from "../domain/objective.ts";
import type { Delivery } from "../domain/pack.ts";
import type { CheckpointRef, LaneReport, Metrics } from "../domain/sweep_event.ts";
import type { FailureReason } from "../domain/trial.ts";
import { countSchema, epochSchema, positiveSchema, trialIdSchema } from "./id_schemas.ts";

/** Metric values by name; JSON has no other numbers than finite ones, and 1e999 is refused. */
export const metricsSchema: z.ZodType<Metrics> = z.record(z.string(), z.number());

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
