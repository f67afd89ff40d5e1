/** What must hold between parameters: comparisons such as `hidden_width <= 4 * batch_size`. */
import { type ConstraintUse, parseExpression } from "./constraint_parser.ts";
import type { Hyperparameters } from "./hyperparameters.ts";
import type { SearchSpace } from "./search_space.ts";

/** A constraint that was understood. */
export interface Constraint {
  /** As it was written. */
  readonly text: string;
  /** What it takes its parameters for. */
  readonly uses: readonly ConstraintUse[];
  /** Whether a configuration fulfils it. One without a parameter that is named here does. */
  readonly holds: (hyperparameters: Hyperparameters) => boolean;
}

/** Characters of a constraint at most. */
export const MAX_CONSTRAINT_LENGTH: number = 500;

/**
 * Understands a constraint: comparisons (`<= < >= > == !=`) of arithmetic (`+ - * / % ( )`) with
 * numbers, parameter names, quoted texts, `true` and `false`, joined by `and`, `or` and `not`. A name
 * that is no plain word stands between backticks.
 *
 * A comparison of something that is no number by `<`, or a calculation with it, is false.
 * @throws {SyntaxError} If it cannot be understood, or names a parameter that is not among `names`.
 *
 * @example
 * ```ts
 * import { parseConstraint } from "./constraints.ts";
 * import assert from "node:assert/strict";
 *
 * const { holds } = parseConstraint("depth * width <= 256 or depth == 1", ["depth", "width"]);
 * assert.equal(holds({ depth: 2, width: 128 }), true);
 * assert.equal(holds({ depth: 4, width: 128 }), false);
 * assert.equal(holds({ width: 512 }), true, "depth is absent");
 * ```
 */
export function parseConstraint(text: string, names: readonly string[]): Constraint {
  if (text.length > MAX_CONSTRAINT_LENGTH) {
    throw new SyntaxError(
      `found ${text.length} characters, it must be at most ${MAX_CONSTRAINT_LENGTH}`,
    );
  }
  const { uses, evaluate } = parseExpression(text, names);
  const named = [...new Set(uses.map(({ name }) => name))];
  return {
    text,
    uses,
    holds: (hyperparameters) =>
      named.some((name) => !Object.hasOwn(hyperparameters, name)) ||
      evaluate(hyperparameters) === true,
  };
}

/** Whether a configuration fulfils all constraints. */
export function isAllowedBy(
  constraints: readonly Constraint[],
): (hyperparameters: Hyperparameters) => boolean {
  return (hyperparameters) => constraints.every(({ holds }) => holds(hyperparameters));
}

/**
 * The same, of a specification's own constraints.
 * @throws {SyntaxError} If one cannot be understood: no reader of sweep files lets it in.
 */
export function isAllowedIn(
  { parameters, constraints = [] }: {
    readonly parameters: SearchSpace;
    readonly constraints?: readonly string[] | undefined;
  },
): (hyperparameters: Hyperparameters) => boolean {
  const names = parameters.map(({ name }) => name);
  return isAllowedBy(constraints.map((text) => parseConstraint(text, names)));
}
