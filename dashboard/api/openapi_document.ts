/** The OpenAPI 3.1 document: operations and schemas put together. */
import type { Operation, OperationParameter } from "./operation.ts";

/** JSON schemas by name, in whose references `#/definitions/` stands before the name. */
export type Definitions = Readonly<Record<string, unknown>>;

/** What the document is made of. */
export interface OpenapiParts {
  readonly operations: readonly Operation[];
  readonly definitions: Definitions;
}

const PROBLEMS: Readonly<Record<number, string>> = {
  400: "What was asked cannot be read.",
  401: "No token, or a wrong one.",
  403: "Not allowed to a viewer, or a page of another site asks.",
  404: "There is no such thing.",
  409: "It makes no sense now, or nobody coordinates the sweep.",
  413: "The body is too large.",
  429: "Too many requests: `Retry-After` says for how many seconds.",
  500: "The journal cannot be read.",
  503: "The journal is out of reach, or too many streams are open.",
};

/** What every operation may answer with. */
const ALWAYS: readonly number[] = [401, 429, 503];

/** The document. */
export function openapiDocument({ operations, definitions }: OpenapiParts): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  const schemas = Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [componentName(name), relinked(schema)]),
  );
  return {
    openapi: "3.1.0",
    info: {
      title: "Trawl",
      // The version of the interface, which is in its paths as well.
      version: "1",
      description: "Sweeps, trials and workers, as the dashboard shows them. Ids, journal " +
        "positions and times are those of the journal: times in milliseconds since 1970, " +
        "durations in milliseconds.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    // A dashboard on loopback asks for none.
    security: [{}, { bearer: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "trawl_session_4747",
          description: "Its name ends with the dashboard's port, as the browser knows it.",
        },
      },
      schemas,
    },
  };
}

function describe(operation: Operation): object {
  const { id, tag, summary, parameters, body, answer, problems, method } = operation;
  const mayFail = [...new Set([...ALWAYS, ...(method === "post" ? [403, 413] : []), ...problems])];
  return {
    operationId: id,
    tags: [tag],
    summary,
    parameters: parameters.map(describeParameter),
    ...(body && {
      requestBody: { required: true, content: { "application/json": { schema: reference(body) } } },
    }),
    responses: {
      [answer.kind === "json" ? answer.status : 200]: {
        description: "Done.",
        content: answer.kind === "json"
          ? { "application/json": { schema: reference(answer.schema) } }
          : { [answer.contentType]: { schema: { type: "string" } } },
      },
      ...Object.fromEntries(mayFail.sort().map((status) => [status, problem(status)])),
    },
  };
}

function describeParameter({ name, in: place, description, schema, required }: OperationParameter) {
  return {
    name,
    in: place,
    description,
    required: required ?? false,
    schema: schema ?? { type: "string" },
  };
}

function problem(status: number): object {
  return {
    description: PROBLEMS[status] ?? "A problem.",
    content: { "application/problem+json": { schema: reference("Problem") } },
  };
}

function reference(name: string): object {
  return { $ref: `#/components/schemas/${componentName(name)}` };
}

/** Names of generic types have characters that names of components may not have. */
function componentName(name: string): string {
  return name.replace(/[^\w.-]+/g, "_").replace(/_+$/, "");
}

/** A copy of a draft-07 schema, as the compiler's types give it, in the dialect of OpenAPI 3.1. */
function relinked(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(relinked);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).flatMap(relinkedEntry));
}

function relinkedEntry([key, value]: readonly [string, unknown]): readonly [string, unknown][] {
  if (key === "$ref" && typeof value === "string") {
    const name = decodeURIComponent(value.replace("#/definitions/", ""));
    return [[key, `#/components/schemas/${componentName(name)}`]];
  }
  // A tuple; `minItems` and `maxItems` beside it say how long it is.
  if (key === "items" && Array.isArray(value)) return [["prefixItems", relinked(value)]];
  if (key === "additionalItems") return [["items", relinked(value)]];
  return [[key, relinked(value)]];
}
