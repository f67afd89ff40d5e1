/** Whether a configuration is a point of a search space: one asked for by hand need not be. */
import type { Hyperparameters, ParameterValue } from "../../core/domain/hyperparameters.ts";
import {
  isActive,
  type ParameterDomain,
  type SearchSpace,
} from "../../core/domain/search_space.ts";

/** Whether every parameter that is there has a value of its domain, and nothing else is there. */
export function isInSpace(space: SearchSpace, hyperparameters: Hyperparameters): boolean {
  const names = new Set(Object.keys(hyperparameters));
  for (const parameter of space) {
    const { name, domain } = parameter;
    const isThere = names.delete(name);
    if (isThere !== isActive(parameter, hyperparameters)) return false;
    const value = hyperparameters[name];
    if (isThere && (value === undefined || !isInDomain(domain, value))) return false;
  }
  return names.size === 0;
}

/** Whether the domain has the value; the steps of a range are not looked at. */
export function isInDomain(domain: ParameterDomain, value: ParameterValue): boolean {
  switch (domain.kind) {
    case "values":
      return domain.values.includes(value);
    case "int":
      return Number.isSafeInteger(value) && domain.min <= Number(value) &&
        Number(value) <= domain.max;
    case "float":
      return typeof value === "number" && domain.min <= value && value <= domain.max;
    case "normal":
      return typeof value === "number" && (domain.scale === "linear" || value > 0);
    default:
      return domain satisfies never;
  }
}
