/** Whether one specification asks for all that another asks for, and perhaps for more. */
import type { ParameterDomain, Range, SearchSpace } from "./search_space.ts";
import type { RacingPolicy } from "./race.ts";
import type { SweepSpec } from "./sweep_spec.ts";

/** What may grow; everything else makes trials another sweep's. */
const GROWING: ReadonlySet<string> = new Set<keyof SweepSpec>([
  "parameters",
  "replicates",
  "racing",
  "runCap",
]);

/**
 * Why `next` is no extension of `current`: what differs, in words that follow a colon; null if it is
 * one. Parameters may gain values or a wider range, replicates and the run cap may grow, and the run
 * cap may go. Conditions, constraints, probabilities, steps, method and scheduler stay. A fixed number of epochs stays, because a trial that trains for longer ranks higher
 * for that alone. Equal specifications are extensions of one another.
 *
 * @example
 * ```ts
 * import { extensionProblem } from "./sweep_extension.ts";
 * import { specOf } from "../../tests/support/specs.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(extensionProblem(specOf(), specOf({ replicates: 5 })), null);
 * assert.equal(extensionProblem(specOf(), specOf({ seed: 2 })), "seed differs: 1 became 2");
 * ```
 */
export function extensionProblem(current: SweepSpec, next: SweepSpec): string | null {
  const before = new Map<string, unknown>(Object.entries(current));
  const after = new Map<string, unknown>(Object.entries(next));
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    if (GROWING.has(key)) continue;
    const [was, is] = [stableText(before.get(key)), stableText(after.get(key))];
    if (was !== is) return `${key} differs: ${was} became ${is}`;
  }
  if (next.replicates < current.replicates) {
    return `replicates shrank: ${current.replicates} became ${next.replicates}`;
  }
  const problem = racingProblem(current.racing, next.racing);
  if (problem !== null) return problem;
  if (next.runCap !== null && (current.runCap === null || next.runCap < current.runCap)) {
    return `run_cap shrank: ${current.runCap ?? "none"} became ${next.runCap}`;
  }
  return spaceProblem(current.parameters, next.parameters);
}

function racingProblem(
  current: RacingPolicy | undefined,
  next: RacingPolicy | undefined,
): string | null {
  if (current === undefined && next === undefined) return null;
  if (current === undefined) return "replicates were fixed and became auto";
  if (next === undefined) return "replicates were auto and became fixed";
  return next.max >= current.max
    ? null
    : `the most replicates of a configuration shrank: ${current.max} became ${next.max}`;
}

function spaceProblem(current: SearchSpace, next: SearchSpace): string | null {
  const before = new Map(current.map((parameter) => [parameter.name, parameter]));
  const after = new Map(next.map((parameter) => [parameter.name, parameter]));
  if (after.size < next.length) return "a parameter is there twice";
  for (const name of after.keys()) {
    if (!before.has(name)) return `parameter ${name} is new`;
  }
  for (const [name, { domain: was, when }] of before) {
    const successor = after.get(name);
    if (successor === undefined) return `parameter ${name} is gone`;
    if (stableText(successor.when) !== stableText(when)) {
      return `parameter ${name} has other conditions`;
    }
    const { domain: is } = successor;
    const problem = domainProblem(was, is);
    if (problem !== null) return `parameter ${name} ${problem}`;
    if (name === "epochs" && was.kind === "values" && was.values.length === 1) {
      if (stableText(was) !== stableText(is)) return `epochs is fixed at ${was.values[0]}`;
    }
  }
  return null;
}

function domainProblem(was: ParameterDomain, is: ParameterDomain): string | null {
  if (was.kind === "values") {
    if (is.kind !== "values") return "was a list of values and became a range";
    if (stableText(is.probabilities) !== stableText(was.probabilities)) {
      return "has other probabilities";
    }
    if (was.probabilities !== undefined && is.values.length > was.values.length) {
      return "has probabilities, and got further values";
    }
    const values = new Set(is.values);
    if (values.size < is.values.length) return "has a value twice";
    const lost = was.values.find((value) => !values.has(value));
    return lost === undefined ? null : `lost the value ${JSON.stringify(lost)}`;
  }
  if (is.kind !== was.kind) return `was a range of kind ${was.kind} and became one of ${is.kind}`;
  if (is.kind === "normal" || was.kind === "normal") {
    return stableText(is) === stableText(was) ? null : "has another distribution";
  }
  if (is.scale !== was.scale) return `was ${was.scale} and became ${is.scale}`;
  if (is.step !== was.step) return "has another step";
  if (!continuesGrid(was, is.min)) return `has steps of ${was.step} that do not meet ${was.min}`;
  const isWithin = is.min <= was.min && was.max <= is.max;
  return isWithin ? null : `lost a part of its range ${was.min} to ${was.max}`;
}

/** Whether a range with steps that begins at `min` has the values of this one. */
export function continuesGrid({ scale, min, step }: Range, from: number): boolean {
  // The values of a logarithmic range are multiples of its step, wherever it begins.
  if (step === undefined || scale === "log") return true;
  const steps = (min - from) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-9 * Math.max(1, Math.abs(steps));
}

/** JSON with sorted keys: equal for equal values, however they were written. */
function stableText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1));
  }) ?? "nothing";
}
