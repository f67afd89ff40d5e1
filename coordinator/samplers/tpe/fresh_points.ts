/** Configurations that were not asked for yet: drawn, and in the end of a finite space searched. */
import {
  canonicalText,
  type Hyperparameters,
  type ParameterValue,
} from "../../../core/domain/hyperparameters.ts";
import {
  domainSize,
  isActive,
  type Parameter,
  type ParameterDomain,
  type SearchSpace,
  spaceSize,
} from "../../../core/domain/search_space.ts";
import { valueAt } from "../../../core/domain/space_codec.ts";

/** The point whose parameters lie at these places of [0, 1], by their numbers in the space. */
export function pointAt(
  space: SearchSpace,
  placeOf: (parameter: number) => number,
): Hyperparameters {
  let next = 0;
  return pointOf(space, ({ domain }) => valueAt(domain, placeOf(next++)));
}

/** How to draw, and what will do. */
export interface FreshDraws {
  readonly draw: () => Hyperparameters;
  readonly isFresh: (point: Hyperparameters) => boolean;
  /** Draws end with so many that will do, or after so many tries. */
  readonly wanted: number;
  readonly tries: number;
}

/** The first draws that will do. */
export function freshDraws(
  { draw, isFresh, wanted, tries }: FreshDraws,
): readonly Hyperparameters[] {
  const fresh: Hyperparameters[] = [];
  for (let i = 0; i < tries && fresh.length < wanted; i++) {
    const point = draw();
    if (isFresh(point)) fresh.push(point);
  }
  return fresh;
}

/** No more points of a space are gone through one by one. */
const MOST_SEARCHED = 1_000_000;

/**
 * Searches a finite space for its first point that will do; null: there is none, or the space is too
 * large. What was passed once is not looked at again: a point that was asked for stays so.
 */
export function createSearch(
  space: SearchSpace,
  isFresh: (point: Hyperparameters) => boolean,
): () => Hyperparameters | null {
  const size = spaceSize(space);
  let next = 0;
  return () => {
    if (size > MOST_SEARCHED) return null;
    for (; next < size; next++) {
      const point = nthPoint(space, next);
      // It is not passed yet: that it is proposed does not mean that it will be asked for.
      if (isFresh(point)) return point;
    }
    return null;
  };
}

/** The point with these digits in mixed radix; those of absent parameters say nothing. */
function nthPoint(space: SearchSpace, n: number): Hyperparameters {
  let rest = n;
  return pointOf(space, ({ domain }) => {
    const radix = domainSize(domain);
    const digit = rest % radix;
    rest = Math.floor(rest / radix);
    return nthValue(domain, digit);
  });
}

function nthValue(domain: ParameterDomain, n: number): ParameterValue {
  if (domain.kind === "values") return domain.values[n] ?? 0;
  if (domain.kind === "normal") return valueAt(domain, 0.5);
  // Equal steps own equal parts of the unit interval where the scale is linear.
  const first = Number(valueAt(domain, 0));
  const even = { ...domain, scale: "linear", min: first } as const;
  return valueAt(even, (n + 0.5) / domainSize(even));
}

function pointOf(
  space: SearchSpace,
  valueOf: (parameter: Parameter) => ParameterValue,
): Hyperparameters {
  const point: Record<string, ParameterValue> = {};
  for (const parameter of space) {
    // Taken for absent ones as well: the draws of the others must not depend on it.
    const value = valueOf(parameter);
    if (isActive(parameter, point)) point[parameter.name] = value;
  }
  return point;
}

/** Whether a point is allowed, and its text none of those known. */
export function freshness(
  isAllowed: (point: Hyperparameters) => boolean,
  isKnown: (text: string) => boolean,
): (point: Hyperparameters) => boolean {
  return (point) => !isKnown(canonicalText(point)) && isAllowed(point);
}
