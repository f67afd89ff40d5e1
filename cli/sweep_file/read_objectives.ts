/** `metric` and `metrics` of a sweep file: what ranks trials, one or several. */
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import type { TaskKind } from "../../core/domain/task_kind.ts";
import { MAX_OBJECTIVES, METRIC_KEYS } from "./format.ts";
import { describeNode, MapReader } from "./map_reader.ts";
import type { ProblemLog } from "./problem.ts";
import { defaultMetric, readMetric } from "./read_metric.ts";
import { readModuleMetric } from "./read_module_task.ts";
import type { TreeNode } from "./yaml_tree.ts";

/** Whose metrics they are. */
export interface ObjectiveReading {
  readonly log: ProblemLog;
  readonly isModule: boolean;
  /** Null: a task whose own problems are in the log. */
  readonly kind: TaskKind | null;
}

const EXAMPLE = "{ name: loss, goal: minimize }";

/**
 * What ranks trials, the first metric first; null after problems went to the log. Without `metric`
 * and `metrics` it is the first one that the kind of task has; a module has none.
 */
export function readObjectives(
  sweep: MapReader,
  reading: ObjectiveReading,
): readonly ObjectiveMetric[] | null {
  const list = sweep.get("metrics");
  const node = sweep.get("metric");
  if (list !== undefined) {
    const all = readList(sweep, list, reading);
    if (node === undefined || all === null) return all;
    const first = readOne(sweep, reading);
    if (first === null) return null;
    const rest = all.filter(({ name }) => name !== first.name);
    if (rest.length < all.length) return [first, ...rest];
    sweep.refuse("metric", `found ${first.name}, it must be one of metrics`);
    return null;
  }
  if (node !== undefined) return only(readOne(sweep, reading));
  if (!reading.isModule) return only(defaultMetric(reading.kind));
  sweep.refuseSelf(`found no metric, it must have one that the module reports: ${EXAMPLE}`);
  return null;
}

function only(metric: ObjectiveMetric | null): readonly ObjectiveMetric[] | null {
  return metric === null ? null : [metric];
}

function readOne(sweep: MapReader, reading: ObjectiveReading): ObjectiveMetric | null {
  const example = reading.isModule ? EXAMPLE : "{ name: val_accuracy, goal: maximize }";
  const reader = sweep.map("metric", { keys: METRIC_KEYS, example });
  return reader === null ? null : readMap(reader, reading);
}

function readMap(reader: MapReader, { isModule, kind }: ObjectiveReading): ObjectiveMetric | null {
  return isModule ? readModuleMetric(reader) : readMetric(reader, kind);
}

function readList(
  sweep: MapReader,
  list: TreeNode,
  reading: ObjectiveReading,
): readonly ObjectiveMetric[] | null {
  if (list.kind !== "list" || list.items.length === 0 || list.items.length > MAX_OBJECTIVES) {
    const found = list.kind === "list" ? `${list.items.length} of them` : describeNode(list);
    const must = `a list of 1 to ${MAX_OBJECTIVES} metrics such as ${EXAMPLE}`;
    sweep.refuse("metrics", `found ${found}, it must be ${must}`);
    return null;
  }
  const { log } = reading;
  const metrics = new Map<string, ObjectiveMetric>();
  for (const item of list.items) {
    if (item.kind !== "map") {
      sweep.refuseValue("metrics", item, `a map such as ${EXAMPLE}`);
      continue;
    }
    const metric = readMap(
      new MapReader(item, { path: "metrics", log, keys: METRIC_KEYS }),
      reading,
    );
    if (metric === null) continue;
    if (metrics.has(metric.name)) {
      const message = `found ${metric.name} a second time, it must be there once`;
      log.add({ origin: item.origin, path: "metrics", message });
    }
    metrics.set(metric.name, metric);
  }
  return metrics.size === list.items.length ? [...metrics.values()] : null;
}
