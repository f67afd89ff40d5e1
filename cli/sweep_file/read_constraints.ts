/** `constraints` of a sweep file: what must hold between parameters, and whether anything can fulfil it. */
import type { ConstraintUse } from "../../core/domain/constraint_parser.ts";
import { type Constraint, isAllowedBy, parseConstraint } from "../../core/domain/constraints.ts";
import { describeDomain } from "../../core/domain/domain_words.ts";
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { probeSpace } from "../../core/domain/space_points.ts";
import { MAX_CONSTRAINTS } from "./format.ts";
import { describeNode, joinPath, type MapReader } from "./map_reader.ts";
import type { ProblemLog } from "./problem.ts";
import type { PlacedParameter } from "./placed_parameter.ts";
import { searchSpace } from "./read_parameters.ts";
import type { TreeNode } from "./yaml_tree.ts";

/** What constraints are about. */
export interface ConstraintReading {
  readonly parameters: readonly PlacedParameter[];
  readonly log: ProblemLog;
}

/** The constraints that could be understood; problems with the others are in the log. */
export function readConstraints(
  sweep: MapReader,
  { parameters, log }: ConstraintReading,
): readonly Constraint[] {
  const node = sweep.get("constraints");
  if (node === undefined) return [];
  if (node.kind !== "list" || node.items.length > MAX_CONSTRAINTS) {
    const found = node.kind === "list" ? `${node.items.length} of them` : describeNode(node);
    const must = `a list of at most ${MAX_CONSTRAINTS}, such as ["hidden_width <= 4 * batch_size"]`;
    sweep.refuse("constraints", `found ${found}, it must be ${must}`);
    return [];
  }
  return node.items
    .map((item) => readConstraint(item, { parameters, log }))
    .filter((constraint) => constraint !== null);
}

function readConstraint(
  node: TreeNode,
  { parameters, log }: ConstraintReading,
): Constraint | null {
  const refuse = (message: string): void =>
    log.add({ origin: node.origin, path: "constraints", message });
  if (node.kind !== "scalar" || typeof node.value !== "string") {
    refuse(`found ${describeNode(node)}, it must be a comparison such as "depth <= 3 or lr < 0.1"`);
    return null;
  }
  try {
    const constraint = parseConstraint(node.value, parameters.map(({ name }) => name));
    const problem = useProblem(constraint, parameters);
    if (problem !== null) refuse(`${describeNode(node)}: ${problem}`);
    return constraint;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    refuse(`${describeNode(node)}: ${error.message}`);
    return null;
  }
}

/** What the constraint takes a parameter for that it never is. */
function useProblem(
  { uses }: Constraint,
  parameters: readonly PlacedParameter[],
): string | null {
  for (const { name, as } of uses) {
    const domain = parameters.find((parameter) => parameter.name === name)?.domain;
    if (domain === undefined || as.kind === "any") continue;
    const values = domain.kind === "values" ? domain.values : [0];
    if (values.some((value) => canBe(value, as))) continue;
    const what = as.kind === "equal"
      ? JSON.stringify(as.value)
      : as.kind === "number"
      ? "a number"
      : "true or false";
    return `${name} is never ${what}, it must be: ${describeDomain(domain)}`;
  }
  return null;
}

function canBe(value: ParameterValue, as: ConstraintUse["as"]): boolean {
  switch (as.kind) {
    case "any":
      return true;
    case "equal":
      return value === as.value;
    case "number":
      return typeof value === "number";
    case "truth":
      return typeof value === "boolean";
    default:
      return as satisfies never;
  }
}

/** Checks that some configuration fulfils everything, and that every parameter is in one. */
export function checkReach(
  sweep: MapReader,
  { parameters, constraints, seed, log }: ConstraintReading & {
    readonly constraints: readonly Constraint[];
    readonly seed: number;
  },
): void {
  const space = searchSpace(parameters);
  if (constraints.length === 0 && space.every(({ when }) => when === undefined)) return;
  const probe = probeSpace(space, { admits: isAllowedBy(constraints), seed });
  const tried = probe.isComplete
    ? `all ${probe.tried} configurations were tried`
    : `${probe.tried} random configurations were tried`;
  if (!probe.isAdmitted) {
    sweep.refuse("constraints", `found nothing that fulfils them: ${tried}, one must`);
    return;
  }
  // What the command line takes away makes nothing wrong with the file.
  if (parameters.some(({ isOverride }) => isOverride)) return;
  for (const { name, origin, path } of parameters) {
    if (probe.reached.has(name)) continue;
    const message = `found no configuration that has it: ${tried}, its conditions must hold in one`;
    log.add({ origin, path: joinPath(path, "when"), message });
  }
}
