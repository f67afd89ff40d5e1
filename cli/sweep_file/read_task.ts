/** The `task` of a sweep file: which examples train, validate and test. */
import { didYouMean } from "../../core/domain/nearest_name.ts";
import type {
  GeneratedTask,
  TaskDivision,
  TaskSpec,
  ValidationSource,
} from "../../core/domain/sweep_spec.ts";
import {
  type DatasetFacts,
  DATASETS,
  DEFAULT_VALIDATION_FRACTION,
  EXAMPLES,
  MAX_NOISE,
  TASK_KEYS,
} from "./format.ts";
import type { MapReader, MapShape } from "./map_reader.ts";
import { asksForModule, readModuleTask } from "./read_module_task.ts";
import { readCsvTask, readIdxTask } from "./read_user_task.ts";
import type { TreeNode } from "./yaml_tree.ts";

/** The task; null after its problems went to the log. `folder`: where relative paths start. */
export function readTask(
  sweep: MapReader,
  { folder }: { readonly folder: string },
): TaskSpec | null {
  if (asksForModule(sweep)) return readModuleTask(sweep, { folder });
  const facts = factsOf(sweep.get("task"));
  const reader = sweep.map("task", { ...shapeOf(facts), example: "{ dataset: mnist }" });
  if (reader === null) {
    if (sweep.get("task") === undefined) {
      sweep.refuseSelf("found no task, it must have one such as task: { dataset: mnist }");
    }
    return null;
  }
  if (facts === null) {
    refuseDataset(reader);
    return null;
  }
  return readData(reader, { facts, folder });
}

function readData(
  reader: MapReader,
  { facts, folder }: { readonly facts: DatasetFacts; readonly folder: string },
): TaskSpec | null {
  switch (facts.name) {
    case "mnist":
      return { dataset: facts.name, ...readDivision(reader, facts.trainExamples) };
    case "cifar100": {
      const classes = readClasses(reader, facts);
      const share = classes.length / (facts.selectableClasses ?? 1);
      // A faulty list of classes is reported already; then the whole dataset is the limit.
      const most = Math.round((facts.trainExamples ?? 0) * (share === 0 ? 1 : share));
      return { dataset: facts.name, classes, ...readDivision(reader, most) };
    }
    case "xor":
    case "noisy-sigmoid": {
      const generated = readGenerated(reader, facts);
      return { dataset: facts.name, ...generated, ...readDivision(reader, generated.examples) };
    }
    case "csv": {
      const table = readCsvTask(reader, folder);
      const division = readDivision(reader, null);
      return table === null ? null : { dataset: facts.name, ...table, ...division };
    }
    case "idx": {
      const files = readIdxTask(reader, folder);
      const division = readDivision(reader, null);
      return files === null ? null : { dataset: facts.name, ...files, ...division };
    }
    default:
      return facts.name satisfies never;
  }
}

/** The dataset that the task names, looked up first because the other keys depend on it. */
function factsOf(task: TreeNode | undefined): DatasetFacts | null {
  if (task?.kind !== "map") return null;
  const node = task.entries.find(({ key }) => key === "dataset")?.value;
  const name = node?.kind === "scalar" && typeof node.value === "string" ? node.value : "";
  return DATASETS.get(name) ?? null;
}

/** The keys of a dataset; all there are where it is not known which one is meant. */
function shapeOf(facts: DatasetFacts | null): MapShape {
  const all = [...DATASETS.values()];
  if (facts === null) return { keys: [...TASK_KEYS, ...all.flatMap(({ keys }) => keys)] };
  const foreign = all.flatMap(({ keys }) => keys).filter((key) => !facts.keys.includes(key));
  const advice = foreign.map((key): [string, string] => {
    const owners = all.filter(({ keys }) => keys.includes(key)).map(({ name }) => name);
    return [key, `it belongs to dataset ${owners.join(" and ")}, and this is ${facts.name}`];
  });
  return { keys: [...TASK_KEYS, ...facts.keys], advice: new Map(advice) };
}

function refuseDataset(reader: MapReader): void {
  const node = reader.get("dataset");
  const names = [...DATASETS.keys()];
  if (node === undefined) {
    return reader.refuseSelf(`found no dataset, it must have one of ${names.join(", ")}`);
  }
  const name = node.kind === "scalar" && typeof node.value === "string" ? node.value : "";
  reader.refuseValue("dataset", node, `one of ${names.join(", ")}${didYouMean(name, names)}`);
}

/** The class numbers: all of them where the file does not choose. */
function readClasses(reader: MapReader, facts: DatasetFacts): readonly number[] {
  const node = reader.get("classes");
  const count = facts.selectableClasses ?? 0;
  if (node === undefined) return Array.from({ length: count }, (_, index) => index);
  if (node.kind !== "list" || node.items.length < 2) {
    reader.refuseValue("classes", node, `a list of two or more classes from 0 to ${count - 1}`);
    return [];
  }
  const classes = new Set<number>();
  for (const item of node.items) {
    const value = item.kind === "scalar" ? item.value : null;
    const isClass = typeof value === "number" && Number.isSafeInteger(value) && value >= 0 &&
      value < count;
    if (!isClass) {
      const must = `a class of ${facts.name}: an integer from 0 to ${count - 1}`;
      reader.refuseValue("classes", item, must);
    } else if (classes.has(value)) {
      reader.refuseValue("classes", item, "there once: it repeats an earlier class");
    } else classes.add(value);
  }
  return [...classes];
}

function readGenerated(reader: MapReader, { generated }: DatasetFacts): GeneratedTask {
  const examples = reader.integer("examples", EXAMPLES) ?? generated?.examples ?? EXAMPLES.min;
  const noise = reader.number("noise", {
    admits: (value) => value >= 0 && value <= MAX_NOISE,
    must: `the standard deviation of the noise: a number from 0 to ${MAX_NOISE}`,
  });
  return { examples, noise: noise ?? generated?.noise ?? 0 };
}

/** `most`: training examples in all; null where only the user's file knows. */
function readDivision(reader: MapReader, most: number | null): TaskDivision {
  const max = most ?? Number.MAX_SAFE_INTEGER;
  return {
    validation: readValidation(reader),
    trainExamples: reader.integer("train_examples", { min: 2, max }),
  };
}

function readValidation(reader: MapReader): ValidationSource {
  const node = reader.get("validation");
  const fallback = { kind: "cut", fraction: DEFAULT_VALIDATION_FRACTION } as const;
  if (node === undefined) return fallback;
  const value = node.kind === "scalar" ? node.value : null;
  if (value === "test") return { kind: "test" };
  if (typeof value === "number" && value > 0 && value < 1) return { kind: "cut", fraction: value };
  reader.refuseValue(
    "validation",
    node,
    "test, or a fraction of the training examples between 0 and 1",
  );
  return fallback;
}
