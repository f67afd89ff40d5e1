/**
 * The parameters as columns of numbers: a number's place in [0, 1], a choice's index.
 *
 * Numbers live in the unit interval of `space_codec.ts`, where the domain's own distribution is
 * uniform, so scales, steps and normal priors are no concern of the estimator.
 */
import type { ParameterValue } from "../../../core/domain/hyperparameters.ts";
import { domainSize, type Parameter, type SearchSpace } from "../../../core/domain/search_space.ts";
import { unitOf, valueAt, weightsOf } from "../../../core/domain/space_codec.ts";

/** A parameter as a column; one that cannot vary is `fixed`. */
export type Dimension =
  | { readonly kind: "fixed"; readonly parameter: Parameter; readonly value: ParameterValue }
  | ChoiceDimension
  | NumberDimension;

/** A choice: its coordinate is the index of its value. */
export interface ChoiceDimension {
  readonly kind: "choice";
  readonly parameter: Parameter;
  readonly values: readonly ParameterValue[];
  /** How likely each is before anything was observed, adding up to 1. */
  readonly prior: readonly number[];
}

/** A number: its coordinate lies in [0, 1]. */
export interface NumberDimension {
  readonly kind: "number";
  readonly parameter: Parameter;
  /** The part of [0, 1] whose numbers are all taken for the value; null: no two are alike. */
  readonly cellOf: ((value: ParameterValue) => Cell) | null;
}

/** A part of the unit interval. */
export interface Cell {
  readonly low: number;
  readonly high: number;
}

/** The coordinate of a parameter that an observation does not have. */
export const ABSENT: number = NaN;

/** The columns of a space, in its order. */
export function dimensionsOf(space: SearchSpace): readonly Dimension[] {
  return space.map(dimensionOf);
}

function dimensionOf(parameter: Parameter): Dimension {
  const { domain } = parameter;
  if (domainSize(domain) <= 1) return { kind: "fixed", parameter, value: valueAt(domain, 0.5) };
  switch (domain.kind) {
    case "values":
      return { kind: "choice", parameter, values: domain.values, prior: weightsOf(domain) };
    case "int":
    case "float":
    case "normal": {
      const step = domain.step ?? (domain.kind === "int" ? 1 : 0);
      const cellOf = step === 0 ? null : (value: ParameterValue): Cell => {
        const low = Number(value) - step / 2;
        // The first cell of a logarithmic grid begins where the range does, not at or below 0.
        const isFirst = domain.scale === "log" && low <= 0;
        const high = unitOf(domain, Number(value) + step / 2);
        return { low: isFirst ? 0 : unitOf(domain, low), high };
      };
      return { kind: "number", parameter, cellOf };
    }
    default:
      return domain satisfies never;
  }
}

/** Where a value lies; ABSENT for none, and for a choice that the space does not have (any more). */
export function coordinateOf(dimension: Dimension, value: ParameterValue | undefined): number {
  if (value === undefined || dimension.kind === "fixed") return ABSENT;
  if (dimension.kind === "number") return unitOf(dimension.parameter.domain, value);
  const index = dimension.values.indexOf(value);
  return index < 0 ? ABSENT : index;
}
