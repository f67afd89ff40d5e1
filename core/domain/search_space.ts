/** The set of hyperparameters a sweep searches: a named domain for each parameter. */
import type { ParameterValue } from "./hyperparameters.ts";

/** The values one parameter may take. */
export type ParameterDomain =
  /** One of a finite list, each equally likely; a list of one is a fixed value. */
  | { readonly kind: "values"; readonly values: readonly ParameterValue[] }
  /** A real number in [min, max]. */
  | { readonly kind: "float"; readonly scale: Scale; readonly min: number; readonly max: number }
  /** An integer in [min, max], both included. */
  | { readonly kind: "int"; readonly scale: Scale; readonly min: number; readonly max: number };

/** Whether equal steps are equal differences or equal ratios. */
export type Scale = "linear" | "log";

/** A parameter and its domain. */
export interface Parameter {
  readonly name: string;
  readonly domain: ParameterDomain;
}

/** All parameters of a sweep, in the order of the file. */
export type SearchSpace = readonly Parameter[];

/** How many values a domain has: infinite for a float range. */
export function domainSize(domain: ParameterDomain): number {
  switch (domain.kind) {
    case "values":
      return domain.values.length;
    case "int":
      return domain.max - domain.min + 1;
    case "float":
      return Infinity;
    default:
      return domain satisfies never;
  }
}

/** The parameters that can differ between two configurations: those with more than one value. */
export function variedParameters(space: SearchSpace): SearchSpace {
  return space.filter((parameter) => domainSize(parameter.domain) > 1);
}

/** How many different points a space has: infinite with a float range. */
export function spaceSize(space: SearchSpace): number {
  return space.reduce((product, { domain }) => product * domainSize(domain), 1);
}
