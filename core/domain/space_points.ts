/** The points of a search space: built one by one, gone through, counted and tried. */
import type { Hyperparameters, ParameterValue } from "./hyperparameters.ts";
import { createRng } from "./rng.ts";
import {
  domainSize,
  isActive,
  type Parameter,
  type SearchSpace,
  spaceSize,
} from "./search_space.ts";
import { nthValue, valueAt } from "./space_codec.ts";

/** Whether constraints admit a point. */
export type Admits = (hyperparameters: Hyperparameters) => boolean;

/** Combinations that are gone through at most to count the points among them. */
export const MAX_COUNTED = 100_000;
/** Points that are tried where there are too many for all. */
export const PROBES = 10_000;

/**
 * A point of the space, its values by name in the order of the file. A parameter whose conditions do
 * not hold is left out, and nobody is asked for its value.
 */
export function pointOf(
  space: SearchSpace,
  valueOf: (parameter: Parameter, index: number) => ParameterValue,
): Hyperparameters {
  const point: Record<string, ParameterValue> = {};
  for (const [index, parameter] of space.entries()) {
    if (isActive(parameter, point)) point[parameter.name] = valueOf(parameter, index);
  }
  return point;
}

/**
 * Every point of a finite space once, the last parameter varying fastest. An odometer: where a
 * parameter is absent its digit stays at 0, so no point comes twice, and nothing is listed in memory.
 */
export function* gridPoints(space: SearchSpace): Generator<Hyperparameters, void, void> {
  const digits = space.map(() => 0);
  while (true) {
    const point = pointOf(space, ({ domain }, index) => nthValue(domain, digits[index] ?? 0));
    yield point;
    if (!advance(digits, { space, point })) return;
  }
}

/** Moves on to the next point; false after the last. */
function advance(
  digits: number[],
  { space, point }: { readonly space: SearchSpace; readonly point: Hyperparameters },
): boolean {
  for (let index = space.length - 1; index >= 0; index--) {
    const parameter = space[index];
    if (parameter === undefined || !Object.hasOwn(point, parameter.name)) continue;
    const digit = (digits[index] ?? 0) + 1;
    if (digit < domainSize(parameter.domain)) {
      digits[index] = digit;
      digits.fill(0, index + 1);
      return true;
    }
  }
  return false;
}

/**
 * How many points there are. With conditions or constraints they are counted where there are at most
 * `MAX_COUNTED` combinations; of more the number of combinations is told: there are not more points.
 */
export function countPoints(space: SearchSpace, admits: Admits | null): number {
  const combinations = spaceSize(space);
  const isPlain = admits === null && space.every(({ when = [] }) => when.length === 0);
  if (isPlain || combinations > MAX_COUNTED) return combinations;
  let count = 0;
  for (const point of gridPoints(space)) if (admits?.(point) ?? true) count++;
  return count;
}

/** What was found by trying points. */
export interface SpaceProbe {
  readonly tried: number;
  /** These were all that there are. */
  readonly isComplete: boolean;
  /** Whether one of them was admitted. */
  readonly isAdmitted: boolean;
  /** The parameters that one of the admitted points has. */
  readonly reached: ReadonlySet<string>;
}

/** Tries all points of a small space, random ones of a large, until everything is reached. */
export function probeSpace(
  space: SearchSpace,
  { admits, seed }: { readonly admits: Admits; readonly seed: number },
): SpaceProbe {
  const isSmall = spaceSize(space) <= PROBES;
  const reached = new Set<string>();
  let isAdmitted = false;
  let tried = 0;
  for (const point of isSmall ? gridPoints(space) : randomPoints(space, seed)) {
    tried++;
    if (!admits(point)) continue;
    isAdmitted = true;
    for (const name of Object.keys(point)) reached.add(name);
    if (reached.size === space.length) break;
  }
  return { tried, isComplete: isSmall, isAdmitted, reached };
}

function* randomPoints(space: SearchSpace, seed: number): Generator<Hyperparameters, void, void> {
  const rng = createRng(seed, "probe");
  for (let n = 0; n < PROBES; n++) {
    yield pointOf(space, ({ domain }) => valueAt(domain, rng.uniform()));
  }
}
