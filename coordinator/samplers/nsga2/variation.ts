/**
 * Children of two configurations, in the unit cube: simulated binary crossover (Deb and Agrawal, 1995)
 * and polynomial mutation (Deb and Goyal, 1996) as Deb et al. (2002) use them, for ranges of numbers;
 * of all else a child has one parent's value or a new one.
 */
import type { Rng } from "../../../core/domain/rng.ts";
import { domainSize, type SearchSpace } from "../../../core/domain/search_space.ts";

/** A configuration as coordinates; null for what it has not. */
export type Genome = readonly (number | null)[];

/** How often two parents are crossed at all. */
const CROSSOVER = 0.9;
/** How often a crossed child has the second parent's value, and how often ranges are blended. */
const SWAP = 0.5;
/** η: the larger, the closer children stay to their parents. */
const CROSSOVER_INDEX = 20;
const MUTATION_INDEX = 20;

/** A child: every coordinate has a number, since what parents lack it may have. */
export function childOf(
  space: SearchSpace,
  [mother, father]: readonly [Genome, Genome],
  rng: Rng,
): readonly number[] {
  const isCrossed = rng.uniform() < CROSSOVER;
  const mutation = 1 / space.length;
  return space.map(({ domain }, i) => {
    const isRange = domainSize(domain) === Infinity;
    const u = isCrossed
      ? crossed([mother[i] ?? null, father[i] ?? null], { isRange, rng })
      : mother[i] ?? null;
    // Drawn in any case, so that one parameter's value does not move the others' draws.
    const chance = rng.uniform();
    if (u === null) return rng.uniform();
    if (chance >= mutation) return u;
    return isRange ? mutated(u, rng.uniform()) : rng.uniform();
  });
}

function crossed(
  [a, b]: readonly [number | null, number | null],
  { isRange, rng }: { readonly isRange: boolean; readonly rng: Rng },
): number | null {
  const isSwapped = rng.uniform() < SWAP;
  const isBlended = rng.uniform() < SWAP;
  const draw = rng.uniform();
  if (a === null || b === null) return a ?? b;
  const [near, far] = isSwapped ? [b, a] : [a, b];
  return isRange && isBlended ? blended([near, far], draw) : near;
}

/**
 * A child on the side of the first of two parents: β, their spread in relation to the parents', has
 * the density of one cut of binary strings, cut off where a child would leave [0, 1].
 */
export function blended([near, far]: readonly [number, number], draw: number): number {
  const distance = Math.abs(far - near);
  if (distance < 1e-12) return near;
  const room = near < far ? near : 1 - near;
  const alpha = 2 - (1 + 2 * room / distance) ** -(CROSSOVER_INDEX + 1);
  const power = 1 / (CROSSOVER_INDEX + 1);
  const beta = draw <= 1 / alpha ? (draw * alpha) ** power : (1 / (2 - draw * alpha)) ** power;
  const child = (near + far) / 2 + Math.sign(near - far) * beta * distance / 2;
  return Math.min(1, Math.max(0, child));
}

/** A value nearby: most moves are small, and none leaves [0, 1]. */
export function mutated(u: number, draw: number): number {
  const power = 1 / (MUTATION_INDEX + 1);
  const move = draw < 0.5
    ? (2 * draw + (1 - 2 * draw) * (1 - u) ** (MUTATION_INDEX + 1)) ** power - 1
    : 1 - (2 * (1 - draw) + (2 * draw - 1) * u ** (MUTATION_INDEX + 1)) ** power;
  return Math.min(1, Math.max(0, u + move));
}
