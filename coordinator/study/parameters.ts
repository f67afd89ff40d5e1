/** The search space of a study as a program writes it, with the types of its parameters. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import type {
  Condition,
  ParameterDomain,
  Scale,
  SearchSpace,
} from "../../core/domain/search_space.ts";
import { valueAt } from "../../core/domain/space_codec.ts";

/** One parameter of a study; `Value` is what an objective function gets. */
export interface StudyParameter<Value extends ParameterValue | undefined> {
  readonly domain: ParameterDomain;
  readonly when: readonly Condition[];
  /** Only for the type checker: it is never there. */
  readonly value?: Value;
}

/** All parameters of a study, by name. Conditions may name parameters that stand before. */
export type StudySpace = Readonly<Record<string, StudyParameter<ParameterValue | undefined>>>;

/** What an objective function gets: a value for each name; undefined where a condition fails. */
export type ParametersOf<Space extends StudySpace> = {
  readonly [Name in keyof Space]: Space[Name] extends StudyParameter<infer Value> ? Value : never;
};

/** How a range of numbers is drawn. */
export interface RangeOptions {
  /** Whether equal steps are equal differences (`linear`, by default) or equal ratios (`log`). */
  readonly scale?: Scale;
  /** The distance of neighbouring values; by default 1 for integers, none for real numbers. */
  readonly step?: number;
}

/**
 * A real number in [min, max].
 * @throws {RangeError} If the range is empty or infinite, or a logarithmic one touches 0.
 */
export function float(
  min: number,
  max: number,
  { scale = "linear", step }: RangeOptions = {},
): StudyParameter<number> {
  checkRange({ kind: "float", min, max, scale, step });
  return always({ kind: "float", scale, min, max, ...(step === undefined ? {} : { step }) });
}

/**
 * An integer in [min, max], both included.
 * @throws {RangeError} If the range is empty, its ends are no integers, or a logarithmic one
 * touches 0.
 */
export function int(
  min: number,
  max: number,
  { scale = "linear", step }: RangeOptions = {},
): StudyParameter<number> {
  checkRange({ kind: "int", min, max, scale, step });
  if (![min, max, step ?? 1].every(Number.isSafeInteger)) {
    throw new RangeError(`Cannot search integers from ${min} to ${max}: they must be integers`);
  }
  return always({ kind: "int", scale, min, max, ...(step === undefined ? {} : { step }) });
}

/**
 * One of several values.
 * @throws {RangeError} If there are none, or one is there twice.
 */
export function choice<const Value extends ParameterValue>(
  values: readonly Value[],
): StudyParameter<Value> {
  if (values.length === 0 || new Set(values).size < values.length) {
    throw new RangeError(
      `Cannot choose among ${JSON.stringify(values)}: it must be a list of different values`,
    );
  }
  return always({ kind: "values", values });
}

/** True or false. */
export function bool(): StudyParameter<boolean> {
  return always({ kind: "values", values: [false, true] });
}

/**
 * A normally distributed number; with `scale: "log"` its natural logarithm is.
 * @throws {RangeError} If the standard deviation or the step is not > 0, or numbers are too large for a
 * double 8 standard deviations off.
 */
export function normal(
  mean: number,
  sd: number,
  { scale = "linear", step }: RangeOptions = {},
): StudyParameter<number> {
  if (!(sd > 0) || !Number.isFinite(mean + sd)) {
    throw new RangeError(`Cannot draw with standard deviation ${sd}: it must be a number > 0`);
  }
  if (step !== undefined && !(step > 0 && Number.isFinite(step))) {
    throw new RangeError(`Cannot draw in steps of ${step}: they must be a number > 0`);
  }
  const domain = { kind: "normal", scale, mean, sd } as const;
  const ends = [0, 1].map((u) => Number(valueAt(domain, u)));
  if (!ends.every(Number.isFinite) || scale === "log" && ends.includes(0)) {
    throw new RangeError(
      `Cannot draw with mean ${mean} and standard deviation ${sd}: ` +
        `it must stay within finite numbers${scale === "log" ? " > 0" : ""}, it reaches ${
          ends.join(" and ")
        }`,
    );
  }
  return always({ ...domain, ...(step === undefined ? {} : { step }) });
}

/** What another parameter must be: one of several values, or a number within bounds. */
export type Requirement =
  | readonly ParameterValue[]
  | { readonly min?: number; readonly max?: number };

/**
 * The parameter only where others are as required; elsewhere it is undefined.
 *
 * @example
 * ```ts
 * import { choice, float, when } from "./parameters.ts";
 *
 * export const space = {
 *   optimizer: choice(["sgd", "momentum"]),
 *   momentum: when({ optimizer: ["momentum"] }, float(0, 0.99)),
 * };
 * ```
 */
export function when<Value extends ParameterValue>(
  requirements: Readonly<Record<string, Requirement>>,
  parameter: StudyParameter<Value>,
): StudyParameter<Value | undefined> {
  const conditions = Object.entries(requirements).map(([name, requirement]): Condition => ({
    parameter: name,
    test: isList(requirement)
      ? { kind: "in", values: requirement }
      : { kind: "range", min: requirement.min ?? null, max: requirement.max ?? null },
  }));
  return { domain: parameter.domain, when: [...parameter.when, ...conditions] };
}

/**
 * The space as samplers take it.
 * @throws {RangeError} If it is empty, a name is `__proto__`, or a condition names no parameter before its own.
 */
export function searchSpaceOf(space: StudySpace): SearchSpace {
  const names = Object.keys(space);
  if (names.length === 0) {
    throw new RangeError("Cannot search a space without parameters: it must have one at least");
  }
  if (names.includes("__proto__")) {
    throw new RangeError('Cannot search "__proto__": it must be another name');
  }
  return Object.entries(space).map(([name, { domain, when: conditions }], index) => {
    for (const { parameter } of conditions) {
      if (names.slice(0, index).includes(parameter)) continue;
      throw new RangeError(
        `Cannot search "${name}" under a condition on "${parameter}": ` +
          "it must be a parameter that stands before",
      );
    }
    return { name, domain, ...(conditions.length === 0 ? {} : { when: conditions }) };
  });
}

function isList(requirement: Requirement): requirement is readonly ParameterValue[] {
  return Array.isArray(requirement);
}

function always<Value extends ParameterValue>(domain: ParameterDomain): StudyParameter<Value> {
  return { domain, when: [] };
}

function checkRange(
  { kind, min, max, scale, step }: {
    readonly kind: "int" | "float";
    readonly min: number;
    readonly max: number;
    readonly scale: Scale;
    readonly step: number | undefined;
  },
): void {
  const refuse = (must: string): never => {
    throw new RangeError(`Cannot search ${kind} values from ${min} to ${max}: ${must}`);
  };
  if (!Number.isFinite(min) || !Number.isFinite(max)) refuse("both ends must be finite");
  if (!Number.isFinite(max - min)) refuse("their difference must be finite");
  if (kind === "int" && max - min >= Number.MAX_SAFE_INTEGER / 2) {
    refuse("there must be fewer than 2^52 integers");
  }
  if (max <= min) refuse("the second end must be greater than the first");
  if (scale === "log" && min <= 0) refuse("a logarithmic range must begin above 0");
  if (step !== undefined && !(step > 0 && step <= max - min)) {
    refuse(`its step of ${step} must be > 0 and fit in the range`);
  }
}
