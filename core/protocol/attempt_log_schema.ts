/** The schema of the file with an attempt's last lines. */
import { z } from "zod";
import { type AttemptLog, LOG_LEVELS, logText } from "../domain/attempt_log.ts";
import { type Bytes, bytes } from "../domain/units.ts";
import { countSchema, instantSchema, trialIdSchema } from "./id_schemas.ts";

/** The largest log that is stored, and read. */
export const LOG_LIMIT: Bytes = bytes(2 ** 18);

/** An attempt's log. What is stored may come from anybody, so its text is cleaned once more. */
export const attemptLogSchema: z.ZodType<AttemptLog> = z.object({
  v: z.literal(1),
  lines: z.array(z.object({
    at: instantSchema,
    level: z.enum(LOG_LEVELS),
    text: z.string().transform(logText),
    trial: trialIdSchema.nullable(),
  })).max(1_000),
  counts: z.array(z.object({ trial: trialIdSchema.nullable(), lines: countSchema })).max(10_000),
});
