/** The set of hyperparameters a sweep searches: a named domain for each parameter. */
import type { Hyperparameters, ParameterValue } from "./hyperparameters.ts";

/** The values one parameter may take. */
export type ParameterDomain =
  /** One of a finite list; a list of one is a fixed value. */
  | {
    readonly kind: "values";
    readonly values: readonly ParameterValue[];
    /** How often each is drawn, adding up to 1; absent: equally often. */
    readonly probabilities?: readonly number[] | undefined;
  }
  /** A real number in [min, max]; with a step one of min, min + step, …. */
  | { readonly kind: "float" } & Range
  /** An integer in [min, max], both included; with a step one of min, min + step, …. */
  | { readonly kind: "int" } & Range
  /** A normally distributed number without bounds. */
  | NormalDomain;

/** Numbers between two bounds, both included. */
export interface Range {
  readonly scale: Scale;
  readonly min: number;
  readonly max: number;
  /** The distance of neighbouring values, > 0; of a logarithmic range the multiples of it inside. */
  readonly step?: number | undefined;
}

/** A normal distribution: of the number itself, or of its natural logarithm. */
export interface NormalDomain {
  readonly kind: "normal";
  readonly scale: Scale;
  readonly mean: number;
  /** > 0. */
  readonly sd: number;
  /** Values are rounded to multiples of it. */
  readonly step?: number | undefined;
}

/** Whether equal steps are equal differences or equal ratios. */
export type Scale = "linear" | "log";

/** A parameter and its domain. */
export interface Parameter {
  readonly name: string;
  readonly domain: ParameterDomain;
  /** It is there only where all of these hold, of parameters before it; absent: always. */
  readonly when?: readonly Condition[] | undefined;
}

/** What another parameter must be; one that is absent itself fulfils nothing. */
export interface Condition {
  readonly parameter: string;
  readonly test:
    /** A number in [min, max]; null: no bound. */
    | { readonly kind: "range"; readonly min: number | null; readonly max: number | null }
    | { readonly kind: "in"; readonly values: readonly ParameterValue[] };
}

/** All parameters of a sweep, in the order of the file. */
export type SearchSpace = readonly Parameter[];

/** How many values a domain has: infinite for a float range without steps. */
export function domainSize(domain: ParameterDomain): number {
  switch (domain.kind) {
    case "values":
      return domain.values.length;
    case "int":
    case "float":
      return rangeSize(domain);
    case "normal":
      return Infinity;
    default:
      return domain satisfies never;
  }
}

function rangeSize(range: Range & { readonly kind: "int" | "float" }): number {
  const { kind, scale, min, max } = range;
  const step = range.step ?? (kind === "int" ? 1 : 0);
  if (step === 0) return Infinity;
  // A range that was written with decimals may miss its own end by a rounding.
  const steps = (x: number): number => Math.floor(x / step + 1e-9);
  return scale === "log" ? steps(max) - Math.ceil(min / step - 1e-9) + 1 : steps(max - min) + 1;
}

/** Whether the parameter is there, given the values of those before it. */
export function isActive({ when = [] }: Parameter, values: Hyperparameters): boolean {
  return when.every(({ parameter, test }) => {
    const value = Object.hasOwn(values, parameter) ? values[parameter] : undefined;
    return value !== undefined && fulfils(value, test);
  });
}

/** Whether a value is what a condition asks for. */
export function fulfils(value: ParameterValue, test: Condition["test"]): boolean {
  if (test.kind === "in") return test.values.includes(value);
  if (typeof value !== "number") return false;
  return value >= (test.min ?? -Infinity) && value <= (test.max ?? Infinity);
}

/** The parameters that can differ between two configurations: those with more than one value. */
export function variedParameters(space: SearchSpace): SearchSpace {
  return space.filter((parameter) => domainSize(parameter.domain) > 1);
}

/**
 * How many different points a space has at most: infinite with a float range. Conditions and
 * constraints are not looked at.
 */
export function spaceSize(space: SearchSpace): number {
  return space.reduce((product, { domain }) => product * domainSize(domain), 1);
}
