/** The front of points with two losses as it grows, and the area that it dominates. */

interface Step {
  readonly x: number;
  readonly y: number;
}

/** A mutable front in the plane: adding a point takes O(log n), and O(k) for k points that it drops. */
export class Staircase {
  /** x ascending, y descending. */
  readonly #steps: Step[] = [];
  readonly #right: number;
  readonly #top: number;
  #area = 0;

  /** Areas reach up to the reference point. */
  constructor([right, top]: readonly [right: number, top: number]) {
    this.#right = right;
    this.#top = top;
  }

  /** The area between the front and the reference point. */
  get area(): number {
    return this.#area;
  }

  /** Adds a point; what it adds to the area is returned: 0 if others dominate it already. */
  add(x: number, y: number): number {
    if (!(x < this.#right && y < this.#top)) return 0;
    const place = this.#placeOf(x);
    const before = this.#steps[place - 1];
    if (before !== undefined && before.y <= y) return 0;
    const same = this.#steps[place];
    if (same !== undefined && same.x === x && same.y <= y) return 0;
    let gain = 0;
    let from = x;
    let ceiling = before?.y ?? this.#top;
    let end = place;
    // Each step that the point dominates had left the area above it, up to the step before, free.
    for (; end < this.#steps.length; end++) {
      const step = this.#steps[end];
      if (step === undefined || step.y < y) break;
      gain += (step.x - from) * (ceiling - y);
      from = step.x;
      ceiling = step.y;
    }
    gain += ((this.#steps[end]?.x ?? this.#right) - from) * (ceiling - y);
    this.#steps.splice(place, end - place, { x, y });
    this.#area += gain;
    return gain;
  }

  /** Where the first step at or right of x is. */
  #placeOf(x: number): number {
    let low = 0;
    let high = this.#steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#steps[middle]?.x ?? 0) < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
