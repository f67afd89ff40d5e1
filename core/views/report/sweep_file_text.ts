/** A sweep's spec as a sweep file: parsed again, it is the same spec. */
import type { ParameterDomain } from "../../domain/search_space.ts";
import type { DataTask, SweepSpec, TaskSpec } from "../../domain/sweep_spec.ts";
import type { ModuleTask } from "../../domain/user_module.ts";

/** The file's text. Paths in it are relative to the folder that the sweep was started with. */
export function sweepFileText(spec: SweepSpec): string {
  return [
    `name: ${text(spec.name)}`,
    ...(spec.description === null ? [] : [`description: ${text(spec.description)}`]),
    `seed: ${spec.seed}`,
    `task: ${map(taskEntries(spec.task))}`,
    `method: ${spec.method}`,
    `metric: { name: ${spec.metric.name}, goal: ${spec.metric.goal} }`,
    `replicates: ${spec.replicates}`,
    ...(spec.runCap === null ? [] : [`run_cap: ${spec.runCap}`]),
    `max_attempts: ${spec.maxAttempts}`,
    "parameters:",
    ...spec.parameters.map(({ name, domain }) => `  ${text(name)}: ${map(domainEntries(domain))}`),
    "",
  ].join("\n");
}

type Entry = readonly [key: string, value: string];

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

function domainEntries(domain: ParameterDomain): readonly Entry[] {
  switch (domain.kind) {
    case "values": {
      const [only] = domain.values;
      return domain.values.length === 1 && only !== undefined
        ? [["value", JSON.stringify(only)]]
        : [["values", list(domain.values)]];
    }
    case "int":
    case "float":
      return [
        ["distribution", distributionOf(domain)],
        ["min", String(domain.min)],
        ["max", String(domain.max)],
      ];
    case "normal":
      return [
        ["distribution", domain.scale === "log" ? "log_normal" : "normal"],
        ["mu", String(domain.mean)],
        ["sigma", String(domain.sd)],
      ];
    default:
      return domain satisfies never;
  }
}

function distributionOf(
  { kind, scale }: Extract<ParameterDomain, { kind: "int" | "float" }>,
): string {
  if (scale === "log") return "log_uniform_values";
  return kind === "int" ? "int_uniform" : "uniform";
}

function map(entries: readonly Entry[]): string {
  return `{ ${entries.map(([key, value]) => `${key}: ${value}`).join(", ")} }`;
}

function list(values: readonly unknown[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}

/** A JSON text is a YAML text, whatever is in it. */
function text(value: string): string {
  return /^[a-z][a-z0-9_-]*$/.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null)$/.test(value)
    ? value
    : JSON.stringify(value);
}
