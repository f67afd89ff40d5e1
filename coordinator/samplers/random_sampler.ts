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
import { freshGridPoints } from "./grid_sampler.ts";
import type { Sampler } from "./sampler.ts";

/** Draws for one configuration, before the rest of a finite space is taken in its order. */
const TRIES = 16;
/** The same where that order does not exist: only a range without room repeats itself so often. */
const TRIES_IN_RANGES = 1_000;

/**
 * A sampler whose configuration n is drawn from `createRng(seed, "sampler", n, name)` alone, and
 * drawn again where it was asked for already. A finite space ends when it is exhausted: its last
 * points, which draws hardly hit any more, come in the grid's order.
 */
export function createRandomSampler(space: SearchSpace, seed: number): Sampler {
  return { size: spaceSize(space), fresh: (asked) => freshDraws({ space, seed }, asked) };
}

interface Source {
  readonly space: SearchSpace;
  readonly seed: number;
}

function* freshDraws(
  source: Source,
  asked: Set<string>,
): Generator<Hyperparameters, void, void> {
  const isFinite = spaceSize(source.space) < Infinity;
  // Its place only moves on: a point that was passed is in the set.
  const rest = isFinite ? freshGridPoints(source.space, asked) : null;
  while (true) {
    const drawn = drawFresh(source, { asked, tries: isFinite ? TRIES : TRIES_IN_RANGES });
    const point = drawn ?? rest?.next().value;
    if (point === undefined) return;
    asked.add(canonicalText(point));
    yield point;
  }
}

/** The next configuration; null if all tries gave known ones. */
function drawFresh(
  { space, seed }: Source,
  { asked, tries }: { readonly asked: ReadonlySet<string>; readonly tries: number },
): Hyperparameters | null {
  const n = asked.size;
  for (let attempt = 0; attempt < tries; attempt++) {
    const again: readonly RngLabel[] = attempt === 0 ? [] : [attempt];
    const point = Object.fromEntries(
      // A generator for each parameter: adding one to the file leaves the others' draws alone.
      space.map(({ name, domain }) => [
        name,
        draw(domain, createRng(seed, "sampler", n, name, ...again)),
      ]),
    );
    if (!asked.has(canonicalText(point))) return point;
  }
  return null;
}

function draw(domain: ParameterDomain, rng: Rng): ParameterValue {
  switch (domain.kind) {
    case "normal":
      return valueAt(domain, rng.uniform());
    case "values":
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

function logUniform(min: number, max: number, rng: Rng): number {
  return Math.exp(Math.log(min) + rng.uniform() * (Math.log(max) - Math.log(min)));
}

function clamp(
  value: number,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  return Math.min(max, Math.max(min, value));
}
