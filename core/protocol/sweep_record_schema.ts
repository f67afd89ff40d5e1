/** The schemas of a line of the index and of a snapshot. Keys stand in the order of the ledger's. */
import { z } from "zod";
import type { PackState } from "../domain/pack.ts";
import type { SweepStatus } from "../domain/sweep.ts";
import type { QuarantineState } from "../domain/quarantine.ts";
import type { LedgerCounts, LedgerSnapshot, Pack, Trial } from "../domain/sweep_ledger.ts";
import type { SweepTimes } from "../domain/sweep_times.ts";
import type { TrialState } from "../domain/trial.ts";
import {
  attemptSchema,
  configurationIdSchema,
  countSchema,
  epochSchema,
  instantSchema,
  millisecondsSchema,
  packIdSchema,
  sweepIdSchema,
  trialIdSchema,
  workerIdSchema,
} from "./id_schemas.ts";
import { datasetSchema, proposalNoteSchema, rungValueSchema } from "./journal_schema.ts";
import {
  artifactOrNoneSchema,
  checkpointRefSchema,
  deliverySchema,
  failureReasonSchema,
  metricsSchema,
  objectiveSchema,
} from "./report_schema.ts";
import type { SnapshotRef, SweepRecord, SweepSnapshot } from "./sweep_record.ts";
import { hyperparametersSchema, sweepSpecSchema } from "./sweep_spec_schema.ts";

const statusSchema: z.ZodType<SweepStatus> = z.enum([
  "running",
  "paused",
  "completed",
  "failed",
  "cancelled",
]);

const countsSchema: z.ZodType<LedgerCounts> = z.object({
  queued: countSchema,
  running: countSchema,
  paused: countSchema,
  completed: countSchema,
  pruned: countSchema,
  failed: countSchema,
  cancelled: countSchema,
  asked: countSchema,
});

const timesSchema: z.ZodType<SweepTimes> = z.object({
  createdAt: instantSchema,
  updatedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  idleMs: millisecondsSchema,
});

const snapshotRefSchema: z.ZodType<SnapshotRef> = z.object({
  sequence: countSchema,
  artifact: z.string(),
  digest: z.string(),
});

/** A line of the index. */
export const sweepRecordSchema: z.ZodType<SweepRecord> = z.object({
  v: z.literal(1),
  sweep: sweepIdSchema,
  name: z.string(),
  state: statusSchema,
  trials: countsSchema,
  times: timesSchema,
  metric: z.string(),
  best: objectiveSchema.nullable(),
  sequence: countSchema,
  streamEpoch: z.string(),
  snapshot: snapshotRefSchema.nullable(),
});

const trialStateSchema: z.ZodType<TrialState> = z.discriminatedUnion("status", [
  z.object({ status: z.literal("queued") }),
  z.object({
    status: z.literal("running"),
    worker: workerIdSchema,
    attempt: attemptSchema,
    epoch: epochSchema,
  }),
  z.object({ status: z.literal("paused"), epoch: epochSchema }),
  z.object({ status: z.literal("completed"), epoch: epochSchema, objective: objectiveSchema }),
  z.object({ status: z.literal("pruned"), epoch: epochSchema, rung: z.number() }),
  z.object({ status: z.literal("failed"), reason: failureReasonSchema }),
  z.object({ status: z.literal("cancelled"), by: z.string().optional() }),
]);

const trialSchema: z.ZodType<Trial> = z.object({
  id: trialIdSchema,
  configuration: configurationIdSchema,
  replicate: countSchema,
  hyperparameters: hyperparametersSchema,
  state: trialStateSchema,
  attempts: countSchema,
  crashes: countSchema,
  lostLeases: countSchema,
  pack: packIdSchema.nullable(),
  checkpoint: checkpointRefSchema.nullable(),
  metrics: metricsSchema,
  worker: workerIdSchema.nullable(),
  backend: z.string().nullable(),
  result: artifactOrNoneSchema,
  model: artifactOrNoneSchema,
  proposal: proposalNoteSchema.optional(),
  target: epochSchema.optional(),
  bracket: countSchema.optional(),
  rungs: z.array(rungValueSchema).optional(),
  parked: z.array(checkpointRefSchema).optional(),
  divergedAt: epochSchema.optional(),
  proposed: hyperparametersSchema.optional(),
  isExploited: z.boolean().optional(),
});

const packStateSchema: z.ZodType<PackState> = z.discriminatedUnion("status", [
  z.object({ status: z.literal("queued") }),
  z.object({
    status: z.literal("leased"),
    attempt: attemptSchema,
    worker: workerIdSchema,
    delivery: deliverySchema,
  }),
  z.object({ status: z.literal("over") }),
]);

const packSchema: z.ZodType<Pack> = z.object({
  id: packIdSchema,
  trials: z.array(trialIdSchema),
  state: packStateSchema,
  attempts: countSchema,
});

const quarantineSchema: z.ZodType<QuarantineState> = z.object({
  place: countSchema,
  records: z.array(z.object({
    worker: workerIdSchema,
    failures: countSchema,
    failingSince: countSchema,
    progressAt: countSchema,
    quarantine: z.string().nullable(),
  })),
});

const ledgerSchema: z.ZodType<LedgerSnapshot> = z.object({
  sweep: sweepIdSchema,
  spec: sweepSpecSchema,
  dataset: datasetSchema,
  status: statusSchema,
  trials: z.array(trialSchema),
  packs: z.array(packSchema),
  queuedPacks: z.array(packIdSchema),
  leasedPacks: z.array(packIdSchema),
  splitPacks: z.array(packIdSchema),
  retriedTrials: z.array(trialIdSchema),
  quarantine: quarantineSchema,
  race: z.object({
    round: countSchema,
    dropped: z.array(configurationIdSchema),
    raised: z.array(configurationIdSchema),
    replicates: countSchema,
  }).optional(),
  draining: z.array(workerIdSchema).optional(),
});

/** A snapshot's artifact. */
export const sweepSnapshotSchema: z.ZodType<SweepSnapshot> = z.object({
  v: z.literal(1),
  sequence: countSchema,
  streamEpoch: z.string(),
  times: timesSchema,
  ledger: ledgerSchema,
});
