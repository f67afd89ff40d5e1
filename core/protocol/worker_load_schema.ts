/** The schema of what a worker measures. */
import { z } from "zod";
import { countSchema, instantSchema } from "./id_schemas.ts";
import { type GpuLoad, MOST_GPUS, type TensorMemory, type WorkerLoad } from "./worker_load.ts";

const shareSchema = z.number().min(0).max(1);
const amountSchema = z.number().nonnegative();
const textSchema = z.string().max(1_000);

const gpuLoadSchema: z.ZodType<GpuLoad> = z.object({
  index: countSchema,
  name: textSchema,
  busyShare: shareSchema.nullable(),
  usedBytes: amountSchema.nullable(),
  totalBytes: amountSchema.nullable(),
  celsius: z.number().nullable(),
  watts: amountSchema.nullable(),
});

const tensorMemorySchema: z.ZodType<TensorMemory> = z.object({
  bytes: amountSchema,
  tensors: countSchema,
});

/** One measurement. */
export const workerLoadSchema: z.ZodType<WorkerLoad> = z.object({
  at: instantSchema,
  processors: z.object({ count: countSchema, busyShare: shareSchema }),
  hostMemory: z.object({ usedBytes: amountSchema, totalBytes: amountSchema }),
  processBytes: amountSchema,
  tensors: tensorMemorySchema.optional(),
  gpus: z.array(gpuLoadSchema).max(MOST_GPUS),
  gpusUnknown: textSchema.optional(),
});
