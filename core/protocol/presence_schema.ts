/** The schema of a worker's presence record. */
import { z } from "zod";
import {
  countSchema,
  instantSchema,
  packIdSchema,
  sweepIdSchema,
  workerIdSchema,
} from "./id_schemas.ts";
import type { HeldPack, Presence, QuarantineNotice, RefusedBackend } from "./presence.ts";
import { workerLoadSchema } from "./worker_load_schema.ts";

const refusedBackendSchema: z.ZodType<RefusedBackend> = z.object({
  name: z.string(),
  reason: z.string(),
});

const heldPackSchema: z.ZodType<HeldPack> = z.object({
  sweep: sweepIdSchema,
  pack: packIdSchema,
  lanes: countSchema,
  since: instantSchema,
});

const quarantineNoticeSchema: z.ZodType<QuarantineNotice> = z.object({
  sweep: sweepIdSchema,
  message: z.string(),
});

/** One worker's record. */
export const presenceSchema: z.ZodType<Presence> = z.object({
  v: z.literal(1),
  worker: workerIdSchema,
  host: z.string(),
  pid: countSchema,
  version: z.string(),
  backend: z.string(),
  reason: z.string(),
  refused: z.array(refusedBackendSchema),
  gpu: z.string().optional(),
  slots: countSchema,
  draining: z.boolean(),
  packs: z.array(heldPackSchema),
  quarantined: z.array(quarantineNoticeSchema).optional(),
  load: workerLoadSchema.optional(),
  laneStepsPerSecond: z.number(),
  trialsFinished: countSchema,
  startedAt: instantSchema,
  at: instantSchema,
});
