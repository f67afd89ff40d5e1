/** The parts of the JSON Schema that describe a module of the user, its metric and its parameters. */
import {
  METRIC_NAME_REGEXP,
  MODULE_FILE_REGEXP,
  SYS_PERMISSIONS,
} from "../../core/domain/user_module.ts";
import { domainSchema } from "./domain_json_schema.ts";
import { GOALS, MAX_TEXT_LENGTH } from "./format.ts";
import { closedObject, type JsonObject } from "./json_schema_parts.ts";

/** `task: { module: … }`. */
export function moduleTaskSchema(): JsonObject {
  return closedObject({
    module: moduleFile("A module whose default export trains one trial."),
    permissions: {
      description: "What the module may touch; by default nothing.",
      ...closedObject({
        net: { anyOf: [{ const: true }, names("Addresses: host or host:port.")] },
        read: names("Files and folders."),
        write: names("Files and folders."),
        env: names("Environment variables."),
        sys: { type: "array", items: { enum: SYS_PERMISSIONS } },
      }, []),
    },
  }, ["module"]);
}

/** `program: …`, the same in W&B's words. */
export function programSchema(): JsonObject {
  return moduleFile("The same as task: { module: … }.");
}

/** `metric` of a module's sweep: any name. */
export function moduleMetricSchema(): JsonObject {
  return closedObject({
    name: {
      description: "A metric that the module reports or returns.",
      type: "string",
      pattern: METRIC_NAME_REGEXP.source,
    },
    goal: { enum: GOALS },
  }, ["name"]);
}

/** `parameters` of a module's sweep: any names, also nested as W&B has them. */
export function freeParametersSchema(): JsonObject {
  const nested = closedObject({ parameters: { type: "object" } }, ["parameters"]);
  const form = { anyOf: [domainSchema({ kind: "any", default: null }), nested] };
  return { type: "object", additionalProperties: form, minProperties: 1 };
}

function moduleFile(description: string): JsonObject {
  return {
    description: `${description} Relative to the sweep file, or absolute.`,
    type: "string",
    pattern: MODULE_FILE_REGEXP.source,
    maxLength: MAX_TEXT_LENGTH,
  };
}

function names(description: string): JsonObject {
  return { description, type: "array", items: { type: "string", minLength: 1 } };
}
