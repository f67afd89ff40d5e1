/** What parameters say together, and with the task: values that are right alone may not fit. */
import { MLP_PARAMETERS } from "../../core/domain/mlp_parameters.ts";
import { TASK_KIND_FACTS, type TaskKind } from "../../core/domain/task_kind.ts";
import type { ProblemLog } from "./problem.ts";
import type { PlacedParameter } from "./placed_parameter.ts";

/** Notes what does not fit. A `kind` of null is a task whose own problems are in the log. */
export function checkParameters(
  parameters: readonly PlacedParameter[],
  { kind, log }: { readonly kind: TaskKind | null; readonly log: ProblemLog },
): void {
  const find = (name: string): PlacedParameter | undefined =>
    parameters.find((parameter) => parameter.name === name);
  const refuse = (parameter: PlacedParameter, message: string): void =>
    log.add({ origin: parameter.origin, path: `parameters.${parameter.name}`, message });
  const loss = find("loss");
  if (kind !== null && loss?.domain.kind === "values") {
    const fitting = TASK_KIND_FACTS[kind].loss;
    const odd = loss.domain.values.find((value) => value !== fitting);
    if (odd !== undefined) {
      refuse(loss, `found ${odd}, it must be ${fitting}: the task is ${kind}`);
    }
  }
  const momentum = find("momentum");
  const optimizers = choicesOf(find("optimizer"));
  // Otherwise a grid over it would train equal networks and rank them.
  if (momentum !== undefined && optimizers.every((name) => name === "sgd")) {
    refuse(momentum, "found with optimizer sgd alone, it must go with optimizer momentum or adam");
  }
}

/** The optimizers in the search: the default where the file does not say. */
function choicesOf(optimizer: PlacedParameter | undefined): readonly unknown[] {
  if (optimizer === undefined) return [MLP_PARAMETERS["optimizer"]?.default];
  return optimizer.domain.kind === "values" ? optimizer.domain.values : [];
}
