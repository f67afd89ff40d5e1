/** The JSON Schema of sweep files, by which editors complete and check them while they are typed. */
import { MLP_PARAMETERS, type ParameterRule } from "../../core/domain/mlp_parameters.ts";
import {
  type Distribution,
  GOALS,
  MAX_ATTEMPTS,
  MAX_DESCRIPTION_LENGTH,
  METHODS,
  NAME_REGEXP,
  OBJECTIVES,
  RACING,
  REPLICATES,
  SEED,
} from "./format.ts";
import { MAX_TRIALS } from "../../core/domain/sweep_spec.ts";
import { closedObject, integer, type JsonObject } from "./json_schema_parts.ts";
import {
  freeParametersSchema,
  moduleMetricSchema,
  moduleTaskSchema,
  programSchema,
} from "./module_json_schema.ts";
import { taskSchema } from "./task_json_schema.ts";

/** The schema, draft 2020-12. What it cannot say, such as min < max, the parser checks alone. */
export function sweepFileJsonSchema(): JsonObject {
  const free = { metric: moduleMetricSchema(), parameters: freeParametersSchema() };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Trawl sweep file",
    ...closedObject({
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
        description: "grid: every combination. random: drawn configurations, run_cap trials.",
        enum: METHODS,
      },
      metric: { description: "What ranks trials." },
      replicates: replicatesSchema(),
      run_cap: integer("A limit on the number of trials.", { min: 1, max: MAX_TRIALS }),
      max_attempts: integer(
        "A trial fails when so many of its attempts threw, or so many lost their worker.",
        MAX_ATTEMPTS,
      ),
      parameters: { description: "What is searched, name by name." },
      early_terminate: closedObject({ type: { const: "none" } }, ["type"]),
    }, ["method", "parameters"]),
    // What trains decides which metrics and parameters there are.
    anyOf: [
      partly({ task: taskSchema(), metric: metricSchema(), parameters: parametersSchema() }, [
        "task",
      ]),
      partly({ task: moduleTaskSchema(), ...free }, ["task", "metric"]),
      partly({ program: programSchema(), ...free }, ["program", "metric"]),
    ],
    allOf: [{
      if: { properties: { method: { const: "random" } } },
      then: { required: ["run_cap"] },
    }],
  };
}

/** An object of which only these properties are looked at. */
function partly(properties: JsonObject, required: readonly string[]): JsonObject {
  return { type: "object", properties, required };
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

function domainSchema(rule: ParameterRule): JsonObject {
  const value = valueSchema(rule);
  const values = { type: "array", items: value, minItems: 1, uniqueItems: true };
  const named = (...names: readonly Distribution[]): JsonObject => ({
    enum: names,
  });
  const forms: readonly JsonObject[] = [
    closedObject({ value, distribution: named("constant") }, ["value"]),
    closedObject({ values, distribution: named("categorical") }, ["values"]),
  ];
  if (rule.kind === "choice") return { anyOf: forms };
  const distribution = rule.kind === "int"
    ? named("int_uniform", "log_uniform_values")
    : named("int_uniform", "uniform", "log_uniform_values");
  const bound = boundSchema(rule);
  const range = closedObject({ min: bound, max: bound, distribution }, ["min", "max"]);
  return { anyOf: [...forms, range] };
}

/** A word such as full is a value, and no end of a range. */
function boundSchema(rule: ParameterRule): JsonObject {
  if (rule.kind !== "int") return valueSchema(rule);
  return { type: "integer", minimum: rule.min, maximum: rule.max };
}

function valueSchema(rule: ParameterRule): JsonObject {
  switch (rule.kind) {
    case "int": {
      const number = boundSchema(rule);
      return rule.word === null ? number : { anyOf: [number, { const: rule.word }] };
    }
    case "float":
      return {
        type: "number",
        [rule.open ? "exclusiveMinimum" : "minimum"]: rule.min,
        maximum: rule.max,
      };
    case "choice":
      return { enum: rule.choices };
    case "any":
      return { type: ["number", "string", "boolean"] };
    default:
      return rule satisfies never;
  }
}
