/** The JSON Schema of sweep files, by which editors complete and check them while they are typed. */
import { MLP_PARAMETERS } from "../../core/domain/mlp_parameters.ts";
import { MAX_CONSTRAINT_LENGTH } from "../../core/domain/constraints.ts";
import { MAX_TRIALS } from "../../core/domain/sweep_spec.ts";
import { DOMAIN_DEFINITIONS, domainSchema } from "./domain_json_schema.ts";
import {
  BATCH,
  GOALS,
  MAX_ATTEMPTS,
  MAX_CONSTRAINTS,
  MAX_DESCRIPTION_LENGTH,
  MAX_OBJECTIVES,
  METHODS,
  NAME_REGEXP,
  OBJECTIVES,
  RACING,
  REPLICATES,
  SEED,
} from "./format.ts";
import { closedObject, integer, type JsonObject } from "./json_schema_parts.ts";
import {
  freeParametersSchema,
  moduleMetricSchema,
  moduleTaskSchema,
  programSchema,
} from "./module_json_schema.ts";
import { schedulerSchema } from "./scheduler_json_schema.ts";
import { taskSchema } from "./task_json_schema.ts";

/** The schema, draft 2020-12. What it cannot say, such as min < max, the parser checks alone. */
export function sweepFileJsonSchema(): JsonObject {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Trawl sweep file",
    ...closedObject(properties(), ["method", "parameters"]),
    // What trains decides which metrics and parameters there are.
    anyOf: [
      partly({
        task: ref("task"),
        metric: ref("metric"),
        metrics: { type: "array", items: ref("metric") },
        parameters: ref("parameters"),
      }, ["task"]),
      partly({ task: ref("moduleTask"), ...free() }, ["task"]),
      partly({ program: programSchema(), ...free() }, ["program"]),
    ],
    $defs: {
      task: taskSchema(),
      moduleTask: moduleTaskSchema(),
      metric: metricSchema(),
      moduleMetric: moduleMetricSchema(),
      parameters: parametersSchema(),
      freeParameters: freeParametersSchema(),
      ...DOMAIN_DEFINITIONS,
    },
  };
}

function properties(): JsonObject {
  return {
    name: {
      description: "The sweep's name; by default that of the file.",
      type: "string",
      pattern: NAME_REGEXP.source,
    },
    description: { type: "string", maxLength: MAX_DESCRIPTION_LENGTH },
    seed: integer("The root of all randomness: equal files give equal trials.", SEED),
    task: { description: "What trains: Trawl's own network on data, or a module." },
    program: programSchema(),
    method: {
      description: "grid: every combination. random: independent draws. sobol: even coverage. " +
        "tpe, gp, cmaes, nsga2: they learn from results. bayes: W&B's word, tpe.",
      enum: METHODS,
    },
    batch: integer("Configurations that a method that learns proposes together.", BATCH),
    metric: { description: "What ranks trials." },
    metrics: {
      description: "Several objectives, the first one as metric.",
      type: "array",
      items: { type: "object" },
      minItems: 1,
      maxItems: MAX_OBJECTIVES,
    },
    replicates: replicatesSchema(),
    run_cap: integer("A limit on the number of trials.", { min: 1, max: MAX_TRIALS }),
    max_attempts: integer(
      "A trial fails when so many of its attempts threw, or so many lost their worker.",
      MAX_ATTEMPTS,
    ),
    parameters: { description: "What is searched, name by name." },
    constraints: {
      description: "What must hold between parameters: hidden_width <= 4 * batch_size.",
      type: "array",
      items: { type: "string", maxLength: MAX_CONSTRAINT_LENGTH },
      maxItems: MAX_CONSTRAINTS,
    },
    early_terminate: schedulerSchema(),
  };
}

/** What a module's sweep may have. */
function free(): JsonObject {
  return {
    metric: ref("moduleMetric"),
    metrics: { type: "array", items: ref("moduleMetric") },
    parameters: ref("freeParameters"),
  };
}

/** An object of which only these properties are looked at. */
function partly(looked: JsonObject, required: readonly string[]): JsonObject {
  return { type: "object", properties: looked, required };
}

function ref(name: string): JsonObject {
  return { $ref: `#/$defs/${name}` };
}

function replicatesSchema(): JsonObject {
  const auto = closedObject({
    start: integer("Trials that every configuration starts with.", RACING.start),
    max: integer("Trials that a configuration gets at most.", RACING.max),
  }, []);
  return {
    description:
      "Trials per configuration; they differ in initial weights only. auto: a race, in " +
      "which further replicates go to the configurations that may still be the best.",
    anyOf: [
      integer("As many for every configuration.", REPLICATES),
      { const: "auto" },
      closedObject({ auto }, ["auto"]),
    ],
  };
}

function metricSchema(): JsonObject {
  return closedObject({
    name: {
      description: "What ranks trials; by default val_accuracy, or val_rmse for regression.",
      enum: OBJECTIVES.map(({ name }) => name),
    },
    goal: { enum: GOALS },
  }, ["name"]);
}

function parametersSchema(): JsonObject {
  const properties = Object.fromEntries(
    Object.entries(MLP_PARAMETERS).map(([name, rule]) => [name, domainSchema(rule)]),
  );
  return { ...closedObject(properties, []), minProperties: 1 };
}
