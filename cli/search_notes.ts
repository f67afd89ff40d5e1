/** What is worth knowing of a sweep's search before it starts, though nothing is wrong with it. */
import { isAllowedIn } from "../core/domain/constraints.ts";
import { countPoints } from "../core/domain/space_points.ts";
import type { SweepSpec } from "../core/domain/sweep_spec.ts";

/** Sentences for people, mostly none. */
export function searchNotes(spec: SweepSpec): readonly string[] {
  const { parameters, constraints = [], replicates, racing, runCap } = spec;
  if (runCap === null) return [];
  const admits = constraints.length === 0 ? null : isAllowedIn(spec);
  const configurations = countPoints(parameters, admits);
  const each = racing?.max ?? replicates;
  if (configurations * each >= runCap) return [];
  return [
    `The search space has ${configurations} configurations` +
    (each === 1 ? "" : `, each with ${each} replicates at most`) +
    `: the sweep ends with them, before its run_cap of ${runCap}`,
  ];
}
