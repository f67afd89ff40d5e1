/** The point of a search space whose acquisition is highest, as far as a search by chance can tell. */
import type { Hyperparameters } from "../../../core/domain/hyperparameters.ts";
import type { Rng } from "../../../core/domain/rng.ts";
import { domainSize, type SearchSpace } from "../../../core/domain/search_space.ts";
import { isOrdered } from "../unit_cube/is_ordered.ts";
import { createQuasiRandom } from "../unit_cube/quasi_random.ts";
import { pointAt, reflect } from "../unit_cube/unit_point.ts";

/** What to maximise, and where. */
export interface Acquisition {
  readonly space: SearchSpace;
  /** −Infinity for points that must not be proposed. */
  readonly score: (point: Hyperparameters) => number;
  /** Where to look besides everywhere: in the unit cube, the best first. */
  readonly promising: readonly (readonly number[])[];
}

/** A point with its score. */
export interface ScoredPoint {
  readonly point: Hyperparameters;
  readonly score: number;
}

/** Points all over the cube; more where there are more parameters. */
const SPREAD_BASE = 200;
const SPREAD_EACH = 50;
const SPREAD_MOST = 800;
/** From how many of the best a search sets out, and how many steps it takes. */
const SEARCHES = 6;
const STEPS = 70;
/** How far a step goes, first and last. */
const WIDE = 0.2;
const NARROW = 0.0005;

interface Place extends ScoredPoint {
  readonly units: readonly number[];
}

/** The best point found; null if all of them scored −Infinity. */
export function maximiseAcquisition(
  { space, score, promising }: Acquisition,
  rng: Rng,
): ScoredPoint | null {
  const placeAt = (units: readonly number[]): Place => {
    const point = pointAt(space, units);
    return { units, point, score: score(point) };
  };
  const spread = createQuasiRandom(space.length, rng);
  const count = Math.min(SPREAD_MOST, SPREAD_BASE + SPREAD_EACH * space.length);
  const places = [
    ...promising.flatMap((units) => [
      units,
      moved(space, { units, size: 0.05 }, rng),
      moved(space, { units, size: 0.01 }, rng),
    ]),
    ...Array.from({ length: count }, (_, n) => spread(n)),
  ].map(placeAt).sort(byScore);
  const found = places.slice(0, SEARCHES).map((start) => {
    let best = start;
    for (let step = 0; step < STEPS; step++) {
      const size = WIDE * (NARROW / WIDE) ** (step / (STEPS - 1));
      const next = placeAt(moved(space, { units: best.units, size }, rng));
      if (next.score > best.score) best = next;
    }
    return best;
  });
  const [best] = found.sort(byScore);
  return best === undefined || best.score === -Infinity ? null : best;
}

/** A point nearby: one or several coordinates differ. */
function moved(
  space: SearchSpace,
  { units, size }: { readonly units: readonly number[]; readonly size: number },
  rng: Rng,
): readonly number[] {
  const certain = rng.below(space.length);
  // Two coordinates on average: one alone cannot follow a slanted ridge.
  const share = Math.min(1, 2 / space.length);
  return units.map((u, index) => {
    const domain = space[index]?.domain;
    if (domain === undefined || (index !== certain && rng.uniform() >= share)) return u;
    if (!isOrdered(domain)) return rng.uniform();
    // A step must be able to reach the neighbouring value.
    return reflect(u + Math.max(size, 0.7 / domainSize(domain)) * rng.normal());
  });
}

/** Best first; in the order given where they are equal. */
function byScore(a: Place, b: Place): number {
  if (a.score === b.score) return 0;
  return a.score > b.score ? -1 : 1;
}
