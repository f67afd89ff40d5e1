/**
 * Bayesian optimisation with a Gaussian process (Jones, Schonlau and Welch, 1998; Snoek, Larochelle
 * and Adams, 2012) and the logarithm of expected improvement (Ament et al., 2023): for small budgets,
 * where each trial is dear. A proposal takes O(n³) for n observations, so at most 500 are used.
 *
 * Configurations on their way count as measured with what the process believes of them (the kriging
 * believer of Ginsbourger, Le Riche and Carraro, 2010): that leaves its means as they are and its
 * doubts there vanish, so that proposals asked for together keep apart. Several losses become one
 * with weights drawn for each proposal (Knowles, 2006).
 */
import type { ConfigurationId } from "../../../core/domain/ids.ts";
import { createRng } from "../../../core/domain/rng.ts";
import type { AdaptiveSampler, SamplerOptions } from "../adaptive_sampler.ts";
import { drawFresh, isFresh } from "../unit_cube/fresh_point.ts";
import { spreadPoint } from "../unit_cube/spread_point.ts";
import { lossesOf, ToldObservations } from "../unit_cube/told_observations.ts";
import { unitsOf } from "../unit_cube/unit_point.ts";
import { featuresOf } from "./features.ts";
import { fitKernel } from "./fit_kernel.ts";
import { conditionOn, type GaussianProcess } from "./gaussian_process.ts";
import { logExpectedImprovement } from "./log_expected_improvement.ts";
import type { KernelParameters, Rows } from "./matern_kernel.ts";
import { maximiseAcquisition } from "./maximise_acquisition.ts";
import { scalarise } from "./scalarise.ts";
import { chosenOf, type Scored, standardised } from "./training_set.ts";

/** A Gaussian process sampler's own options. */
export interface GpOptions extends SamplerOptions {
  /** Configurations with losses before it learns; until then they are quasi-random. Default 10. */
  readonly startup?: number | undefined;
}

/** Observations that a process is conditioned on at most. */
const USED_AT_MOST = 500;
/** Observations that its kernel is fitted to at most. */
const FITTED_AT_MOST = 100;
/** Configurations on their way that are taken into account: the last ones. */
const PENDING_AT_MOST = 200;
/** Observed points around which the search for the next one begins. */
const PROMISING = 8;

/** What was learned from all losses, under one weighing of them. */
interface Model {
  readonly used: readonly Scored[];
  readonly rows: Rows;
  readonly values: readonly number[];
  readonly kernel: KernelParameters;
  readonly process: GaussianProcess;
}

/** A sampler that models the loss by a Gaussian process. */
export function createGpSampler(options: GpOptions): AdaptiveSampler {
  return new GpSampler(options);
}

class GpSampler implements AdaptiveSampler {
  readonly #options: GpOptions;
  readonly #told = new ToldObservations();
  readonly #features: ReturnType<typeof featuresOf>;
  readonly #startup: number;
  /** Of one loss; null after a change. */
  #model: Model | null = null;

  constructor(options: GpOptions) {
    this.#options = options;
    this.#features = featuresOf(options.space);
    this.#startup = options.startup ?? 10;
  }

  observe: AdaptiveSampler["observe"] = (observation) => {
    const before = this.#told.of(observation.configuration);
    this.#told.observe(observation);
    const isNews = observation.outcome.kind !== "pending" ||
      (before !== undefined && before.outcome.kind !== "pending");
    if (isNews) this.#model = null;
  };

  propose: AdaptiveSampler["propose"] = (configuration) => {
    const { completed, stopped, pending, failed } = this.#told.counts;
    const evidence = { completed, stopped, pending, failed };
    if (completed + stopped < this.#startup || this.#features.columns.lengths === 0) {
      const point = spreadPoint(this.#options, this.#told, configuration);
      const facts = { ...evidence, startup: this.#startup };
      return point && { hyperparameters: point, note: { sampler: "gp", facts } };
    }
    const model = this.#modelFor(configuration);
    const { process, best, pendingUsed } = this.#believe(model);
    const { space, seed } = this.#options;
    const found = maximiseAcquisition({
      space,
      promising: this.#promising(model),
      score: (point) =>
        isFresh(this.#options, this.#told, point)
          ? logExpectedImprovement(process.predict(this.#features.rowOf(point)), best)
          : -Infinity,
    }, createRng(seed, "sampler", configuration));
    if (found === null) {
      const point = drawFresh(this.#options, this.#told, configuration);
      return point && { hyperparameters: point, note: { sampler: "gp", facts: evidence } };
    }
    const facts = {
      ...evidence,
      used: model.used.length,
      pendingUsed,
      noise: rounded(Math.sqrt(model.kernel.noise)),
      acquisition: rounded(found.score),
    };
    return { hyperparameters: found.point, note: { sampler: "gp", facts } };
  };

  /** The model of the losses; with several of them each configuration weighs them in its own way. */
  #modelFor(configuration: ConfigurationId): Model {
    if (this.#options.objectives > 1) return this.#learn(configuration);
    this.#model ??= this.#learn(configuration);
    return this.#model;
  }

  #learn(configuration: ConfigurationId): Model {
    const { seed } = this.#options;
    const known = this.#told.all.filter(({ outcome }) => outcome.kind !== "pending");
    const losses = scalarise(
      known.map((each) =>
        lossesOf(each) ?? new Array<number>(this.#options.objectives).fill(Infinity)
      ),
      createRng(seed, "sampler", configuration, "weights"),
    );
    const scored = known.map(({ hyperparameters }, i) => ({
      hyperparameters,
      loss: losses[i] ?? Infinity,
    }));
    const used = chosenOf(scored, USED_AT_MOST);
    const { columns, rowOf } = this.#features;
    const rows = used.map(({ hyperparameters }) => rowOf(hyperparameters));
    const values = standardised(used.map(({ loss }) => loss));
    const fitted = chosenOf(used, FITTED_AT_MOST);
    const kernel = fitKernel({
      columns,
      rows: fitted.map(({ hyperparameters }) => rowOf(hyperparameters)),
      values: standardised(fitted.map(({ loss }) => loss)),
    }, createRng(seed, "sampler", "kernel", used.length));
    return { used, rows, values, kernel, process: conditionOn({ columns, rows, values }, kernel) };
  }

  /** The process that also takes what is on its way for measured, and the best mean it knows of. */
  #believe(
    { rows, values, kernel, process }: Model,
  ): { readonly process: GaussianProcess; readonly best: number; readonly pendingUsed: number } {
    const { columns, rowOf } = this.#features;
    const best = process.fitted.reduce((least, mean) => Math.min(least, mean), Infinity);
    const pending = this.#told.all.filter(({ outcome }) => outcome.kind === "pending")
      .slice(-PENDING_AT_MOST)
      .map(({ hyperparameters }) => rowOf(hyperparameters));
    if (pending.length === 0) return { process, best, pendingUsed: 0 };
    const believed = pending.map((row) => process.predict(row).mean);
    const all = { columns, rows: [...rows, ...pending], values: [...values, ...believed] };
    return { process: conditionOn(all, kernel), best, pendingUsed: pending.length };
  }

  /** The best points so far; where a parameter is absent its coordinate does not matter. */
  #promising({ used }: Model): readonly (readonly number[])[] {
    return used.toSorted((a, b) => a.loss === b.loss ? 0 : a.loss < b.loss ? -1 : 1)
      .slice(0, PROMISING)
      .map(({ hyperparameters }) =>
        unitsOf(this.#options.space, hyperparameters).map((u) => u ?? 0.5)
      );
  }
}

/** Enough digits for people. */
function rounded(x: number): number {
  return Number(x.toPrecision(4));
}
