/** A metric of a sweep file: what ranks trials, and which way is better. */
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import { didYouMean } from "../../core/domain/nearest_name.ts";
import { TASK_KIND_FACTS, type TaskKind } from "../../core/domain/task_kind.ts";
import { GOALS, OBJECTIVES } from "./format.ts";
import type { MapReader } from "./map_reader.ts";

/** The metric that a kind of task has where the file does not say. */
export function defaultMetric(kind: TaskKind | null): ObjectiveMetric | null {
  return objectivesOf(kind)[0] ?? null;
}

/**
 * The metric that a map describes; null after its problems went to the log. A `kind` of null is a
 * task whose own problems are in the log: any metric is taken then.
 */
export function readMetric(reader: MapReader, kind: TaskKind | null): ObjectiveMetric | null {
  const objective = readObjective(reader, { objectives: objectivesOf(kind), kind });
  const goal = reader.choice("goal", GOALS);
  if (objective === null || goal === null || goal === objective.goal) return objective;
  reader.refuse("goal", `found ${goal}, it must be ${objective.goal} for ${objective.name}`);
  return null;
}

function objectivesOf(kind: TaskKind | null): readonly ObjectiveMetric[] {
  return kind === null ? OBJECTIVES : TASK_KIND_FACTS[kind].objectives;
}

function readObjective(
  reader: MapReader,
  { objectives, kind }: {
    readonly objectives: readonly ObjectiveMetric[];
    readonly kind: TaskKind | null;
  },
): ObjectiveMetric | null {
  const names = objectives.map(({ name }) => name);
  const node = reader.get("name");
  if (node === undefined) {
    reader.refuseSelf(`found no name, it must have one of ${names.join(", ")}`);
    return null;
  }
  const typed = node.kind === "scalar" && typeof node.value === "string" ? node.value : "";
  const objective = objectives.find(({ name }) => name === typed);
  if (objective !== undefined) return objective;
  if (isFinal(typed)) reader.refuse("name", `found "${typed}", ${finalAdvice(typed, names)}`);
  else if (kind !== null && OBJECTIVES.some(({ name }) => name === typed)) {
    const must = `it must be one of ${names.join(", ")}`;
    reader.refuse("name", `found "${typed}", which ${kind} tasks do not have, ${must}`);
  } else reader.refuseValue("name", node, `one of ${names.join(", ")}${didYouMean(typed, names)}`);
  return null;
}

function isFinal(name: string): boolean {
  return Object.values(TASK_KIND_FACTS).some(({ finals }) => finals.includes(name));
}

function finalAdvice(name: string, names: readonly string[]): string {
  const cousin = name.replace("test_", "val_");
  const instead = names.includes(cousin) ? cousin : names[0];
  return "it must not choose the winner: the test set is scored once, at the end; " +
    `use ${instead} (with task.validation: test to validate on the test set knowingly)`;
}
