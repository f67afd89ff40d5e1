/** Parameters that a program wants to be tried, checked: samplers and schedulers take them for their own. */
import { describeCondition, describeDomain } from "../../core/domain/domain_words.ts";
import type { Hyperparameters, ParameterValue } from "../../core/domain/hyperparameters.ts";
import { didYouMean } from "../../core/domain/nearest_name.ts";
import { domainSize, type Parameter, type SearchSpace } from "../../core/domain/search_space.ts";
import { isInDomain, nthValue } from "../../core/domain/space_codec.ts";
import { pointOf } from "../../core/domain/space_points.ts";

/**
 * The point of the space, its values in the space's order; what has one value only is filled in.
 * @throws {RangeError} If a name is unknown, a parameter is missing or there though its condition does
 * not hold, a value is outside of its domain, or constraints refuse the point.
 */
export function enqueuedPoint(
  given: Hyperparameters,
  { space, isAllowed }: {
    readonly space: SearchSpace;
    readonly isAllowed: (hyperparameters: Hyperparameters) => boolean;
  },
): Hyperparameters {
  const names = space.map(({ name }) => name);
  const stranger = Object.keys(given).find((name) => !names.includes(name));
  if (stranger !== undefined) {
    const hint = didYouMean(stranger, names) || `; it must be one of ${names.join(", ")}`;
    throw new RangeError(`Cannot enqueue "${stranger}": there is no such parameter${hint}`);
  }
  const point = pointOf(space, (parameter) => valueOf(parameter, given));
  for (const { name, when = [] } of space) {
    if (!Object.hasOwn(given, name) || Object.hasOwn(point, name)) continue;
    const must = when.map(describeCondition).join(" and ");
    throw new RangeError(`Cannot enqueue "${name}": it is there only where ${must}`);
  }
  if (!isAllowed(point)) {
    throw new RangeError(`Cannot enqueue ${JSON.stringify(point)}: the constraint refuses it`);
  }
  return point;
}

function valueOf({ name, domain }: Parameter, given: Hyperparameters): ParameterValue {
  const value = Object.hasOwn(given, name) ? given[name] : undefined;
  if (value === undefined && domainSize(domain) === 1) return nthValue(domain, 0);
  if (value !== undefined && isInDomain(domain, value)) return value;
  const found = value === undefined ? "it is missing" : `found ${JSON.stringify(value)}`;
  throw new RangeError(
    `Cannot enqueue "${name}": ${found}; it must be ${describeDomain(domain)}`,
  );
}
