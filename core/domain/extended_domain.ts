/** A parameter's domain with more in it: further values of a list, or a wider range. */
import type { ParameterValue } from "./hyperparameters.ts";
import type { ParameterDomain } from "./search_space.ts";
import { continuesGrid } from "./sweep_extension.ts";

/** The larger domain, or why there is none: the end of a sentence, for people. */
export type ExtendedDomain =
  | { readonly kind: "extended"; readonly domain: ParameterDomain }
  | { readonly kind: "impossible"; readonly message: string };

/** A domain that has these values as well; those that are there already stay as they are. */
export function withValues(
  domain: Extract<ParameterDomain, { kind: "values" }>,
  added: readonly ParameterValue[],
): ExtendedDomain {
  if (domain.probabilities !== undefined) {
    return impossible("its values have probabilities, so nothing can be added to them");
  }
  return extended({ kind: "values", values: [...new Set([...domain.values, ...added])] });
}

/** The range of that name, so that it reaches at least from `min` to `max`; it never gets narrower. */
export function widened(
  domain: Extract<ParameterDomain, { kind: "int" | "float" }>,
  { name, min, max }: { readonly name: string; readonly min: number; readonly max: number },
): ExtendedDomain {
  if (domain.kind === "int" && !(Number.isSafeInteger(min) && Number.isSafeInteger(max))) {
    return impossible(`${name} is a range of integers: it must begin and end with one`);
  }
  const wider = { min: Math.min(domain.min, min), max: Math.max(domain.max, max) };
  if (domain.step !== undefined && !continuesGrid(domain, wider.min)) {
    return impossible(
      `it must begin a whole number of steps of ${domain.step} below ${domain.min}`,
    );
  }
  return extended({ ...domain, ...wider });
}

function extended(domain: ParameterDomain): ExtendedDomain {
  return { kind: "extended", domain };
}

function impossible(message: string): ExtendedDomain {
  return { kind: "impossible", message };
}
