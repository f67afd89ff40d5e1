/** The Sobol sampler: points that cover a space more evenly than independent draws. */
import { canonicalText, type Hyperparameters } from "../../../core/domain/hyperparameters.ts";
import { createRng } from "../../../core/domain/rng.ts";
import type { SearchSpace } from "../../../core/domain/search_space.ts";
import { valueAt } from "../../../core/domain/space_codec.ts";
import { type Admits, countPoints, pointOf } from "../../../core/domain/space_points.ts";
import { freshGridPoints, type SamplerSpace } from "../grid_sampler.ts";
import { isListable } from "../random_sampler.ts";
import type { Sampler } from "../sampler.ts";
import { BITS, createSobolSequence } from "./sobol_sequence.ts";

/** Points in a row that give nothing new, before the rest of a finite space is taken in its order. */
const MISSES = 256;
/** The same where that order does not exist: there is no room for more. */
const MISSES_IN_RANGES = 100_000;
/** Points of the sequence. */
const LENGTH = 2 ** BITS;
/** Coordinates are the lower ends of cells: their middles reach neither 0 nor 1. */
const HALF_CELL = 2 ** -(BITS + 1);

/**
 * A sampler that walks along a scrambled Sobol sequence, each parameter on a dimension of its own.
 * Points that the walk met before, as those of short lists are, and points that constraints forbid
 * are passed over. When a finite space gives hardly any new ones, the rest comes in the grid's order.
 *
 * The walk always starts at the sequence's beginning and never looks at what was asked for, so a
 * plan that was cut off goes on exactly.
 * @throws {RangeError} If there are more parameters than direction numbers.
 */
export function createSobolSampler(
  space: SearchSpace,
  { seed, admits = null }: { readonly seed: number; readonly admits?: Admits | null },
): Sampler {
  const sequence = createSobolSequence(
    space.length,
    (dimension) => createRng(seed, "sampler", "sobol", dimension),
  );
  const pointAt = (index: number): Hyperparameters => {
    const cube = sequence.at(index);
    return pointOf(space, ({ domain }, i) => valueAt(domain, (cube[i] ?? 0) + HALF_CELL));
  };
  return {
    get size() {
      return countPoints(space, admits);
    },
    fresh: (asked) => freshPoints({ space, admits, pointAt }, asked),
  };
}

interface Walk extends SamplerSpace {
  readonly pointAt: (index: number) => Hyperparameters;
}

function* freshPoints(walk: Walk, asked: Set<string>): Generator<Hyperparameters, void, void> {
  const hasOrder = isListable(walk);
  const patience = hasOrder ? MISSES : MISSES_IN_RANGES;
  const met = new Set<string>();
  let misses = 0;
  for (let index = 0; index < LENGTH && misses < patience; index++) {
    const point = walk.pointAt(index);
    const text = canonicalText(point);
    if (met.has(text) || !(walk.admits?.(point) ?? true)) {
      misses++;
      continue;
    }
    misses = 0;
    met.add(text);
    if (asked.has(text)) continue;
    asked.add(text);
    yield point;
  }
  if (hasOrder) yield* freshGridPoints(walk, asked);
}
