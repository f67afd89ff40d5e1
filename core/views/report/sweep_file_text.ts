/** A sweep's spec as a sweep file: parsed again, it is the same spec. */
import type { DataTask, SweepSpec, TaskSpec } from "../../domain/sweep_spec.ts";
import { type Entry, list, map, text } from "./file_parts.ts";
import { objectiveLines, parameterText, schedulerText } from "./search_file_text.ts";
import type { ModuleTask } from "../../domain/user_module.ts";

/** The file's text. Paths in it are relative to the folder that the sweep was started with. */
export function sweepFileText(spec: SweepSpec): string {
  return [
    `name: ${text(spec.name)}`,
    ...(spec.description === null ? [] : [`description: ${text(spec.description)}`]),
    `seed: ${spec.seed}`,
    `task: ${map(taskEntries(spec.task))}`,
    `method: ${spec.method}`,
    ...(spec.batch === undefined ? [] : [`batch: ${spec.batch}`]),
    ...objectiveLines(spec),
    `replicates: ${spec.replicates}`,
    ...(spec.runCap === null ? [] : [`run_cap: ${spec.runCap}`]),
    `max_attempts: ${spec.maxAttempts}`,
    "parameters:",
    ...spec.parameters.map((each) => `  ${text(each.name)}: ${parameterText(each)}`),
    ...(spec.constraints === undefined ? [] : ["constraints:"]),
    ...(spec.constraints ?? []).map((each) => `  - ${JSON.stringify(each)}`),
    ...(spec.scheduler === undefined ? [] : [`early_terminate: ${schedulerText(spec.scheduler)}`]),
    "",
  ].join("\n");
}

function taskEntries(task: TaskSpec): readonly Entry[] {
  if (task.dataset === "module") return moduleEntries(task);
  const { validation, trainExamples } = task;
  return [
    ["dataset", task.dataset],
    ...dataEntries(task),
    ["validation", validation.kind === "test" ? "test" : String(validation.fraction)],
    ...(trainExamples === null ? [] : [["train_examples", String(trainExamples)] as const]),
  ];
}

function moduleEntries({ path, permissions }: ModuleTask): readonly Entry[] {
  const { net, ...lists } = permissions;
  const granted: readonly Entry[] = [
    ...(net === "any"
      ? [["net", "true"] as const]
      : net.length === 0
      ? []
      : [["net", list(net)] as const]),
    ...Object.entries(lists).filter(([, names]) => names.length > 0)
      .map(([kind, names]): Entry => [kind, list(names)]),
  ];
  return [
    ["module", text(path)],
    ...(granted.length === 0 ? [] : [["permissions", map(granted)] as const]),
  ];
}

function dataEntries(task: DataTask): readonly Entry[] {
  switch (task.dataset) {
    case "mnist":
      return [];
    case "cifar100":
      return [["classes", `[${task.classes.join(", ")}]`]];
    case "xor":
    case "noisy-sigmoid":
      return [["examples", String(task.examples)], ["noise", String(task.noise)]];
    case "csv":
      return [
        ["path", text(task.path)],
        ["target", text(task.target)],
        ["kind", task.kind],
        ...(task.features === null ? [] : [["features", list(task.features)] as const]),
        ...(task.categorical.length === 0
          ? []
          : [["categorical", list(task.categorical)] as const]),
        ["test", String(task.test)],
      ];
    case "idx":
      return [
        ["images", text(task.images)],
        ["labels", text(task.labels)],
        ...(task.test.kind === "cut" ? [["test", String(task.test.fraction)] as const] : [
          ["test_images", text(task.test.images)] as const,
          ["test_labels", text(task.test.labels)] as const,
        ]),
      ];
    default:
      return task satisfies never;
  }
}
