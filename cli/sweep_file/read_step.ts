/** `q` and `step`: the distance of a parameter's neighbouring values. */
import { DEFAULT_Q, NUMBER_DISTRIBUTIONS, type NumberDistribution } from "./domain_format.ts";
import type { MapReader } from "./map_reader.ts";

/** A distance, and what it is measured from. */
export interface Step {
  readonly size: number;
  /** The key that says it, for messages. */
  readonly key: "q" | "step";
}

/** Null: there are no steps; undefined after a problem went to the log. */
export function readStep(
  reader: MapReader,
  { distribution, isInteger }: {
    readonly distribution: NumberDistribution | null;
    readonly isInteger: boolean;
  },
): Step | null | undefined {
  const isQuantized = distribution !== null && NUMBER_DISTRIBUTIONS[distribution].isQuantized;
  const [key, other] = isQuantized ? ["q", "step"] as const : ["step", "q"] as const;
  if (reader.get(other) !== undefined) {
    reader.refuseKey(
      other,
      isQuantized
        ? `found with ${distribution}, it must be q`
        : "found without a distribution that begins with q_, it must be step, or that distribution",
    );
    return undefined;
  }
  if (reader.get(key) === undefined) return isQuantized ? { size: DEFAULT_Q, key } : null;
  const size = reader.number(key, {
    admits: (value) =>
      value > 0 && Number.isFinite(value) && (!isInteger || Number.isInteger(value)),
    must: isInteger ? "an integer > 0, as its values are integers" : "a number > 0",
  });
  return size === null ? undefined : { size, key };
}
