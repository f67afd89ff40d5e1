/** The grid sampler: every point of a finite space once, the last parameter varying fastest. */
import { canonicalText, type Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { domainSize, type SearchSpace } from "../../core/domain/search_space.ts";
import { type Admits, countPoints, gridPoints } from "../../core/domain/space_points.ts";
import type { Sampler } from "./sampler.ts";

/**
 * A sampler over the whole grid. Points that constraints forbid are passed over, and parameters that
 * are absent are left out. Nothing is listed in memory. After an extension the points in between come
 * as they are met. `admits`: null where there are no constraints.
 * @throws {RangeError} If a parameter is a continuous range.
 */
export function createGridSampler(space: SearchSpace, admits: Admits | null = null): Sampler {
  const continuous = space.find((parameter) => domainSize(parameter.domain) === Infinity);
  if (continuous !== undefined) {
    throw new RangeError(
      `Cannot make a grid over "${continuous.name}": it must be a list of values`,
    );
  }
  return {
    get size() {
      return countPoints(space, admits);
    },
    fresh: (asked) => freshGridPoints({ space, admits }, asked),
  };
}

/** A space, and what its constraints say. */
export interface SamplerSpace {
  readonly space: SearchSpace;
  /** Null: there are no constraints. */
  readonly admits: Admits | null;
}

/** The points of a finite space that were not asked for, in the grid's order; the set grows along. */
export function* freshGridPoints(
  { space, admits }: SamplerSpace,
  asked: Set<string>,
): Generator<Hyperparameters, void, void> {
  for (const point of gridPoints(space)) {
    const text = canonicalText(point);
    if (asked.has(text) || !(admits?.(point) ?? true)) continue;
    asked.add(text);
    yield point;
  }
}
