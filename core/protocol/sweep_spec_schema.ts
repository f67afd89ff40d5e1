/** The schema of a sweep's specification, as the journal and the answer to a claim carry it. */
import { z } from "zod";
import type { Hyperparameters, ParameterValue } from "../domain/hyperparameters.ts";
import type { ObjectiveMetric } from "../domain/objective.ts";
import type { SchedulerSpec } from "../domain/scheduler_spec.ts";
import type { Condition, Parameter, ParameterDomain } from "../domain/search_space.ts";
import type { SweepSpec, TaskSpec, ValidationSource } from "../domain/sweep_spec.ts";
import type { ModulePermissions } from "../domain/user_module.ts";
import { countSchema, positiveSchema } from "./id_schemas.ts";

/** What a parameter can be set to. */
export const parameterValueSchema: z.ZodType<ParameterValue> = z.union([
  z.number(),
  z.string(),
  z.boolean(),
]);

/** One point of a search space. */
export const hyperparametersSchema: z.ZodType<Hyperparameters> = z.record(
  z.string(),
  parameterValueSchema,
);

const validationSchema: z.ZodType<ValidationSource> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("test") }),
  z.object({ kind: z.literal("cut"), fraction: z.number().gt(0).lt(1) }),
]);

const division = { validation: validationSchema, trainExamples: positiveSchema.nullable() };
const generated = { examples: positiveSchema, noise: z.number().min(0) };
const namesSchema = z.array(z.string());
const permissionsSchema: z.ZodType<ModulePermissions> = z.object({
  net: z.union([namesSchema, z.literal("any")]),
  read: namesSchema,
  write: namesSchema,
  env: namesSchema,
  sys: namesSchema,
});
const fractionSchema = z.number().gt(0).lt(1);

/** The data that trials train on. */
export const taskSpecSchema: z.ZodType<TaskSpec> = z.discriminatedUnion("dataset", [
  z.object({ dataset: z.literal("mnist"), ...division }),
  z.object({
    dataset: z.literal("cifar100"),
    classes: z.array(z.int().min(0).max(99)),
    ...division,
  }),
  z.object({ dataset: z.literal("xor"), ...generated, ...division }),
  z.object({ dataset: z.literal("noisy-sigmoid"), ...generated, ...division }),
  z.object({
    dataset: z.literal("csv"),
    folder: z.string(),
    path: z.string(),
    target: z.string(),
    kind: z.enum(["classification", "binary", "regression"]),
    features: z.array(z.string()).nullable(),
    categorical: z.array(z.string()),
    test: fractionSchema,
    ...division,
  }),
  z.object({
    dataset: z.literal("idx"),
    folder: z.string(),
    images: z.string(),
    labels: z.string(),
    test: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("files"), images: z.string(), labels: z.string() }),
      z.object({ kind: z.literal("cut"), fraction: fractionSchema }),
    ]),
    ...division,
  }),
  z.object({
    dataset: z.literal("module"),
    folder: z.string(),
    path: z.string(),
    permissions: permissionsSchema,
  }),
]);

const scaleSchema = z.enum(["linear", "log"]);

const domainSchema: z.ZodType<ParameterDomain> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("values"),
    values: z.array(parameterValueSchema),
    probabilities: z.array(z.number().min(0).max(1)).optional(),
  }),
  z.object({
    kind: z.literal("float"),
    scale: scaleSchema,
    min: z.number(),
    max: z.number(),
    step: z.number().gt(0).optional(),
  }),
  z.object({
    kind: z.literal("int"),
    scale: scaleSchema,
    min: z.int(),
    max: z.int(),
    step: positiveSchema.optional(),
  }),
  z.object({
    kind: z.literal("normal"),
    scale: scaleSchema,
    mean: z.number(),
    sd: z.number().gt(0),
    step: z.number().gt(0).optional(),
  }),
]);

const conditionSchema: z.ZodType<Condition> = z.object({
  parameter: z.string(),
  test: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("range"),
      min: z.number().nullable(),
      max: z.number().nullable(),
    }),
    z.object({ kind: z.literal("in"), values: z.array(parameterValueSchema) }),
  ]),
});

const parameterSchema: z.ZodType<Parameter> = z.object({
  name: z.string(),
  domain: domainSchema,
  when: z.array(conditionSchema).optional(),
});

const schedulerSchema: z.ZodType<SchedulerSpec> = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("median"),
    minEpochs: countSchema,
    minTrials: countSchema,
    interval: positiveSchema,
  }),
  z.object({
    type: z.literal("asha"),
    variant: z.enum(["promotion", "stopping"]),
    minEpochs: positiveSchema,
    eta: z.int().min(2),
  }),
  z.object({ type: z.literal("hyperband"), minEpochs: positiveSchema, eta: z.int().min(2) }),
  z.object({
    type: z.literal("pbt"),
    interval: positiveSchema,
    quantile: z.number().gt(0).max(0.5),
    resample: z.number().min(0).max(1),
    factors: z.array(z.number().gt(0)),
  }),
  z.object({
    type: z.literal("patience"),
    patience: positiveSchema,
    minDelta: z.number().min(0),
    minEpochs: countSchema,
  }),
]);

const metricSchema: z.ZodType<ObjectiveMetric> = z.object({
  name: z.string(),
  goal: z.enum(["maximize", "minimize"]),
});

/** A whole sweep. */
export const sweepSpecSchema: z.ZodType<SweepSpec> = z.object({
  name: z.string(),
  description: z.string().nullable(),
  seed: countSchema,
  task: taskSpecSchema,
  method: z.enum(["grid", "random", "sobol", "tpe", "gp", "cmaes", "nsga2"]),
  metric: metricSchema,
  objectives: z.array(metricSchema).optional(),
  scheduler: schedulerSchema.optional(),
  batch: positiveSchema.optional(),
  replicates: positiveSchema,
  racing: z.object({ max: positiveSchema }).optional(),
  runCap: positiveSchema.nullable(),
  maxLanes: positiveSchema,
  maxAttempts: positiveSchema,
  parameters: z.array(parameterSchema),
  constraints: z.array(z.string()).optional(),
});
