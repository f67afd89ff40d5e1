/** The schema of the file that a completed trial leaves behind. */
import { z } from "zod";
import type { ConfusionMatrix } from "../domain/classification_report.ts";
import { TASK_KINDS } from "../domain/task_kind.ts";
import {
  CLASSES_SAMPLED,
  type GridAxis,
  type Mistake,
  MISTAKES_KEPT,
  type RawImage,
  type SampleImage,
  SAMPLES_PER_CLASS,
  type SplitConfusions,
  type SurfaceSnapshot,
  type TaskPicture,
  type TrialResult,
} from "../domain/trial_result.ts";
import { type Bytes, bytes } from "../domain/units.ts";
import { countSchema, positiveSchema } from "./id_schemas.ts";

/** The largest result that is stored, and read. */
export const RESULT_LIMIT: Bytes = bytes(2 ** 24);

/** A side of an image at most. */
const LONGEST_SIDE = 4096;
const sideSchema = z.int().min(1).max(LONGEST_SIDE);
const numbersSchema = z.array(z.number());

const imageSchema: z.ZodType<RawImage> = z.object({
  width: sideSchema,
  height: sideSchema,
  channels: z.union([z.literal(1), z.literal(3)]),
  data: z.base64(),
}).refine(({ width, height, channels, data }) => {
  const padding = data.endsWith("==") ? 2 : data.endsWith("=") ? 1 : 0;
  return data.length / 4 * 3 - padding === width * height * channels;
}, { error: "an image must have as many bytes as its size says" });

const mistakeSchema: z.ZodType<Mistake> = z.object({
  index: countSchema,
  actual: countSchema,
  predicted: countSchema,
  confidence: z.number().min(0).max(1),
  // Results of earlier versions have none.
  loss: z.number().min(0).nullable().default(null),
  image: imageSchema.nullable(),
});

const sampleSchema: z.ZodType<SampleImage> = z.object({
  index: countSchema,
  label: countSchema,
  image: imageSchema,
});

const confusionSchema: z.ZodType<ConfusionMatrix> = z.array(z.array(countSchema));

const confusionsSchema: z.ZodType<SplitConfusions> = z.object({
  train: confusionSchema,
  validation: confusionSchema,
  test: confusionSchema,
});

const axisSchema: z.ZodType<GridAxis> = z.object({
  min: z.number(),
  max: z.number(),
  count: positiveSchema,
});

/** More than are kept, so that later versions may keep more. */
const MOST_SNAPSHOTS = 100;

const surfaceSnapshotSchema: z.ZodType<SurfaceSnapshot> = z.object({
  epoch: countSchema,
  side: z.int().min(2).max(1000),
  values: numbersSchema,
}).refine(({ side, values }) => values.length === side * side, {
  error: "a snapshot must have a value for each place of its grid",
});

const pictureSchema: z.ZodType<TaskPicture> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("surface"),
    x: axisSchema,
    y: axisSchema,
    values: numbersSchema,
    points: z.array(z.object({ x: z.number(), y: z.number(), label: countSchema })),
    // Results of earlier versions have neither.
    epoch: countSchema.nullable().default(null),
    snapshots: z.array(surfaceSnapshotSchema).max(MOST_SNAPSHOTS).default([]),
  }).refine(({ x, y, values }) => values.length === x.count * y.count, {
    error: "a surface must have a value for each place of its grid",
  }),
  z.object({
    kind: z.literal("curve"),
    x: numbersSchema,
    truth: numbersSchema.nullable(),
    points: z.array(z.object({ x: z.number(), y: z.number() })),
    snapshots: z.array(z.object({ epoch: countSchema, y: numbersSchema })),
  }).refine(
    ({ x, truth, snapshots }) =>
      (truth === null || truth.length === x.length) &&
      snapshots.every(({ y }) => y.length === x.length),
    { error: "curves must have a value for each x" },
  ),
]);

/** A trial's result. */
export const trialResultSchema: z.ZodType<TrialResult> = z.object({
  v: z.literal(1),
  kind: z.enum(TASK_KINDS),
  classes: z.array(z.string()),
  confusions: confusionsSchema.nullable(),
  mistakes: z.array(mistakeSchema).max(MISTAKES_KEPT),
  // Results of earlier versions have none.
  samples: z.array(sampleSchema).max(CLASSES_SAMPLED * SAMPLES_PER_CLASS).default([]),
  picture: pictureSchema.nullable(),
}).refine(({ classes, samples }) => samples.every(({ label }) => label < classes.length), {
  error: "a sample must be of a class",
}).refine(({ classes, confusions }) => {
  if (confusions === null) return true;
  return [confusions.train, confusions.validation, confusions.test].every((matrix) =>
    matrix.length === classes.length && matrix.every((row) => row.length === classes.length)
  );
}, { error: "confusion matrices must have a row and a column for each class" });
