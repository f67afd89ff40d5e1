/** The `task` of a sweep file: which examples train, validate and test. */
import type { TaskSpec, ValidationSource } from "../../core/domain/sweep_spec.ts";
import { type DatasetFacts, DATASETS, DEFAULT_VALIDATION_FRACTION, TASK_KEYS } from "./format.ts";
import type { MapReader } from "./map_reader.ts";
import { didYouMean } from "./nearest.ts";

/** The task; null after its problems went to the log. */
export function readTask(sweep: MapReader): TaskSpec | null {
  const shape = {
    keys: [...TASK_KEYS, "classes"],
    example: "{ dataset: mnist }",
  };
  const reader = sweep.map("task", shape);
  if (reader === null) {
    if (sweep.get("task") === undefined) {
      sweep.refuseSelf("found no task, it must have one such as task: { dataset: mnist }");
    }
    return null;
  }
  const facts = readDataset(reader);
  if (facts === null) return null;
  const classes = readClasses(reader, facts);
  const validation = readValidation(reader);
  const trainExamples = readTrainExamples(reader, { facts, classes });
  switch (facts.name) {
    case "mnist":
      return { dataset: "mnist", validation, trainExamples };
    case "cifar100":
      return { dataset: "cifar100", classes, validation, trainExamples };
    default:
      return facts.name satisfies never;
  }
}

function readDataset(reader: MapReader): DatasetFacts | null {
  const node = reader.get("dataset");
  const names = [...DATASETS.keys()];
  if (node === undefined) {
    reader.refuseSelf(`found no dataset, it must have one of ${names.join(", ")}`);
    return null;
  }
  const name = node.kind === "scalar" && typeof node.value === "string" ? node.value : "";
  const facts = DATASETS.get(name);
  if (facts !== undefined) return facts;
  reader.refuseValue("dataset", node, `one of ${names.join(", ")}${didYouMean(name, names)}`);
  return null;
}

/** The class numbers: all of them where the file does not choose. */
function readClasses(reader: MapReader, facts: DatasetFacts): readonly number[] {
  const node = reader.get("classes");
  const count = facts.selectableClasses;
  if (count === null) {
    if (node !== undefined) {
      reader.refuseKey("classes", `unknown key: ${facts.name} is always used with all its classes`);
    }
    return [];
  }
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

function readTrainExamples(
  reader: MapReader,
  { facts, classes }: { readonly facts: DatasetFacts; readonly classes: readonly number[] },
): number | null {
  const share = facts.selectableClasses === null ? 1 : classes.length / facts.selectableClasses;
  // A faulty list of classes is reported already; then the whole dataset is the limit.
  const max = Math.round(facts.trainExamples * (share === 0 ? 1 : share));
  return reader.integer("train_examples", { min: 2, max });
}
