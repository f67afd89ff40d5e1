/** The vocabulary of one parameter in a sweep file: its keys, and W&B's names of distributions. */
import type { Scale } from "../../core/domain/search_space.ts";

/** The keys that say which values a parameter has. */
export const FORM_KEYS: readonly string[] = [
  "value",
  "values",
  "probabilities",
  "min",
  "max",
  "mu",
  "sigma",
  "q",
  "step",
];
/** The keys of one parameter. */
export const DOMAIN_KEYS: readonly string[] = [...FORM_KEYS, "distribution", "when"];

/** How a distribution of numbers is written. */
export interface NumberFacts {
  readonly shape: "range" | "normal";
  readonly scale: Scale;
  /** Whether min and max are powers of e, or powers of 1/e, instead of the numbers themselves. */
  readonly exponents: "none" | "e" | "inverse";
  /** Whether values are multiples of q. */
  readonly isQuantized: boolean;
}

const UNIFORM: NumberFacts = {
  shape: "range",
  scale: "linear",
  exponents: "none",
  isQuantized: false,
};
const LOG: NumberFacts = { ...UNIFORM, scale: "log" };
const NORMAL: NumberFacts = { ...UNIFORM, shape: "normal" };

/** A distribution of numbers. */
export type NumberDistribution =
  | "uniform"
  | "int_uniform"
  | "q_uniform"
  | "log_uniform"
  | "log_uniform_values"
  | "q_log_uniform"
  | "q_log_uniform_values"
  | "inv_log_uniform"
  | "inv_log_uniform_values"
  | "normal"
  | "q_normal"
  | "log_normal"
  | "q_log_normal";

/** What is known of each, by its name. */
export const NUMBER_DISTRIBUTIONS: Readonly<Record<NumberDistribution, NumberFacts>> = {
  uniform: UNIFORM,
  int_uniform: UNIFORM,
  q_uniform: { ...UNIFORM, isQuantized: true },
  log_uniform: { ...LOG, exponents: "e" },
  log_uniform_values: LOG,
  q_log_uniform: { ...LOG, exponents: "e", isQuantized: true },
  q_log_uniform_values: { ...LOG, isQuantized: true },
  inv_log_uniform: { ...LOG, exponents: "inverse" },
  inv_log_uniform_values: LOG,
  normal: NORMAL,
  q_normal: { ...NORMAL, isQuantized: true },
  log_normal: { ...NORMAL, scale: "log" },
  q_log_normal: { ...NORMAL, scale: "log", isQuantized: true },
};

/** A distribution of a parameter, in W&B's words. */
export type Distribution =
  | "constant"
  | "categorical"
  | "categorical_w_probabilities"
  | NumberDistribution;

/** What `distribution` may say. */
export const DISTRIBUTIONS: readonly Distribution[] = [
  "constant",
  "categorical",
  "categorical_w_probabilities",
  "uniform",
  "int_uniform",
  "q_uniform",
  "log_uniform",
  "log_uniform_values",
  "q_log_uniform",
  "q_log_uniform_values",
  "inv_log_uniform",
  "inv_log_uniform_values",
  "normal",
  "q_normal",
  "log_normal",
  "q_log_normal",
];

/** `mu` and `sigma` where the file does not say. */
export const STANDARD_NORMAL: { readonly mean: number; readonly sd: number } = { mean: 0, sd: 1 };
/** `q` where the file does not say. */
export const DEFAULT_Q: number = 1;
/** By how much probabilities may miss 1: somebody wrote 0.33 for a third. */
export const PROBABILITY_TOLERANCE: number = 0.01;
