/** The schema of a journal entry and of every event in it. */
import { z } from "zod";
import type { ProposalNote } from "../domain/observation.ts";
import type {
  DatasetSummary,
  JournalEntry,
  NewPack,
  NewTrial,
  ReleaseCause,
  RungValue,
  SweepEvent,
  SweepEventType,
  Versions,
} from "../domain/sweep_event.ts";
import {
  attemptSchema,
  configurationIdSchema,
  countSchema,
  epochSchema,
  instantSchema,
  millisecondsSchema,
  packIdSchema,
  positiveSchema,
  sweepIdSchema,
  trialIdSchema,
  workerIdSchema,
} from "./id_schemas.ts";
import {
  artifactOrNoneSchema,
  checkpointRefSchema,
  deliverySchema,
  failureReasonSchema,
  laneReportsSchema,
  metricsSchema,
  objectiveSchema,
} from "./report_schema.ts";
import { hyperparametersSchema, sweepSpecSchema } from "./sweep_spec_schema.ts";

const versionsSchema: z.ZodType<Versions> = z.object({ trawl: z.string(), deno: z.string() });

/** The data of a sweep. */
export const datasetSchema: z.ZodType<DatasetSummary> = z.object({
  name: z.string(),
  digest: z.string(),
  features: countSchema,
  classes: z.array(z.string()),
  trainExamples: countSchema,
  validationExamples: countSchema,
  testExamples: countSchema,
});

/** Why a configuration was proposed. */
export const proposalNoteSchema: z.ZodType<ProposalNote> = z.object({
  sampler: z.string(),
  facts: z.record(z.string(), z.union([z.number(), z.string()])),
});

const rungValue = { epoch: epochSchema, values: z.array(z.number().nullable()) };

/** What a trial had reached at a rung. */
export const rungValueSchema: z.ZodType<RungValue> = z.object(rungValue);

const newTrialSchema: z.ZodType<NewTrial> = z.object({
  trial: trialIdSchema,
  configuration: configurationIdSchema,
  replicate: countSchema,
  hyperparameters: hyperparametersSchema,
  proposal: proposalNoteSchema.optional(),
  target: epochSchema.optional(),
  bracket: countSchema.optional(),
});

const newPackSchema: z.ZodType<NewPack> = z.object({
  pack: packIdSchema,
  trials: z.array(trialIdSchema),
});

const releaseCauseSchema: z.ZodType<ReleaseCause> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("leaseExpired") }),
  z.object({ kind: z.literal("returned"), message: z.string() }),
  z.object({ kind: z.literal("failed"), reason: failureReasonSchema }),
]);

const attemptOfPack = { pack: packIdSchema, attempt: attemptSchema };

/** One schema for each event; a new event without one does not compile. */
const eventSchemas = {
  sweepCreated: z.object({
    type: z.literal("sweepCreated"),
    sweep: sweepIdSchema,
    spec: sweepSpecSchema,
    dataset: datasetSchema,
    versions: versionsSchema,
  }),
  coordinatorStarted: z.object({
    type: z.literal("coordinatorStarted"),
    coordinator: z.string(),
    versions: versionsSchema,
  }),
  trialsQueued: z.object({ type: z.literal("trialsQueued"), trials: z.array(newTrialSchema) }),
  packsQueued: z.object({ type: z.literal("packsQueued"), packs: z.array(newPackSchema) }),
  packLeased: z.object({
    type: z.literal("packLeased"),
    ...attemptOfPack,
    worker: workerIdSchema,
    backend: z.string(),
    delivery: deliverySchema,
  }),
  epochReported: z.object({
    type: z.literal("epochReported"),
    ...attemptOfPack,
    epoch: epochSchema,
    lanes: laneReportsSchema,
    durationMs: millisecondsSchema,
  }),
  checkpointStored: z.object({
    type: z.literal("checkpointStored"),
    ...attemptOfPack,
    epoch: epochSchema,
    artifact: z.string(),
    trials: z.array(trialIdSchema),
  }),
  trialCompleted: z.object({
    type: z.literal("trialCompleted"),
    trial: trialIdSchema,
    ...attemptOfPack,
    epoch: epochSchema,
    objective: objectiveSchema,
    metrics: metricsSchema,
    result: artifactOrNoneSchema,
    model: artifactOrNoneSchema,
  }),
  trialFailed: z.object({
    type: z.literal("trialFailed"),
    trial: trialIdSchema,
    reason: failureReasonSchema,
  }),
  trialCancelled: z.object({
    type: z.literal("trialCancelled"),
    trial: trialIdSchema,
    by: z.string().optional(),
  }),
  rungReached: z.object({
    type: z.literal("rungReached"),
    trial: trialIdSchema,
    ...rungValue,
  }),
  trialPaused: z.object({
    type: z.literal("trialPaused"),
    trial: trialIdSchema,
    ...attemptOfPack,
    metrics: metricsSchema,
    artifact: z.string(),
    ...rungValue,
  }),
  trialPromoted: z.object({
    type: z.literal("trialPromoted"),
    trial: trialIdSchema,
    target: epochSchema.nullable(),
  }),
  trialPruned: z.object({
    type: z.literal("trialPruned"),
    trial: trialIdSchema,
    epoch: epochSchema,
    rung: countSchema,
    message: z.string(),
  }),
  trialExploited: z.object({
    type: z.literal("trialExploited"),
    trial: trialIdSchema,
    donor: trialIdSchema,
    checkpoint: checkpointRefSchema,
    hyperparameters: hyperparametersSchema,
    message: z.string(),
  }),
  trialRetried: z.object({
    type: z.literal("trialRetried"),
    trial: trialIdSchema,
    by: z.string(),
  }),
  packReleased: z.object({
    type: z.literal("packReleased"),
    ...attemptOfPack,
    cause: releaseCauseSchema,
  }),
  packSplit: z.object({
    type: z.literal("packSplit"),
    ...attemptOfPack,
    message: z.string(),
    into: z.array(newPackSchema),
  }),
  lanesDetached: z.object({
    type: z.literal("lanesDetached"),
    ...attemptOfPack,
    epoch: epochSchema,
    artifact: z.string(),
    trials: z.array(trialIdSchema),
    into: z.array(newPackSchema),
  }),
  lateMessageRejected: z.object({
    type: z.literal("lateMessageRejected"),
    ...attemptOfPack,
    worker: workerIdSchema,
    message: z.string(),
  }),
  workerQuarantined: z.object({
    type: z.literal("workerQuarantined"),
    worker: workerIdSchema,
    message: z.string(),
  }),
  drainAsked: z.object({
    type: z.literal("drainAsked"),
    worker: workerIdSchema,
    by: z.string(),
  }),
  roundDecided: z.object({
    type: z.literal("roundDecided"),
    round: positiveSchema,
    dropped: z.array(configurationIdSchema),
    raised: z.array(configurationIdSchema),
    replicates: countSchema,
    message: z.string(),
  }),
  sweepPaused: z.object({ type: z.literal("sweepPaused"), by: z.string() }),
  sweepResumed: z.object({ type: z.literal("sweepResumed"), by: z.string() }),
  sweepEnded: z.object({
    type: z.literal("sweepEnded"),
    outcome: z.enum(["completed", "failed", "cancelled"]),
    by: z.string(),
  }),
  sweepReopened: z.object({ type: z.literal("sweepReopened"), by: z.string() }),
  sweepExtended: z.object({
    type: z.literal("sweepExtended"),
    spec: sweepSpecSchema,
    by: z.string(),
  }),
} satisfies { readonly [T in SweepEventType]: z.ZodType<Extract<SweepEvent, { type: T }>> };

/** The names of all events. */
export const sweepEventTypes: readonly string[] = Object.keys(eventSchemas);

/** One fact of a sweep. */
export const sweepEventSchema: z.ZodType<SweepEvent> = z.discriminatedUnion("type", [
  eventSchemas.sweepCreated,
  eventSchemas.coordinatorStarted,
  eventSchemas.trialsQueued,
  eventSchemas.packsQueued,
  eventSchemas.packLeased,
  eventSchemas.epochReported,
  eventSchemas.checkpointStored,
  eventSchemas.trialCompleted,
  eventSchemas.trialFailed,
  eventSchemas.trialCancelled,
  eventSchemas.rungReached,
  eventSchemas.trialPaused,
  eventSchemas.trialPromoted,
  eventSchemas.trialPruned,
  eventSchemas.trialExploited,
  eventSchemas.trialRetried,
  eventSchemas.packReleased,
  eventSchemas.packSplit,
  eventSchemas.lanesDetached,
  eventSchemas.lateMessageRejected,
  eventSchemas.workerQuarantined,
  eventSchemas.drainAsked,
  eventSchemas.roundDecided,
  eventSchemas.sweepPaused,
  eventSchemas.sweepResumed,
  eventSchemas.sweepEnded,
  eventSchemas.sweepReopened,
  eventSchemas.sweepExtended,
]);

/** One message of a journal. */
export const journalEntrySchema: z.ZodType<JournalEntry> = z.object({
  v: z.literal(1),
  at: instantSchema,
  events: z.array(sweepEventSchema),
});
