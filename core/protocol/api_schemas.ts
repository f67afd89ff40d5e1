/** The schemas of every request and of its answers, by verb. */
import { z } from "zod";
import {
  attemptSchema,
  countSchema,
  epochSchema,
  millisecondsSchema,
  packIdSchema,
  sweepIdSchema,
  trialIdSchema,
  workerIdSchema,
} from "./id_schemas.ts";
import type {
  ApiError,
  ApiReplies,
  ApiRequests,
  ApiVerb,
  EpochRecord,
  GrantedLane,
  LaneDecision,
  LaneOutcome,
} from "./messages.ts";
import {
  artifactOrNoneSchema,
  artifactSchema,
  checkpointRefSchema,
  deliverySchema,
  failureReasonSchema,
  laneReportsSchema,
  metricsSchema,
} from "./report_schema.ts";
import { hyperparametersSchema, sweepSpecSchema, taskSpecSchema } from "./sweep_spec_schema.ts";

const packRef = { v: z.literal(1), sweep: sweepIdSchema, pack: packIdSchema };
const attemptRef = { ...packRef, attempt: attemptSchema, worker: workerIdSchema };

const epochRecordSchema: z.ZodType<EpochRecord> = z.object({
  epoch: epochSchema,
  durationMs: millisecondsSchema,
  lanes: laneReportsSchema,
});

const laneOutcomeSchema: z.ZodType<LaneOutcome> = z.discriminatedUnion("kind", [
  z.object({
    trial: trialIdSchema,
    kind: z.literal("trained"),
    epoch: epochSchema,
    metrics: metricsSchema,
    result: artifactOrNoneSchema,
    model: artifactOrNoneSchema,
  }),
  z.object({ trial: trialIdSchema, kind: z.literal("diverged"), epoch: epochSchema }),
  z.object({
    trial: trialIdSchema,
    kind: z.literal("paused"),
    epoch: epochSchema,
    metrics: metricsSchema,
    artifact: artifactSchema,
  }),
]);

/** Lanes that are in the artifact store. */
const storedLanes: z.ZodType<ApiRequests["checkpointed"]> = z.object({
  ...attemptRef,
  epoch: epochSchema,
  artifact: artifactSchema,
  trials: z.array(trialIdSchema),
});

/** What each verb's request looks like. */
export const apiRequestSchemas: { readonly [V in ApiVerb]: z.ZodType<ApiRequests[V]> } = {
  claim: z.object({
    ...packRef,
    worker: workerIdSchema,
    backend: z.string(),
    delivery: deliverySchema,
  }),
  renew: z.object(attemptRef),
  report: z.object({ ...attemptRef, epochs: z.array(epochRecordSchema) }),
  checkpointed: storedLanes,
  detached: storedLanes,
  finished: z.object({ ...attemptRef, lanes: z.array(laneOutcomeSchema) }),
  failed: z.object({ ...attemptRef, reason: failureReasonSchema }),
  returned: z.object({ ...attemptRef, message: z.string() }),
  ping: z.object({ v: z.literal(1), sweep: sweepIdSchema }),
  control: z.object({
    v: z.literal(1),
    sweep: sweepIdSchema,
    action: z.enum(["pause", "resume", "stop"]),
    by: z.string(),
  }),
  stopTrials: z.object({
    v: z.literal(1),
    sweep: sweepIdSchema,
    trials: z.array(trialIdSchema),
    by: z.string(),
  }),
  drain: z.object({
    v: z.literal(1),
    sweep: sweepIdSchema,
    worker: workerIdSchema,
    by: z.string(),
  }),
  retry: z.object({
    v: z.literal(1),
    sweep: sweepIdSchema,
    trials: z.array(trialIdSchema).nullable(),
    by: z.string(),
  }),
  extend: z.object({
    v: z.literal(1),
    sweep: sweepIdSchema,
    spec: sweepSpecSchema,
    by: z.string(),
  }),
  enqueue: z.object({
    v: z.literal(1),
    sweep: sweepIdSchema,
    hyperparameters: hyperparametersSchema,
    by: z.string(),
  }),
};

const accepted = z.object({ type: z.literal("accepted") });
const fenced = z.object({ type: z.literal("fenced") });
const acceptedOrRefused = z.discriminatedUnion("type", [
  accepted,
  z.object({ type: z.literal("refused"), message: z.string() }),
]);
const acceptedOrFenced = z.discriminatedUnion("type", [accepted, fenced]);

const grantedLaneSchema: z.ZodType<GrantedLane> = z.object({
  trial: trialIdSchema,
  replicate: countSchema,
  hyperparameters: hyperparametersSchema,
  checkpoint: checkpointRefSchema.nullable(),
  isExploited: z.boolean().optional(),
});

const laneDecisionSchema: z.ZodType<LaneDecision> = z.discriminatedUnion("decision", [
  z.object({ trial: trialIdSchema, decision: z.enum(["continue", "pause", "stop"]) }),
  z.object({ trial: trialIdSchema, decision: z.literal("detach"), part: countSchema }),
]);

/** What each verb's answers look like. */
export const apiReplySchemas: { readonly [V in ApiVerb]: z.ZodType<ApiReplies[V]> } = {
  claim: z.discriminatedUnion("type", [
    z.object({
      type: z.literal("granted"),
      attempt: attemptSchema,
      seed: countSchema,
      task: taskSpecSchema,
      metric: z.string().optional(),
      objectives: z.array(z.string()).optional(),
      datasetDigest: z.string(),
      leaseMs: millisecondsSchema,
      lanes: z.array(grantedLaneSchema),
      until: epochSchema.optional(),
      waitAfter: z.array(epochSchema).optional(),
    }),
    z.object({ type: z.literal("alreadyOver") }),
    z.object({ type: z.literal("busy"), retryMs: millisecondsSchema }),
    z.object({ type: z.literal("quarantined"), message: z.string() }),
    z.object({ type: z.literal("draining") }),
    fenced,
  ]),
  renew: z.discriminatedUnion("type", [
    z.object({ type: z.literal("accepted"), drain: z.boolean().optional() }),
    fenced,
  ]),
  report: z.discriminatedUnion("type", [
    z.object({
      type: z.literal("decided"),
      decisions: z.array(laneDecisionSchema),
      drain: z.boolean().optional(),
    }),
    fenced,
  ]),
  checkpointed: acceptedOrFenced,
  detached: acceptedOrFenced,
  finished: acceptedOrFenced,
  failed: acceptedOrFenced,
  returned: acceptedOrFenced,
  ping: z.object({ type: z.literal("pong"), coordinator: z.string() }),
  control: acceptedOrRefused,
  stopTrials: acceptedOrRefused,
  drain: acceptedOrRefused,
  retry: acceptedOrRefused,
  extend: acceptedOrRefused,
  enqueue: acceptedOrRefused,
};

/** A request that could not be read or served. */
export const apiErrorSchema: z.ZodType<ApiError> = z.object({
  type: z.literal("error"),
  message: z.string(),
});
