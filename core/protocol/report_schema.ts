/** Schemas of what workers measure: metrics, lanes, deliveries, reasons of failure. */
import { z } from "zod";
import type { ObjectiveValue } from "../domain/objective.ts";
import type { Delivery } from "../domain/pack.ts";
import type { CheckpointRef, LaneReport, Metrics } from "../domain/sweep_event.ts";
import type { TrialId } from "../domain/ids.ts";
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

const strictLanesSchema = z.array(laneReportSchema);

/**
 * What the lanes of a pack measured in one epoch: `laneReportSchema` for each, read by hand where
 * nothing is wrong, because a report is nearly all lanes.
 */
export const laneReportsSchema: z.ZodType<readonly LaneReport[]> = z.unknown().transform(
  (value, context) => {
    const lanes = readLanes(value);
    if (lanes !== null) return lanes;
    const parsed = strictLanesSchema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) {
      context.addIssue({ code: "custom", path, message });
    }
    return z.NEVER;
  },
);

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

/** No artifact store takes a longer name. */
const MAX_ARTIFACT_NAME_LENGTH = 256;

/** The name of an artifact. */
export const artifactSchema: z.ZodType<string> = z.string().max(MAX_ARTIFACT_NAME_LENGTH);

/** The same or nothing; what was written before there were such artifacts has nothing. */
export const artifactOrNoneSchema: z.ZodType<string | null> = artifactSchema.nullable().default(
  null,
);

/** Where a trial can go on from. */
export const checkpointRefSchema: z.ZodType<CheckpointRef> = z.object({
  epoch: epochSchema,
  artifact: z.string(),
  lane: trialIdSchema.optional(),
});

function isMetrics(value: unknown): value is Metrics {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const metrics = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(metrics);
  if (names.length > MAX_METRICS) return false;
  for (const name of names) {
    if (name.length > MAX_METRIC_NAME_LENGTH || !Number.isFinite(metrics[name])) return false;
  }
  return true;
}

/** The lanes, or null if one of them must be looked at more closely. */
function readLanes(value: unknown): readonly LaneReport[] | null {
  if (!Array.isArray(value)) return null;
  const lanes: LaneReport[] = [];
  for (const item of value as readonly unknown[]) {
    if (typeof item !== "object" || item === null) return null;
    const { trial, kind, metrics } = item as Partial<Record<string, unknown>>;
    if (kind !== "measured" || !isTrialId(trial) || !isMetrics(metrics)) return null;
    lanes.push({ trial, kind, metrics });
  }
  return lanes;
}

function isTrialId(value: unknown): value is TrialId {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
