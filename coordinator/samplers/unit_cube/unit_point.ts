/** Points of a search space as points of the unit cube, one coordinate for each parameter. */
import type { Hyperparameters } from "../../../core/domain/hyperparameters.ts";
import { isActive, type SearchSpace } from "../../../core/domain/search_space.ts";
import { unitOf, valueAt } from "../../../core/domain/space_codec.ts";

/** The configuration at a point of the cube; parameters whose conditions do not hold are left out. */
export function pointAt(space: SearchSpace, units: ArrayLike<number>): Hyperparameters {
  const values: Record<string, Hyperparameters[string]> = {};
  for (const [index, parameter] of space.entries()) {
    if (isActive(parameter, values)) {
      values[parameter.name] = valueAt(parameter.domain, units[index] ?? 0.5);
    }
  }
  return values;
}

/** Where a configuration lies; null for each parameter that it has not. */
export function unitsOf(space: SearchSpace, point: Hyperparameters): readonly (number | null)[] {
  return space.map(({ name, domain }) => {
    const value = Object.hasOwn(point, name) ? point[name] : undefined;
    return value === undefined ? null : unitOf(domain, value);
  });
}

/** A coordinate that left [0, 1], mirrored at the ends until it is inside. */
export function reflect(u: number): number {
  const folded = Math.abs(u) % 2;
  return folded > 1 ? 2 - folded : folded;
}
