/** A configuration out of what somebody has given of it by hand. */
import { isAllowedIn } from "../../core/domain/constraints.ts";
import type { Hyperparameters, ParameterValue } from "../../core/domain/hyperparameters.ts";
import { describeRule, ruleOf, satisfiesRule } from "../../core/domain/mlp_parameters.ts";
import { didYouMean } from "../../core/domain/nearest_name.ts";
import { isActive, type Parameter } from "../../core/domain/search_space.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { isInDomain } from "./is_in_space.ts";

/** The configuration, or why there is none. */
export type CompletedPoint =
  | { readonly kind: "point"; readonly hyperparameters: Hyperparameters }
  | { readonly kind: "impossible"; readonly message: string };

type Found =
  | { readonly kind: "value"; readonly value: ParameterValue }
  | { readonly kind: "absent" }
  | { readonly kind: "impossible"; readonly message: string };

/**
 * Fills in what was not given: the fixed value of a parameter that has one, else the trainer's
 * default. Values may lie outside of the searched range, within what the trainer takes.
 */
export function completePoint(spec: SweepSpec, given: Hyperparameters): CompletedPoint {
  const names = spec.parameters.map(({ name }) => name);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, names) || `; it must be one of ${names.join(", ")}`;
    return impossible(`it has no parameter "${unknown}"${hint}`);
  }
  const point: Record<string, ParameterValue> = {};
  for (const parameter of spec.parameters) {
    const found = valueOf(parameter, given, { point, task: spec.task });
    if (found.kind === "impossible") return found;
    if (found.kind === "value") point[parameter.name] = found.value;
  }
  if (!isAllowedIn(spec)(point)) {
    return impossible(`it must fulfil ${(spec.constraints ?? []).join(" and ")}`);
  }
  return { kind: "point", hyperparameters: point };
}

function valueOf(
  parameter: Parameter,
  given: Hyperparameters,
  { point, task }: { readonly point: Hyperparameters; readonly task: SweepSpec["task"] },
): Found {
  const { name, domain } = parameter;
  const own = Object.hasOwn(given, name) ? given[name] : undefined;
  if (!isActive(parameter, point)) {
    return own === undefined
      ? { kind: "absent" }
      : impossible(`${name} is not there unless its conditions hold, and they do not`);
  }
  const rule = ruleOf(name, task);
  const fixed = domain.kind === "values" && domain.values.length === 1
    ? domain.values[0]
    : undefined;
  const value = own ?? fixed ?? rule?.default ?? null;
  if (value === null) return impossible(`it must have a value of ${name}, which has no default`);
  if (rule !== null && !satisfiesRule(rule, value)) {
    return impossible(`${name} is ${JSON.stringify(value)}; it must be ${describeRule(rule)}`);
  }
  // A module takes what it likes, but a sampler can learn nothing from a text among numbers.
  if (domain.kind !== "values" && typeof value !== "number") {
    return impossible(`${name} is ${JSON.stringify(value)}; it must be a number`);
  }
  // A trial that trains for longer ranks higher for that alone.
  if (name === "epochs" && !isInDomain(domain, value)) {
    return impossible(`epochs is ${JSON.stringify(value)}; it must be as in the sweep`);
  }
  return { kind: "value", value };
}

function impossible(message: string): { readonly kind: "impossible"; readonly message: string } {
  return { kind: "impossible", message };
}
