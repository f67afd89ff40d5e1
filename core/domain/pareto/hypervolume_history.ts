/** The hypervolume as points come in: how a search with several objectives got on. */
import { dominates, isFinitePoint, type Losses } from "./dominance.ts";
import { exclusiveVolume, type Work } from "./hypervolume.ts";
import { Staircase } from "./staircase.ts";

/**
 * The hypervolume after each point, up to one reference point; it never shrinks. With two losses each
 * point takes O(log n); with more, what it adds to the front is computed exactly: NaN from where
 * there is no work left.
 */
export function hypervolumeHistory(
  points: readonly Losses[],
  reference: Losses,
  work: Work = { left: Infinity },
): readonly number[] {
  const [right = 0, top = 0] = reference;
  if (reference.length === 2) {
    const stairs = new Staircase([right, top]);
    return points.map((losses) => {
      const [x = NaN, y = NaN] = losses;
      if (isFinitePoint(losses)) stairs.add(x, y);
      return stairs.area;
    });
  }
  let front: readonly Losses[] = [];
  let volume = 0;
  return points.map((losses) => {
    if (Number.isNaN(volume)) return volume;
    const gain = exclusiveVolume(losses, front, { reference, work });
    if (Number.isNaN(gain)) volume = NaN;
    // A point that adds nothing is dominated, equal to one, or beyond the reference.
    else if (gain > 0) {
      volume += gain;
      front = [...front.filter((other) => !dominates(losses, other)), losses];
    }
    return volume;
  });
}
