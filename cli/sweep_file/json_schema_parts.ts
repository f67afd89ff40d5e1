/** Pieces that the JSON Schema of sweep files is made of. */
import type { IntegerRange } from "./format.ts";

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** An integer in a range. */
export function integer(
  description: string,
  { min, max, default: fallback }: IntegerRange & { readonly default?: number },
): JsonObject {
  return {
    description,
    type: "integer",
    minimum: min,
    maximum: max,
    ...(fallback === undefined ? {} : { default: fallback }),
  };
}

/** An object with these properties and no others. */
export function closedObject(properties: JsonObject, required: readonly string[]): JsonObject {
  return {
    type: "object",
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}
