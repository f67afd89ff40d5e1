/** The grid sampler: every combination of values once, the last parameter varying fastest. */
import type { Hyperparameters, ParameterValue } from "../../core/domain/hyperparameters.ts";
import {
  domainSize,
  type ParameterDomain,
  type SearchSpace,
} from "../../core/domain/search_space.ts";
import type { Sampler } from "./sampler.ts";

/**
 * A sampler over the whole grid. Proposal n is read off n's digits in mixed radix, so nothing is
 * listed in memory and any proposal can be made again.
 * @throws {RangeError} If a parameter is a continuous range.
 */
export function createGridSampler(space: SearchSpace): Sampler {
  const continuous = space.find((parameter) => domainSize(parameter.domain) === Infinity);
  if (continuous !== undefined) {
    throw new RangeError(
      `Cannot make a grid over "${continuous.name}": it must be a list of values`,
    );
  }
  const size = space.reduce((product, parameter) => product * domainSize(parameter.domain), 1);
  return {
    size,
    propose: (n) => {
      if (!Number.isSafeInteger(n) || n < 0 || n >= size) {
        throw new RangeError(`Cannot propose grid point ${n}: it must be from 0 to ${size - 1}`);
      }
      return gridPoint(space, n);
    },
  };
}

function gridPoint(space: SearchSpace, n: number): Hyperparameters {
  const digits = new Map<string, ParameterValue>();
  let rest = n;
  for (const { name, domain } of space.toReversed()) {
    const radix = domainSize(domain);
    digits.set(name, valueAt(domain, rest % radix));
    rest = Math.floor(rest / radix);
  }
  // Names in the order of the file, for people who read the journal.
  return Object.fromEntries(space.map(({ name }) => [name, digits.get(name) ?? 0]));
}

function valueAt(domain: ParameterDomain, index: number): ParameterValue {
  switch (domain.kind) {
    case "values":
      return domain.values[index] ?? 0;
    case "int":
      return domain.min + index;
    case "float":
      return domain.min;
    default:
      return domain satisfies never;
  }
}
