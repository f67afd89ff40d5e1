/** The constants of CMA-ES for a dimension (Hansen, 2016, "The CMA Evolution Strategy", table 1). */

/** What does not change during a search. */
export interface Strategy {
  /** n. */
  readonly dimension: number;
  /** λ: the points of a generation. */
  readonly population: number;
  /** μ: how many of them are parents. */
  readonly parents: number;
  /** w, best first; those of the worse half are negative (active CMA). */
  readonly weights: readonly number[];
  /** μ_eff. */
  readonly effective: number;
  /** c_σ and d_σ: how quickly the step size's path forgets, and how slowly the size follows it. */
  readonly sizeRate: number;
  readonly sizeDamping: number;
  /** c_c: how quickly the covariance's path forgets. */
  readonly pathRate: number;
  /** c_1 and c_μ: what the path and what the points add to the covariance. */
  readonly rankOne: number;
  readonly rankMu: number;
  /** E‖N(0, I)‖. */
  readonly meanLength: number;
}

/** λ = 4 + ⌊3 ln n⌋, the paper's eq. 48. */
export function defaultPopulation(dimension: number): number {
  return 4 + Math.floor(3 * Math.log(dimension));
}

/** The default strategy for a dimension n ≥ 1 and a population λ ≥ 4. */
export function strategyFor(dimension: number, population: number): Strategy {
  const n = dimension;
  const parents = Math.floor(population / 2);
  // Eq. 49: before they are scaled.
  const raw = Array.from(
    { length: population },
    (_, i) => Math.log((population + 1) / 2) - Math.log(i + 1),
  );
  const effective = effectiveSize(raw.slice(0, parents));
  const effectiveMinus = effectiveSize(raw.slice(parents));
  const rankOne = 2 / ((n + 1.3) ** 2 + effective);
  const rankMu = Math.min(
    1 - rankOne,
    2 * (effective - 2 + 1 / effective) / ((n + 2) ** 2 + effective),
  );
  const sizeRate = (effective + 2) / (n + effective + 5);
  return {
    dimension,
    population,
    parents,
    weights: scaledWeights(
      raw,
      // Eq. 50 to 52: how much the worse points may count.
      Math.min(
        1 + rankOne / rankMu,
        1 + 2 * effectiveMinus / (effective + 2),
        (1 - rankOne - rankMu) / (n * rankMu),
      ),
    ),
    effective,
    sizeRate,
    sizeDamping: 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + sizeRate,
    pathRate: (4 + effective / n) / (n + 4 + 2 * effective / n),
    rankOne,
    rankMu,
    meanLength: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

/** (Σ w)²/Σ w². */
function effectiveSize(weights: readonly number[]): number {
  return sum(weights) ** 2 / sum(weights.map((weight) => weight * weight));
}

/** Eq. 53: the positive ones add up to 1, the negative ones to −`negative`. */
function scaledWeights(raw: readonly number[], negative: number): readonly number[] {
  const above = sum(raw.filter((weight) => weight > 0));
  const below = -sum(raw.filter((weight) => weight < 0));
  return raw.map((weight) => weight >= 0 ? weight / above : negative * weight / below);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
