/**
 * CMA-ES in the unit cube (Hansen, 2016, "The CMA Evolution Strategy: A Tutorial"): generation g is
 * the λ configurations from number g·λ on. They are drawn from the distribution that the generations
 * before made, as far as these are complete; one that is not changes nothing until it is. So the
 * distribution is a function of the set of outcomes.
 *
 * Points outside the cube are drawn again, and cut off at last. Outcomes rank by their first loss; what
 * diverged or failed comes last. A parameter without an order is drawn by probabilities of its own.
 */
import type { Hyperparameters } from "../../../core/domain/hyperparameters.ts";
import { parseConfigurationId } from "../../../core/domain/ids.ts";
import type { Proposal } from "../../../core/domain/observation.ts";
import { createRng, type Rng } from "../../../core/domain/rng.ts";
import { domainSize, type Parameter, variedParameters } from "../../../core/domain/search_space.ts";
import type { AdaptiveSampler, SamplerOptions } from "../adaptive_sampler.ts";
import { drawFresh, isFresh } from "../unit_cube/fresh_point.ts";
import { isOrdered } from "../unit_cube/is_ordered.ts";
import { lossesOf, ToldObservations } from "../unit_cube/told_observations.ts";
import { pointAt, unitsOf } from "../unit_cube/unit_point.ts";
import { drawChoice, firstProbabilities, learnChoice, type Probabilities } from "./choices.ts";
import { beginAt, type Distribution, learnFrom, lengthOf, pointOf } from "./distribution.ts";
import { defaultPopulation, type Strategy, strategyFor } from "./strategy.ts";

/** A CMA-ES sampler's own options. */
export interface CmaesOptions extends SamplerOptions {
  /** λ ≥ 4; absent: 4 + ⌊3 ln d⌋ for d parameters with an order. */
  readonly population?: number | undefined;
}

/** σ at first, as a share of a parameter's range: the paper's advice. */
const FIRST_SIZE = 0.3;
/** Below this standard deviation in all directions a search is over: another begins elsewhere. */
const SMALLEST = 1e-9;
/** Draws for one configuration before a random one takes its place. */
const TRIES = 100;
/** A step of discrete values is at least drawn with this standard deviation, in its own length. */
const LEAST_IN_STEPS = 0.25;
/** No point counts as farther away than a draw comes (after Hansen, 2011, on injected points). */
const FARTHEST = 3;

/** What configurations are drawn from. */
interface State {
  readonly distribution: Distribution;
  /** In the order of the parameters without an order. */
  readonly choices: readonly Probabilities[];
}

/** A sampler that adapts a normal distribution. @throws {RangeError} If the population is below 4. */
export function createCmaesSampler(options: CmaesOptions): AdaptiveSampler {
  return new CmaesSampler(options);
}

class CmaesSampler implements AdaptiveSampler {
  readonly #options: CmaesOptions;
  readonly #told = new ToldObservations();
  readonly #axes: readonly Parameter[];
  readonly #choices: readonly Parameter[];
  readonly #strategy: Strategy;
  /** The state that each generation draws from; what an observation changes is cut off. */
  readonly #states: State[];

  constructor(options: CmaesOptions) {
    this.#options = options;
    const varied = variedParameters(options.space);
    this.#axes = varied.filter(({ domain }) => isOrdered(domain));
    this.#choices = varied.filter(({ domain }) => !isOrdered(domain));
    const dimension = Math.max(1, this.#axes.length);
    const population = options.population ?? defaultPopulation(dimension);
    if (!Number.isSafeInteger(population) || population < 4) {
      throw new RangeError(
        `Cannot create a CMA-ES sampler: its population is ${population}; it must be >= 4`,
      );
    }
    this.#strategy = strategyFor(dimension, population);
    this.#states = [{
      distribution: beginAt(new Array<number>(dimension).fill(0.5), FIRST_SIZE),
      choices: this.#choices.map(firstProbabilities),
    }];
  }

  observe: AdaptiveSampler["observe"] = (observation) => {
    this.#told.observe(observation);
    const generation = Math.floor(observation.configuration / this.#strategy.population);
    if (this.#states.length > generation + 1) this.#states.length = generation + 1;
  };

  propose: AdaptiveSampler["propose"] = (configuration) => {
    const { population } = this.#strategy;
    const generation = Math.floor(configuration / population);
    const state = this.#stateOf(generation);
    const { completed, stopped, pending, failed } = this.#told.counts;
    const facts: Proposal["note"]["facts"] = {
      completed,
      stopped,
      pending,
      failed,
      generation,
      learned: state.distribution.generation,
      population,
      stepSize: Number(state.distribution.size.toPrecision(4)),
    };
    const rng = createRng(this.#options.seed, "sampler", configuration);
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const point = this.#draw(state, { rng, isLast: attempt >= TRIES / 2 });
      if (point !== null && isFresh(this.#options, this.#told, point)) {
        return { hyperparameters: point, note: { sampler: "cmaes", facts } };
      }
    }
    const point = drawFresh(this.#options, this.#told, configuration);
    if (point === null) return null;
    return {
      hyperparameters: point,
      note: { sampler: "cmaes", facts: { ...facts, phase: "random" } },
    };
  };

  /** A draw; null if it lies outside the cube and may still be drawn again. */
  #draw(
    { distribution, choices }: State,
    { rng, isLast }: { readonly rng: Rng; readonly isLast: boolean },
  ): Hyperparameters | null {
    const drawn = pointOf(distribution, distribution.mean.map(() => rng.normal()));
    const axes = this.#axes.map((axis, i) =>
      (drawn[i] ?? 0.5) + this.#shortfall(axis, distribution, i) * rng.normal()
    );
    const isInside = axes.every((u) => u >= 0 && u <= 1);
    if (!isInside && !isLast) return null;
    const units = this.#options.space.map((parameter) => {
      const axis = this.#axes.indexOf(parameter);
      if (axis >= 0) return Math.min(1, Math.max(0, axes[axis] ?? 0.5));
      const choice = this.#choices.indexOf(parameter);
      return choice >= 0 ? drawChoice(parameter, choices[choice] ?? [], rng) : 0.5;
    });
    return pointAt(this.#options.space, units);
  }

  /**
   * The standard deviation that draws of a discrete parameter lack: without it all of them would fall
   * on one value once the distribution is narrower than a step, and it would never leave it again.
   */
  #shortfall({ domain }: Parameter, { size, covariance }: Distribution, axis: number): number {
    const least = LEAST_IN_STEPS / domainSize(domain);
    const variance = size * size * (covariance[axis]?.[axis] ?? 0);
    return Math.sqrt(Math.max(0, least * least - variance));
  }

  #stateOf(generation: number): State {
    while (this.#states.length <= generation) {
      const last = this.#states.length - 1;
      const before = this.#states[last];
      if (before === undefined) break;
      this.#states.push(this.#after(before, last));
    }
    const state = this.#states[generation];
    if (state === undefined) {
      throw new RangeError(`Cannot draw generation ${generation}: it must be an integer >= 0`);
    }
    return state;
  }

  /** The state after a generation; the same one while it is not complete. */
  #after(state: State, generation: number): State {
    const ranked = this.#ranked(generation);
    if (ranked === null) return state;
    const { distribution } = state;
    const strategy = this.#strategy;
    const points = ranked.map((point) => this.#coordinatesOf(point, distribution));
    const parents = ranked.slice(0, strategy.parents)
      .map((point, i) => ({ point, weight: strategy.weights[i] ?? 0 }));
    const next = learnFrom(distribution, points, strategy);
    return {
      distribution: this.#isOver(next) ? this.#beginAgain(generation) : next,
      choices: this.#choices.map((parameter, i) =>
        learnChoice(parameter, state.choices[i] ?? [], parents)
      ),
    };
  }

  /** A generation's configurations, best first; null if not all of them have an outcome. */
  #ranked(generation: number): readonly Hyperparameters[] | null {
    const { population } = this.#strategy;
    const members: { readonly point: Hyperparameters; readonly loss: number }[] = [];
    for (let i = 0; i < population; i++) {
      const observation = this.#told.of(parseConfigurationId(generation * population + i));
      if (observation === undefined || observation.outcome.kind === "pending") return null;
      const loss = lossesOf(observation)?.[0] ?? Infinity;
      members.push({ point: observation.hyperparameters, loss });
    }
    return members
      .sort((a, b) => a.loss === b.loss ? 0 : a.loss < b.loss ? -1 : 1)
      .map(({ point }) => point);
  }

  /** Where it lies on the axes, no farther away than a draw would; what is absent says nothing. */
  #coordinatesOf(point: Hyperparameters, distribution: Distribution): readonly number[] {
    const { mean } = distribution;
    const units = unitsOf(this.#axes, point);
    const coordinates = mean.map((m, i) => units[i] ?? m);
    const farthest = Math.sqrt(mean.length) + FARTHEST;
    const shrink = Math.min(1, farthest / lengthOf(distribution, coordinates));
    if (!(shrink < 1)) return coordinates;
    return mean.map((m, i) => m + shrink * ((coordinates[i] ?? m) - m));
  }

  #isOver({ size, eigen }: Distribution): boolean {
    const widest = Math.max(...eigen.values);
    const narrowest = Math.min(...eigen.values);
    return !(size * Math.sqrt(widest) > SMALLEST) || widest > 1e14 * narrowest;
  }

  #beginAgain(generation: number): Distribution {
    const rng = createRng(this.#options.seed, "sampler", "restart", generation);
    const mean = Array.from({ length: this.#strategy.dimension }, () => rng.uniform());
    return beginAt(mean, FIRST_SIZE);
  }
}
