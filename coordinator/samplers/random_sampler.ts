/** The random sampler: independent draws, each named by its number (Bergstra and Bengio, 2012). */
import {
  canonicalText,
  type Hyperparameters,
  type ParameterValue,
} from "../../core/domain/hyperparameters.ts";
import { createRng, type Rng, type RngLabel } from "../../core/domain/rng.ts";
import {
  type ParameterDomain,
  type SearchSpace,
  spaceSize,
} from "../../core/domain/search_space.ts";
import { valueAt } from "../../core/domain/space_codec.ts";
import { type Admits, countPoints, MAX_COUNTED, pointOf } from "../../core/domain/space_points.ts";
import { freshGridPoints, type SamplerSpace } from "./grid_sampler.ts";
import type { Sampler } from "./sampler.ts";

/** Draws for one configuration, before the rest of a finite space is taken in its order. */
const TRIES = 16;
/** The same where constraints refuse a part of them. */
const TRIES_UNDER_CONSTRAINTS = 200;
/** The same where that order does not exist: only a range without room repeats itself so often. */
const TRIES_IN_RANGES = 1_000;
/** The same under constraints, which were found to admit one of 10,000 points at least. */
const TRIES_IN_NARROW_RANGES = 100_000;

/**
 * A sampler whose configuration n is drawn from `createRng(seed, "sampler", n, name)` alone, and
 * drawn again where it was asked for already, or where constraints refuse it. A finite space ends
 * when it is exhausted: its last points, which draws hardly hit any more, come in the grid's order.
 */
export function createRandomSampler(
  space: SearchSpace,
  { seed, admits = null }: { readonly seed: number; readonly admits?: Admits | null },
): Sampler {
  return {
    get size() {
      return countPoints(space, admits);
    },
    fresh: (asked) => freshDraws({ space, seed, admits }, asked),
  };
}

interface Source extends SamplerSpace {
  readonly seed: number;
}

function* freshDraws(
  source: Source,
  asked: Set<string>,
): Generator<Hyperparameters, void, void> {
  const hasOrder = isListable(source);
  // Its place only moves on: a point that was passed is in the set.
  const rest = hasOrder ? freshGridPoints(source, asked) : null;
  const tries = triesOf(source, hasOrder);
  while (true) {
    const drawn = drawFresh(source, { asked, tries });
    const point = drawn ?? rest?.next().value;
    if (point === undefined) return;
    asked.add(canonicalText(point));
    yield point;
  }
}

/**
 * Whether what is left of a finite space can be found by going through it. Under constraints there
 * may be few points among very many combinations.
 */
export function isListable({ space, admits }: SamplerSpace): boolean {
  const size = spaceSize(space);
  return size < Infinity && (admits === null || size <= 10 * MAX_COUNTED);
}

function triesOf({ admits }: Source, hasOrder: boolean): number {
  if (admits === null) return hasOrder ? TRIES : TRIES_IN_RANGES;
  return hasOrder ? TRIES_UNDER_CONSTRAINTS : TRIES_IN_NARROW_RANGES;
}

/** The next configuration; null if no try gave one that is new and allowed. */
function drawFresh(
  { space, seed, admits }: Source,
  { asked, tries }: { readonly asked: ReadonlySet<string>; readonly tries: number },
): Hyperparameters | null {
  const n = asked.size;
  for (let attempt = 0; attempt < tries; attempt++) {
    const again: readonly RngLabel[] = attempt === 0 ? [] : [attempt];
    // A generator for each parameter: adding one to the file leaves the others' draws alone.
    const point = pointOf(
      space,
      ({ name, domain }) => draw(domain, createRng(seed, "sampler", n, name, ...again)),
    );
    if ((admits?.(point) ?? true) && !asked.has(canonicalText(point))) return point;
  }
  return null;
}

function draw(domain: ParameterDomain, rng: Rng): ParameterValue {
  // Plain lists and ranges are drawn as they were before there were distributions.
  if (domain.kind !== "values" && (domain.step !== undefined || isWide(domain))) {
    return valueAt(domain, rng.uniform());
  }
  switch (domain.kind) {
    case "normal":
      return valueAt(domain, rng.uniform());
    case "values":
      if (domain.probabilities !== undefined) return valueAt(domain, rng.uniform());
      return domain.values[rng.below(domain.values.length)] ?? 0;
    case "int":
      return domain.scale === "linear"
        ? domain.min + rng.below(domain.max - domain.min + 1)
        // Each integer owns the cell [k − ½, k + ½) of the logarithmic axis.
        : clamp(Math.round(logUniform(domain.min - 0.5, domain.max + 0.5, rng)), domain);
    case "float":
      return domain.scale === "linear"
        ? domain.min + rng.uniform() * (domain.max - domain.min)
        : clamp(logUniform(domain.min, domain.max, rng), domain);
    default:
      return domain satisfies never;
  }
}

/** Whether there are more integers than one draw of the generator can tell apart. */
function isWide(domain: ParameterDomain): boolean {
  return domain.kind === "int" && domain.max - domain.min >= 2 ** 32;
}

function logUniform(min: number, max: number, rng: Rng): number {
  return Math.exp(Math.log(min) + rng.uniform() * (Math.log(max) - Math.log(min)));
}

function clamp(
  value: number,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  return Math.min(max, Math.max(min, value));
}
