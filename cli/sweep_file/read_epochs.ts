/** For how many epochs the trials of a sweep train: what schedulers need to know beforehand. */
import { MLP_PARAMETERS } from "../../core/domain/mlp_parameters.ts";
import type { PlacedParameter } from "./placed_parameter.ts";

/** Epochs of a whole trial. */
export interface Epochs {
  readonly min: number;
  readonly max: number;
}

/** The epochs of all trials; null where only a module of the user knows. */
export function epochsOf(
  parameters: readonly PlacedParameter[],
  { isModule }: { readonly isModule: boolean },
): Epochs | null {
  const fallback = isModule ? null : Number(MLP_PARAMETERS["epochs"]?.default);
  const parameter = parameters.find(({ name }) => name === "epochs");
  if (parameter === undefined) {
    return fallback === null ? null : { min: fallback, max: fallback };
  }
  const range = rangeOf(parameter);
  if (parameter.whenNode === undefined || range === null) return range;
  // Where it is absent, trials have the trainer's own.
  return fallback === null
    ? null
    : { min: Math.min(range.min, fallback), max: Math.max(range.max, fallback) };
}

function rangeOf({ domain }: PlacedParameter): Epochs | null {
  if (domain.kind === "int" || domain.kind === "float") return { min: domain.min, max: domain.max };
  if (domain.kind === "normal") return null;
  const numbers = domain.values.filter((value) => typeof value === "number");
  if (numbers.length < domain.values.length) return null;
  return { min: Math.min(...numbers), max: Math.max(...numbers) };
}
