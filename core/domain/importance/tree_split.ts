/** The best division of some points in two by one parameter: CART's least squares. */

/** Points that shall be divided, in the order of their positions on an axis. */
export interface Segment {
  /** [start, end) are the points; there is one at least. */
  readonly order: Uint32Array;
  readonly start: number;
  readonly end: number;
  readonly positions: Float64Array;
  readonly values: Float64Array;
  readonly counts: Uint16Array;
  /** Of all points: their counts, and their values as often as they count. */
  readonly weight: number;
  readonly sum: number;
}

/** A division of points. */
export interface Division {
  /** Larger is better: what it takes off the sum of squares, but for a constant of the points. */
  readonly score: number;
  /** What goes left: positions below a cut, or choices marked by 1. */
  readonly left: number | Uint8Array;
}

/** The best cut between two neighbouring positions; null where there is none. */
export function bestCut(segment: Segment): Division | null {
  const { order, start, end, positions, values, counts, weight, sum } = segment;
  let score = -Infinity;
  let cut = NaN;
  let leftWeight = 0;
  let leftSum = 0;
  let before = positions[order[start] ?? 0] ?? 0;
  for (let place = start; place < end; place++) {
    const point = order[place] ?? 0;
    const position = positions[point] ?? 0;
    if (position > before) {
      const right = sum - leftSum;
      const found = leftSum * leftSum / leftWeight + right * right / (weight - leftWeight);
      const middle = (before + position) / 2;
      // Neighbouring doubles have no middle between them.
      if (found > score && middle > before) {
        score = found;
        cut = middle;
      }
      before = position;
    }
    const count = counts[point] ?? 0;
    leftWeight += count;
    leftSum += count * (values[point] ?? 0);
  }
  return Number.isNaN(cut) ? null : { score, left: cut };
}

/**
 * The best two parts of the choices that are seen, by their means, which finds the best of all
 * (Breiman et al., 1984, section 4.2.2); choices that are not seen go with the larger part.
 */
export function bestChoices(segment: Segment, choices: number): Division | null {
  const seen = choicesOf(segment).sort((a, b) =>
    a.sum / a.weight - b.sum / b.weight || a.choice - b.choice
  );
  let score = -Infinity;
  let parts = 0;
  let partWeight = 0;
  let leftWeight = 0;
  let leftSum = 0;
  for (const [place, { weight, sum }] of seen.slice(0, -1).entries()) {
    leftWeight += weight;
    leftSum += sum;
    const right = segment.sum - leftSum;
    const found = leftSum * leftSum / leftWeight + right * right / (segment.weight - leftWeight);
    if (found > score) {
      score = found;
      parts = place + 1;
      partWeight = leftWeight;
    }
  }
  if (parts === 0) return null;
  const left = new Uint8Array(choices).fill(Number(2 * partWeight >= segment.weight));
  seen.forEach(({ choice }, place) => left[choice] = Number(place < parts));
  return { score, left };
}

interface SeenChoice {
  readonly choice: number;
  weight: number;
  sum: number;
}

/** Points are in the order of their choices: equal ones are neighbours. */
function choicesOf({ order, start, end, positions, values, counts }: Segment): SeenChoice[] {
  const seen: SeenChoice[] = [];
  let last: SeenChoice | null = null;
  for (let place = start; place < end; place++) {
    const point = order[place] ?? 0;
    const choice = positions[point] ?? 0;
    if (last === null || last.choice !== choice) {
      last = { choice, weight: 0, sum: 0 };
      seen.push(last);
    }
    const count = counts[point] ?? 0;
    last.weight += count;
    last.sum += count * (values[point] ?? 0);
  }
  return seen;
}
