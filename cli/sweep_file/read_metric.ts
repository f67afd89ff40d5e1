/** The `metric` of a sweep file: what ranks trials, and which way is better. */
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import { GOALS, METRIC_KEYS, OBJECTIVE_GOALS, TEST_METRICS } from "./format.ts";
import type { MapReader } from "./map_reader.ts";
import { didYouMean } from "./nearest.ts";

const DEFAULT_METRIC: ObjectiveMetric = { name: "val_accuracy", goal: "maximize" };

/** The metric, by default the validation accuracy; null after its problems went to the log. */
export function readMetric(sweep: MapReader): ObjectiveMetric | null {
  if (sweep.get("metric") === undefined) return DEFAULT_METRIC;
  const reader = sweep.map("metric", {
    keys: METRIC_KEYS,
    example: "{ name: val_accuracy, goal: maximize }",
  });
  if (reader === null) return null;
  const name = readName(reader);
  const goal = reader.choice("goal", GOALS);
  if (name === null) return null;
  const natural = OBJECTIVE_GOALS.get(name);
  if (natural === undefined) return null;
  if (goal !== null && goal !== natural) {
    reader.refuse("goal", `found ${goal}, it must be ${natural} for ${name}`);
    return null;
  }
  return { name, goal: natural };
}

function readName(reader: MapReader): string | null {
  const names = [...OBJECTIVE_GOALS.keys()];
  const node = reader.get("name");
  if (node === undefined) {
    reader.refuseSelf(`found no name, it must have one of ${names.join(", ")}`);
    return null;
  }
  const name = node.kind === "scalar" && typeof node.value === "string" ? node.value : "";
  if (OBJECTIVE_GOALS.has(name)) return name;
  if (TEST_METRICS.includes(name)) {
    const instead = name.replace("test_", "val_");
    reader.refuse(
      "name",
      `found "${name}", it must not choose the winner: the test set is scored once, at the end; ` +
        `use ${instead} (with task.validation: test to validate on the test set knowingly)`,
    );
    return null;
  }
  reader.refuseValue("name", node, `one of ${names.join(", ")}${didYouMean(name, names)}`);
  return null;
}
