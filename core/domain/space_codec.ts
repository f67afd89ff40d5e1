/**
 * Values of a domain as numbers in [0, 1] and back: equal lengths of the unit interval are equally
 * likely. Samplers that work in the unit cube see nothing of scales, steps and distributions.
 */
import type { ParameterValue } from "./hyperparameters.ts";
import { normalCdf, normalQuantile } from "./normal_distribution.ts";
import type { NormalDomain, ParameterDomain, Range } from "./search_space.ts";

/** The closest that u may come to 0 and 1 where a quantile would be infinite. */
const EDGE = 2 ** -53;

/** The domain's value at u in [0, 1]: its quantile function. */
export function valueAt(domain: ParameterDomain, u: number): ParameterValue {
  switch (domain.kind) {
    case "values":
      return domain.values[choiceAt(domain, u)] ?? 0;
    case "int":
    case "float":
      return numberAt(domain, u);
    case "normal":
      return normalAt(domain, u);
    default:
      return domain satisfies never;
  }
}

/**
 * Where a value of the domain lies: in the middle of its part of [0, 1]. One that is no value of it
 * (any more) is taken for the nearest number, or for the first choice.
 */
export function unitOf(domain: ParameterDomain, value: ParameterValue): number {
  switch (domain.kind) {
    case "values": {
      const index = Math.max(0, domain.values.indexOf(value));
      const weights = weightsOf(domain);
      const before = weights.slice(0, index).reduce((sum, weight) => sum + weight, 0);
      return before + (weights[index] ?? 0) / 2;
    }
    case "int":
    case "float": {
      const { low, high } = cellBounds(domain);
      const u = (scaled(domain, Number(value)) - low) / (high - low);
      return high > low ? clamp(u, 0, 1) : 0.5;
    }
    case "normal": {
      const x = domain.scale === "log" ? Math.log(Number(value)) : Number(value);
      return normalCdf((x - domain.mean) / domain.sd);
    }
    default:
      return domain satisfies never;
  }
}

/** The value with this number, from 0, of a finite domain: in its order, ranges from below. */
export function nthValue(domain: ParameterDomain, index: number): ParameterValue {
  switch (domain.kind) {
    case "values":
      return domain.values[index] ?? 0;
    case "int":
    case "float":
      return onGridAt(domain, index);
    case "normal":
      return normalAt(domain, 0.5);
    default:
      return domain satisfies never;
  }
}

/** Whether the value is one that the domain has. */
export function isInDomain(domain: ParameterDomain, value: ParameterValue): boolean {
  if (domain.kind === "values") return domain.values.includes(value);
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  if (domain.kind === "normal") {
    return domain.step === undefined
      ? domain.scale === "linear" || value > 0
      : rounded(Math.round(value / domain.step) * domain.step, Math.abs(value)) === value;
  }
  return value >= domain.min && value <= domain.max && onGrid(domain, value) === value;
}

type Choices = Extract<ParameterDomain, { readonly kind: "values" }>;
type Numbers = Extract<ParameterDomain, { readonly kind: "int" | "float" }>;

/** The probabilities of a list's values. */
export function weightsOf({ values, probabilities }: Choices): readonly number[] {
  return probabilities ?? values.map(() => 1 / values.length);
}

function choiceAt(domain: Choices, u: number): number {
  if (domain.probabilities === undefined) {
    return Math.min(domain.values.length - 1, Math.floor(u * domain.values.length));
  }
  let rest = u;
  for (const [index, probability] of domain.probabilities.entries()) {
    if (rest < probability) return index;
    rest -= probability;
  }
  return domain.probabilities.findLastIndex((probability) => probability > 0);
}

function numberAt(domain: Numbers, u: number): number {
  const { low, high } = cellBounds(domain);
  const x = low + u * (high - low);
  return onGrid(domain, domain.scale === "log" ? Math.exp(x) : x);
}

/** The nearest value of the domain. */
function onGrid(domain: Numbers, x: number): number {
  const step = stepOf(domain);
  if (step === 0) return clamp(x, domain.min, domain.max);
  const { origin, last } = gridOf(domain, step);
  return onGridAt(domain, clamp(Math.round((x - origin) / step), 0, last));
}

function onGridAt(domain: Numbers, index: number): number {
  const step = stepOf(domain);
  const { origin } = gridOf(domain, step);
  const largest = Math.max(Math.abs(domain.min), Math.abs(domain.max));
  return clamp(rounded(origin + index * step, largest), domain.min, domain.max);
}

/** Without the digits that nobody wrote, as in 0.1 × 3; exact to 14 digits of the largest number. */
function rounded(x: number, largest: number): number {
  if (Number.isSafeInteger(x)) return x + 0;
  const decimals = 14 - Math.ceil(Math.log10(largest));
  // -0 is no value of its own.
  return decimals < 0 ? x : Number(x.toFixed(Math.min(100, decimals))) + 0;
}

/** The range on its own scale; each value of a grid owns half a step on both sides of it. */
function cellBounds(domain: Numbers): { readonly low: number; readonly high: number } {
  const step = stepOf(domain);
  if (step === 0) return { low: scaled(domain, domain.min), high: scaled(domain, domain.max) };
  const { origin, last } = gridOf(domain, step);
  const low = origin - step / 2;
  return {
    // A logarithmic grid that begins at its step's first half would begin at or below 0.
    low: scaled(domain, domain.scale === "log" && low <= 0 ? origin / 2 : low),
    high: scaled(domain, origin + last * step + step / 2),
  };
}

function stepOf({ kind, step }: Numbers): number {
  return step ?? (kind === "int" ? 1 : 0);
}

/** The first value of a grid, and how many steps the last one is away. */
function gridOf(
  { scale, min, max }: Range,
  step: number,
): { readonly origin: number; readonly last: number } {
  const origin = scale === "log" ? Math.ceil(min / step - 1e-9) * step : min;
  return { origin, last: Math.max(0, Math.floor((max - origin) / step + 1e-9)) };
}

function scaled({ scale }: Range, x: number): number {
  return scale === "log" ? Math.log(x) : x;
}

function normalAt({ scale, mean, sd, step }: NormalDomain, u: number): number {
  const x = mean + sd * normalQuantile(clamp(u, EDGE, 1 - EDGE));
  const value = scale === "log" ? Math.exp(x) : x;
  return step === undefined ? value : rounded(Math.round(value / step) * step, Math.abs(value));
}

function clamp(x: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, x));
}
