/**
 * Whether what a user's function gave as metrics are metrics. Asked on both sides of the module's
 * thread, which is why nothing heavy is imported here: that thread is started for each trial.
 */
import {
  MAX_MODULE_METRICS,
  METRIC_NAME_REGEXP,
  OBJECT_NAME_REGEXP,
} from "../../core/domain/user_module.ts";

/** What is wrong with metrics that a module reports or returns; null if nothing is. */
export function metricsProblem(value: unknown): string | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return `${describe(value)} is no record of numbers`;
  }
  const entries = Object.entries(value);
  if (entries.length > MAX_MODULE_METRICS) {
    return `it has ${entries.length} metrics; it must have at most ${MAX_MODULE_METRICS}`;
  }
  for (const [name, number] of entries) {
    if (OBJECT_NAME_REGEXP.test(name)) return `${name} is no name of a metric: every object has it`;
    if (!METRIC_NAME_REGEXP.test(name)) {
      return `${JSON.stringify(name.slice(0, 80))} is no name of 1 to 64 ASCII characters`;
    }
    if (typeof number !== "number") return `${name} is ${describe(number)}; it must be a number`;
  }
  return null;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  return Array.isArray(value) ? "a list" : `a value of type ${typeof value}`;
}
