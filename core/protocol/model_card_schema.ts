/** The schema of a model's card. */
import { z } from "zod";
import type { ModelCard, ModelInputs, PlaneScale } from "../domain/model_card.ts";
import { TASK_KINDS } from "../domain/task_kind.ts";
import { countSchema, positiveSchema } from "./id_schemas.ts";

const scaleSchema: z.ZodType<PlaneScale> = z.object({
  mean: z.number(),
  std: z.number().positive(),
});

const inputsSchema: z.ZodType<ModelInputs> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("image"),
    width: positiveSchema,
    height: positiveSchema,
    planes: z.array(scaleSchema).min(1).max(4),
  }),
  z.object({
    kind: z.literal("columns"),
    columns: z.array(z.object({
      name: z.string(),
      scale: scaleSchema,
      category: z.string().nullable(),
    })).min(1),
  }),
]);

/** What a stored model says of itself. */
export const modelCardSchema: z.ZodType<ModelCard> = z.object({
  v: z.literal(1),
  kind: z.enum(TASK_KINDS),
  inputs: inputsSchema,
  widths: z.array(positiveSchema).min(2),
  activation: z.enum(["relu", "sigmoid", "tanh"]),
  classes: z.array(z.string()),
  targetScale: scaleSchema.nullable(),
  sweep: z.string(),
  trial: countSchema,
}).refine(({ kind, classes, widths }) => classes.length === classesOf(kind, widths), {
  error: "classes do not fit the outputs",
}).refine(({ inputs, widths }) => widths[0] === numbersOf(inputs), {
  error: "inputs do not fit the first layer",
});

/** How many numbers an example has for a network. */
export function numbersOf(inputs: ModelInputs): number {
  if (inputs.kind === "columns") return inputs.columns.length;
  return inputs.width * inputs.height * inputs.planes.length;
}

function classesOf(kind: ModelCard["kind"], widths: readonly number[]): number {
  switch (kind) {
    case "classification":
      return widths.at(-1) ?? 0;
    case "binary":
      return 2;
    case "regression":
      return 0;
    default:
      return kind satisfies never;
  }
}
