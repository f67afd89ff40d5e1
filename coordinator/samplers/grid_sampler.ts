/** The grid sampler: every combination of values once, the last parameter varying fastest. */
import {
  canonicalText,
  type Hyperparameters,
  type ParameterValue,
} from "../../core/domain/hyperparameters.ts";
import {
  domainSize,
  type ParameterDomain,
  type SearchSpace,
  spaceSize,
} from "../../core/domain/search_space.ts";
import { valueAt as valueAtUnit } from "../../core/domain/space_codec.ts";
import type { Sampler } from "./sampler.ts";

/**
 * A sampler over the whole grid. Point n is read off n's digits in mixed radix, so nothing is listed
 * in memory. After an extension the points in between come as they are met.
 * @throws {RangeError} If a parameter is a continuous range.
 */
export function createGridSampler(space: SearchSpace): Sampler {
  const continuous = space.find((parameter) => domainSize(parameter.domain) === Infinity);
  if (continuous !== undefined) {
    throw new RangeError(
      `Cannot make a grid over "${continuous.name}": it must be a list of values`,
    );
  }
  return { size: spaceSize(space), fresh: (asked) => freshGridPoints(space, asked) };
}

/** The points of a finite space that were not asked for, in the grid's order; the set grows along. */
export function* freshGridPoints(
  space: SearchSpace,
  asked: Set<string>,
): Generator<Hyperparameters, void, void> {
  const size = spaceSize(space);
  for (let n = 0; n < size; n++) {
    const point = gridPoint(space, n);
    const text = canonicalText(point);
    if (asked.has(text)) continue;
    asked.add(text);
    yield point;
  }
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
    case "normal":
      return valueAtUnit(domain, 0);
    default:
      return domain satisfies never;
  }
}
