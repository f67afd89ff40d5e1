/** One operation of the HTTP interface, as the document says it and the contract test checks it. */
import type { Answers } from "./answers.ts";

/** A name in a path or a query. */
export interface OperationParameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly description: string;
  /** A JSON schema; texts unless told. */
  readonly schema?: object;
  readonly required?: boolean;
}

/** What a success is. */
export type OperationAnswer =
  | { readonly kind: "json"; readonly status: number; readonly schema: keyof Answers }
  | { readonly kind: "file"; readonly contentType: string };

/** An operation. */
export interface Operation {
  /** The name that clients give it. */
  readonly id: string;
  readonly method: "get" | "post";
  /** With `{name}` for what varies. */
  readonly path: string;
  readonly tag: "sweeps" | "trials" | "charts" | "live" | "fleet" | "control" | "server";
  readonly summary: string;
  readonly parameters: readonly OperationParameter[];
  /** The JSON body; absent: none. */
  readonly body?: keyof Answers;
  readonly answer: OperationAnswer;
  /** Statuses of the problems that it may answer with, beside those that every operation may. */
  readonly problems: readonly number[];
}

/** A parameter that is a whole number from 0. */
export const COUNT: object = { type: "integer", minimum: 0 };

/** The sweep in a path. */
export const SWEEP: OperationParameter = {
  name: "sweep",
  in: "path",
  description: "The sweep's id, whole.",
  required: true,
};

/** The trial in a path. */
export const TRIAL: OperationParameter = {
  name: "trial",
  in: "path",
  description: "The trial's number, from 0.",
  schema: COUNT,
  required: true,
};

/** A name in a query. */
export function inQuery(name: string, description: string, schema?: object): OperationParameter {
  return { name, in: "query", description, ...(schema && { schema }) };
}

/** A JSON answer. */
export function json(schema: keyof Answers, status = 200): OperationAnswer {
  return { kind: "json", status, schema };
}
