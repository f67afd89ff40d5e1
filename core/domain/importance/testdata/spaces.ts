/** Search spaces and inputs that tests of importance share. */
import type { Parameter } from "../../search_space.ts";

/** So many numbers in [0, 1]: x0, x1, …. */
export function unitSpace(size: number): readonly Parameter[] {
  return Array.from({ length: size }, (_, place) => ({
    name: `x${place}`,
    domain: { kind: "float", scale: "linear", min: 0, max: 1 },
  }));
}

/** The value itself, of which nothing can be changed any more. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
