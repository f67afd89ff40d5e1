/**
 * How much each observation counts by its age, and which of very many stand for all of them.
 *
 * Bergstra, Yamins and Cox (2013), `linear_forgetting_weights` of Hyperopt: the latest 25 count 1,
 * those before less and less, down to 1/n for the oldest of n.
 */

/** So many observations count fully: the LF of Hyperopt. */
const REMEMBERED = 25;

/** The weight of the i-th oldest of n observations, in (0, 1]. */
export function ageWeight(i: number, n: number): number {
  if (n <= REMEMBERED || i >= n - REMEMBERED) return 1;
  const ramp = n - REMEMBERED;
  return ramp === 1 ? 1 / n : 1 / n + (1 - 1 / n) * i / (ramp - 1);
}

/** Some of n observations by age, oldest first, and how much each counts. */
export interface AgeSample {
  /** Places in the order of age, ascending. */
  readonly places: Uint32Array<ArrayBuffer>;
  readonly weights: Float64Array<ArrayBuffer>;
}

/**
 * All of n observations where they are at most `limit`; else the latest half of `limit`, and one from
 * the middle of each of as many equal stretches of age as the other half has room for. One that
 * stands for a stretch counts as much as the stretch.
 */
export function sampleByAge(n: number, limit: number): AgeSample {
  const size = Math.min(n, limit);
  const places = new Uint32Array(size);
  const weights = new Float64Array(size);
  const stretches = n <= limit ? 0 : Math.floor(limit / 2);
  const old = n - (size - stretches);
  for (let k = 0; k < size; k++) {
    if (k >= stretches) {
      places[k] = old + k - stretches;
      weights[k] = ageWeight(old + k - stretches, n);
      continue;
    }
    const from = Math.floor(k * old / stretches);
    const to = Math.floor((k + 1) * old / stretches);
    places[k] = Math.floor((from + to) / 2);
    weights[k] = stretchWeight(n, from, to);
  }
  return { places, weights };
}

/** What the observations from `from` to before `to` weigh together: a ramp, then ones. */
function stretchWeight(n: number, from: number, to: number): number {
  const onRamp = Math.max(0, Math.min(to, n - REMEMBERED) - from);
  const last = from + Math.max(0, onRamp - 1);
  return onRamp * (ageWeight(from, n) + ageWeight(last, n)) / 2 + (to - from - onRamp);
}
