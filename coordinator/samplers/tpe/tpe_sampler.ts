/**
 * The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl, 2011, "Algorithms for
 * Hyper-Parameter Optimization", section 4), over all parameters at once (Falkner, Klein and Hutter,
 * 2018, "BOHB").
 *
 * The paper's symbols: y* splits the observations at `goodCount` results, l(x) is the mixture of the
 * good ones and g(x) that of all others; expected improvement grows with l(x)/g(x), so of some draws
 * from l the one with the largest log l − log g is proposed.
 *
 * Parallel trials: pending configurations are in g, a constant liar who says that they turn out bad
 * (Ginsbourger, Le Riche and Carraro, 2010). Failed and diverged ones are in g as well.
 */
import type { Hyperparameters } from "../../../core/domain/hyperparameters.ts";
import type { Proposal } from "../../../core/domain/observation.ts";
import { createRng, type Rng } from "../../../core/domain/rng.ts";
import type { AdaptiveSampler, SamplerOptions } from "../adaptive_sampler.ts";
import { ageWeight, sampleByAge } from "./age_weights.ts";
import { type Dimension, dimensionsOf } from "./dimension.ts";
import { createSearch, freshDraws, freshness, pointAt } from "./fresh_points.ts";
import { goodCount, goodRows } from "./good_rows.ts";
import { createMixture, type Mixture, type WeightedRows } from "./mixture.ts";
import { ObservationTable } from "./observation_table.ts";
import { createStartupPoints } from "./startup_points.ts";

/** A TPE sampler's settings. */
export interface TpeOptions extends SamplerOptions {
  /** So many results are waited for with points spread evenly. */
  readonly startup?: number | undefined;
  /** How many draws from the good ones' density compete. */
  readonly candidates?: number | undefined;
  /** How many kernels stand for the others at most: it bounds the time of a proposal. */
  readonly kernels?: number | undefined;
}

/** Draws for each candidate that is wanted, before those that will do have to be enough. */
const TRIES_EACH = 20;
/** Draws from the whole space where the good ones' density gives nothing new. */
const TRIES_AT_RANDOM = 1_000;

/**
 * A sampler that draws near good observations and away from the others.
 * @throws {RangeError} If a setting is not an integer >= 1.
 */
export function createTpeSampler(
  { startup = 10, candidates = 24, kernels = 1_000, ...options }: TpeOptions,
): AdaptiveSampler {
  for (const [name, value] of Object.entries({ startup, candidates, kernels })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new RangeError(
      `Cannot create a TPE sampler with ${name} ${value}: it must be an integer >= 1`,
    );
  }
  const { space, isAllowed, seed, objectives } = options;
  const dimensions = dimensionsOf(space);
  const table = new ObservationTable(dimensions);
  const isFresh = freshness(isAllowed, (text) => table.has(text));
  const search = createSearch(space, isFresh);
  const startupPlaceOf = createStartupPoints(seed, space.length);
  const anyFresh = (rng: Rng): Hyperparameters | null => {
    const draw = (): Hyperparameters => pointAt(space, () => rng.uniform());
    return freshDraws({ draw, isFresh, wanted: 1, tries: TRIES_AT_RANDOM })[0] ?? search();
  };
  return {
    observe: (observation) => table.add(observation),
    propose(configuration) {
      const rng = createRng(seed, "sampler", configuration);
      const { completed, stopped } = table.counts;
      if (completed + stopped < startup || table.byResult.size === 0) {
        const even = pointAt(space, (parameter) => startupPlaceOf(configuration, parameter));
        const point = isFresh(even) ? even : anyFresh(rng);
        return point && proposalOf(table, point, { startup: "yes" });
      }
      const models = modelsOf(table, { dimensions, objectives, kernels });
      const best = bestDraw(models, { rng, isFresh, candidates });
      const facts = { startup: "no", below: models.below };
      if (best !== null) {
        const { hyperparameters, acquisition } = best;
        return proposalOf(table, hyperparameters, { ...facts, acquisition });
      }
      const point = anyFresh(rng);
      return point && proposalOf(table, point, facts);
    },
  };
}

interface Models {
  readonly good: Mixture;
  readonly others: Mixture;
  /** How many observations are good. */
  readonly below: number;
}

interface ModelOptions {
  readonly dimensions: readonly Dimension[];
  readonly objectives: number;
  readonly kernels: number;
}

function modelsOf(
  table: ObservationTable,
  { dimensions, objectives, kernels }: ModelOptions,
): Models {
  const { completed, stopped } = table.counts;
  const count = goodCount(completed + stopped);
  const places = goodRows(table, { count, objectives })
    .map((row) => table.byAge.placeOf(row)).sort((a, b) => a - b);
  const good = Uint32Array.from(places, (place) => table.byAge.at(place));
  // Of several objectives the good ones are a front: none is better for being younger.
  const weights = Float64Array.from(
    good,
    (_, i) => objectives > 1 ? 1 : ageWeight(i, good.length),
  );
  return {
    good: createMixture(dimensions, rowsOf(table, good, weights)),
    others: createMixture(dimensions, otherRows(table, places, kernels)),
    below: good.length,
  };
}

/** All rows but the good ones, whose places in the order of age are given in ascending order. */
function otherRows(
  table: ObservationTable,
  good: readonly number[],
  kernels: number,
): WeightedRows {
  const sample = sampleByAge(table.byAge.size - good.length, kernels);
  let passed = 0;
  const rows = sample.places.map((place) => {
    while ((good[passed] ?? Infinity) <= place + passed) passed++;
    return table.byAge.at(place + passed);
  });
  return rowsOf(table, rows, sample.weights);
}

function rowsOf(
  table: ObservationTable,
  rows: Uint32Array,
  weights: Float64Array,
): WeightedRows {
  const columns = table.columns.map((column) => {
    const chosen = new Float64Array(rows.length);
    // A callback for each number would take longer than all else here.
    for (let i = 0; i < rows.length; i++) chosen[i] = column[rows[i] ?? 0] ?? 0;
    return chosen;
  });
  return { columns, weights };
}

interface DrawOptions {
  readonly rng: Rng;
  readonly isFresh: (point: Hyperparameters) => boolean;
  readonly candidates: number;
}

interface Scored {
  readonly hyperparameters: Hyperparameters;
  /** log l − log g. */
  readonly acquisition: number;
}

/** The draw from the good ones' density that gains most; null if none is new and allowed. */
function bestDraw(
  { good, others }: Models,
  { rng, isFresh, candidates }: DrawOptions,
): Scored | null {
  const points = freshDraws({
    draw: () => good.draw(rng),
    isFresh,
    wanted: candidates,
    tries: candidates * TRIES_EACH,
  });
  let best: Scored | null = null;
  for (const hyperparameters of points) {
    const gain = good.logDensity(hyperparameters) - others.logDensity(hyperparameters);
    // Infinite where the others cannot have a value, which no journal could hold.
    const acquisition = Math.min(gain, Number.MAX_VALUE);
    if (best === null || acquisition > best.acquisition) best = { hyperparameters, acquisition };
  }
  return best;
}

function proposalOf(
  { counts: { completed, stopped, pending } }: ObservationTable,
  hyperparameters: Hyperparameters,
  facts: Readonly<Record<string, number | string>>,
): Proposal {
  const note = {
    sampler: "tpe",
    facts: { completed, stopped, pending, ...facts },
  };
  return { hyperparameters, note };
}
