/** One point of a search space: parameter names with their values. */

/** What a parameter can be set to. */
export type ParameterValue = number | string | boolean;

/** One assignment of all parameters, by the names of the sweep file. */
export type Hyperparameters = Readonly<Record<string, ParameterValue>>;

/**
 * A text that is equal for equal assignments, whatever the order of their names.
 * @example
 * ```ts
 * import { canonicalText } from "./hyperparameters.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(canonicalText({ lr: 0.1, depth: 2 }), '{"depth":2,"lr":0.1}');
 * ```
 */
export function canonicalText(hyperparameters: Hyperparameters): string {
  const names = Object.keys(hyperparameters).sort();
  return `{${
    names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(hyperparameters[name])}`).join()
  }}`;
}
