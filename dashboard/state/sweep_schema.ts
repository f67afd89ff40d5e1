/** What sweeps have in common that ask the same question: a reader's layout fits all of them. */
import type { SweepFacts } from "../client/model.ts";

/** A short text that is the same for sweeps with the same parameters and objectives (FNV-1a). */
export function schemaOf(
  { metric, testMetric, otherObjectives, parameters }: Pick<
    SweepFacts,
    "metric" | "testMetric" | "otherObjectives" | "parameters"
  >,
): string {
  const names = parameters.map(({ name }) => name).sort();
  const text = JSON.stringify([metric, testMetric, otherObjectives, names]);
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash.toString(36);
}
