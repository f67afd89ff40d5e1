/** The schema of a lease message's body. */
import { z } from "zod";
import { packIdSchema, sweepIdSchema } from "./id_schemas.ts";
import type { PackLease } from "./messages.ts";

/** The body of a lease message. */
export const packLeaseSchema: z.ZodType<PackLease> = z.object({
  v: z.literal(1),
  sweep: sweepIdSchema,
  pack: packIdSchema,
});
