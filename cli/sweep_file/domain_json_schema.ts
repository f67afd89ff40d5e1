/** The part of the JSON Schema that describes one parameter: its values, steps and conditions. */
import type { ParameterRule } from "../../core/domain/mlp_parameters.ts";
import type { Distribution } from "./domain_format.ts";
import { closedObject, type JsonObject } from "./json_schema_parts.ts";

/** All the ways to write a parameter that has this rule. */
export function domainSchema(rule: ParameterRule): JsonObject {
  const lists = [constantForm(rule), listForm(rule)];
  return { anyOf: rule.kind === "choice" ? lists : [...lists, ...numberForms(rule)] };
}

function constantForm(rule: ParameterRule): JsonObject {
  return form({ value: valueSchema(rule), distribution: named("constant") }, ["value"]);
}

function listForm(rule: ParameterRule): JsonObject {
  return form({
    values: { type: "array", items: valueSchema(rule), minItems: 1, uniqueItems: true },
    probabilities: {
      description: "One for each value, adding up to 1.",
      type: "array",
      items: { type: "number", exclusiveMinimum: 0, maximum: 1 },
      minItems: 1,
    },
    distribution: named("categorical", "categorical_w_probabilities"),
  }, ["values"]);
}

function numberForms(rule: ParameterRule): readonly JsonObject[] {
  const bound = boundSchema(rule);
  const number = { type: "number" };
  const step = stepSchema(rule, "The distance of neighbouring values, from min.");
  const q = stepSchema(rule, "Values are multiples of it; by default 1.");
  const plain: readonly Distribution[] = rule.kind === "int"
    ? ["int_uniform", ...RATIOS]
    : ["int_uniform", "uniform", ...RATIOS];
  const all = ["min", "max", "distribution"];
  return [
    form({ min: bound, max: bound, step, distribution: named(...plain) }, ["min", "max"]),
    form(
      { min: bound, max: bound, q, distribution: named("q_uniform", "q_log_uniform_values") },
      all,
    ),
    // Powers of e.
    form({ min: number, max: number, step, q, distribution: named(...EXPONENTS) }, all),
    form(
      {
        mu: number,
        sigma: { type: "number", exclusiveMinimum: 0 },
        step,
        q,
        distribution: named(...NORMALS),
      },
      ["distribution"],
    ),
  ];
}

const RATIOS = ["log_uniform_values", "inv_log_uniform_values"] as const;
const EXPONENTS = ["log_uniform", "inv_log_uniform", "q_log_uniform"] as const;
const NORMALS = ["normal", "log_normal", "q_normal", "q_log_normal"] as const;

function named(...names: readonly Distribution[]): JsonObject {
  return { enum: names };
}

function form(properties: JsonObject, required: readonly string[]): JsonObject {
  return closedObject({ ...properties, when: { $ref: "#/$defs/when" } }, required);
}

const SCALAR: JsonObject = { type: ["number", "string", "boolean"] };
const LIMIT: JsonObject = { type: "number" };

const WHEN: JsonObject = {
  description: "What earlier parameters must be for this one to be there.",
  type: "object",
  minProperties: 1,
  additionalProperties: {
    anyOf: [
      SCALAR,
      { type: "array", items: SCALAR, minItems: 1 },
      { ...closedObject({ min: LIMIT, max: LIMIT }, []), minProperties: 1 },
    ],
  },
};

/** What `$defs` must have for parameters. */
export const DOMAIN_DEFINITIONS: JsonObject = { when: WHEN };

function stepSchema(rule: ParameterRule, description: string): JsonObject {
  return rule.kind === "int"
    ? { description, type: "integer", minimum: 1 }
    : { description, type: "number", exclusiveMinimum: 0 };
}

/** A word such as full is a value, and no end of a range. */
function boundSchema(rule: ParameterRule): JsonObject {
  if (rule.kind === "any") return { type: "number" };
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
      return SCALAR;
    default:
      return rule satisfies never;
  }
}
