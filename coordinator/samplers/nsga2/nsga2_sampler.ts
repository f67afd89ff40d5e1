/**
 * NSGA-II (Deb, Pratap, Agarwal and Meyarivan, 2002): a genetic algorithm for several objectives, and
 * for every kind of parameter. Generation g is the N configurations from number g·N on. The first one
 * covers the space evenly; the children of later ones have their parents among the N best of all
 * earlier generations, as far as outcomes are known. So they are a function of the set of outcomes.
 */
import { type ConfigurationId, parseConfigurationId } from "../../../core/domain/ids.ts";
import type { Proposal } from "../../../core/domain/observation.ts";
import { createRng } from "../../../core/domain/rng.ts";
import { type SearchSpace, variedParameters } from "../../../core/domain/search_space.ts";
import type { AdaptiveSampler, SamplerOptions } from "../adaptive_sampler.ts";
import { drawFresh, isFresh } from "../unit_cube/fresh_point.ts";
import { spreadPoint } from "../unit_cube/spread_point.ts";
import { lossesOf, type Measured, ToldObservations } from "../unit_cube/told_observations.ts";
import { pointAt, unitsOf } from "../unit_cube/unit_point.ts";
import { type Ranked, survivors, tournament } from "./selection.ts";
import { childOf } from "./variation.ts";

/** An NSGA-II sampler's own options. */
export interface Nsga2Options extends SamplerOptions {
  /** N ≥ 2: configurations in a generation. Default 50. */
  readonly population?: number | undefined;
}

const POPULATION = 50;
const LEAST_POPULATION = 8;
/** Generations that a sweep should have room for. */
const GENERATIONS = 6;
/** Children before a random configuration takes their place. */
const TRIES = 100;

/** How large a generation should be for a sweep of so many configurations; null: without an end. */
export function populationFor(configurations: number | null): number {
  if (configurations === null) return POPULATION;
  return Math.max(LEAST_POPULATION, Math.min(POPULATION, Math.floor(configurations / GENERATIONS)));
}

/** A sampler that breeds configurations. @throws {RangeError} If the population is below 2. */
export function createNsga2Sampler(options: Nsga2Options): AdaptiveSampler {
  return new Nsga2Sampler(options);
}

type Population = readonly Ranked<Measured>[];

class Nsga2Sampler implements AdaptiveSampler {
  readonly #options: Nsga2Options;
  readonly #varied: SearchSpace;
  readonly #size: number;
  readonly #told = new ToldObservations();
  /** The population that each generation's parents are from; what an observation changes is cut off. */
  readonly #populations: Population[] = [[]];

  constructor(options: Nsga2Options) {
    const { population = POPULATION } = options;
    if (!Number.isSafeInteger(population) || population < 2) {
      throw new RangeError(
        `Cannot create an NSGA-II sampler: its population is ${population}; it must be >= 2`,
      );
    }
    this.#options = options;
    this.#varied = variedParameters(options.space);
    this.#size = population;
  }

  observe: AdaptiveSampler["observe"] = (observation) => {
    this.#told.observe(observation);
    const generation = Math.floor(observation.configuration / this.#size);
    if (this.#populations.length > generation + 1) this.#populations.length = generation + 1;
  };

  propose: AdaptiveSampler["propose"] = (configuration) => {
    const generation = Math.floor(configuration / this.#size);
    const parents = this.#populationBefore(generation);
    const { completed, stopped, pending, failed } = this.#told.counts;
    const facts: Proposal["note"]["facts"] = {
      completed,
      stopped,
      pending,
      failed,
      generation,
      population: this.#size,
      parents: parents.length,
      front: parents.filter(({ rank }) => rank === 0).length,
    };
    if (parents.length < 2) {
      const point = spreadPoint(this.#options, this.#told, configuration);
      return point && { hyperparameters: point, note: { sampler: "nsga2", facts } };
    }
    return this.#child(configuration, parents, facts);
  };

  #child(
    configuration: ConfigurationId,
    parents: Population,
    facts: Proposal["note"]["facts"],
  ): Proposal | null {
    const { space, seed } = this.#options;
    const rng = createRng(seed, "sampler", configuration);
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const mother = tournament(parents, rng);
      const father = tournament(parents, rng);
      if (mother === null || father === null) break;
      const units = childOf(this.#varied, [
        unitsOf(this.#varied, mother.hyperparameters),
        unitsOf(this.#varied, father.hyperparameters),
      ], rng);
      const unitByName = new Map(this.#varied.map(({ name }, i) => [name, units[i] ?? 0.5]));
      const point = pointAt(space, space.map(({ name }) => unitByName.get(name) ?? 0.5));
      if (!isFresh(this.#options, this.#told, point)) continue;
      const own = { mother: mother.configuration, father: father.configuration };
      return {
        hyperparameters: point,
        note: { sampler: "nsga2", facts: { ...facts, ...own } },
      };
    }
    const point = drawFresh(this.#options, this.#told, configuration);
    return point && { hyperparameters: point, note: { sampler: "nsga2", facts } };
  }

  /** The N best of all generations before this one. */
  #populationBefore(generation: number): Population {
    while (this.#populations.length <= generation) {
      const last = this.#populations.length - 1;
      const before = (this.#populations[last] ?? []).map(({ item }) => item);
      this.#populations.push(survivors([...before, ...this.#members(last)], this.#size));
    }
    return this.#populations[generation] ?? [];
  }

  /** The configurations of a generation whose losses are known. */
  #members(generation: number): readonly Measured[] {
    return Array.from({ length: this.#size }, (_, i) => {
      const observation = this.#told.of(parseConfigurationId(generation * this.#size + i));
      const losses = observation === undefined ? null : lossesOf(observation);
      if (observation === undefined || losses === null) return null;
      const { configuration, hyperparameters } = observation;
      return { configuration, hyperparameters, losses };
    }).filter((member) => member !== null);
  }
}
