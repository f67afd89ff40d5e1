/** A configuration as a form: a field for each parameter; one that is left empty is filled in. */
import type { Hyperparameters, ParameterValue } from "../../core/domain/hyperparameters.ts";
import { describeRule, ruleOf } from "../../core/domain/mlp_parameters.ts";
import type { Parameter } from "../../core/domain/search_space.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import type { FieldProblems } from "./field_problems.ts";

/** The names of fields begin so: a parameter may be called as it likes. */
export const POINT_PREFIX = "p.";

/** A field as the page shows it. */
export interface PointField {
  readonly name: string;
  readonly value: string;
  /** What it takes if it is left empty; null: it must not be. */
  readonly fallback: string | null;
  /** What it may be, in words. */
  readonly hint: string;
  /** What is searched, where that is a list. */
  readonly choices: readonly string[];
  readonly isNumber: boolean;
}

/** The values that were typed, by the parameter's name. */
export type TypedValues = ReadonlyMap<string, string>;

/** The fields of a sweep's configurations. */
export function pointFields(
  { parameters, task }: SweepSpec,
  typed: TypedValues,
): readonly PointField[] {
  return parameters.map((parameter) => {
    const { name, domain, when = [] } = parameter;
    const rule = ruleOf(name, task);
    const choices = domain.kind === "values" ? domain.values : [];
    const fallback = choices.length === 1 ? choices[0] : rule?.default ?? undefined;
    const said = rule === null || rule.kind === "any" ? [] : [describeRule(rule)];
    const searched = searchedText(parameter);
    const where = when.length === 0 ? [] : ["empty where its conditions do not hold"];
    return {
      name,
      value: typed.get(name) ?? "",
      fallback: fallback === undefined || fallback === null ? null : String(fallback),
      hint: [searched, ...said, ...where].join("; "),
      choices: choices.length > 1 ? choices.map(String) : [],
      isNumber: isNumeric(parameter),
    };
  });
}

/** A configuration's values as they are typed. */
export function typedOf(hyperparameters: Hyperparameters): TypedValues {
  return new Map(Object.entries(hyperparameters).map(([name, value]) => [name, String(value)]));
}

/** What was typed. */
export type ReadPoint =
  | { readonly kind: "point"; readonly hyperparameters: Hyperparameters }
  | { readonly kind: "impossible"; readonly problems: FieldProblems };

/** Reads the fields. Whether the sweep takes the values is for its coordinator to say. */
export function readPoint({ parameters }: SweepSpec, typed: TypedValues): ReadPoint {
  const point: Record<string, ParameterValue> = {};
  const problems = new Map<string, string>();
  for (const parameter of parameters) {
    const { name, domain } = parameter;
    const text = (typed.get(name) ?? "").trim();
    if (text === "") continue;
    const listed = domain.kind === "values"
      ? domain.values.find((value) => String(value) === text)
      : undefined;
    const value = listed ?? parseValue(text);
    if (isNumeric(parameter) && typeof value !== "number" && !isWord(parameter, text)) {
      problems.set(name, `${name} is "${text}"; it must be a number`);
    } else point[name] = value;
  }
  return problems.size > 0
    ? { kind: "impossible", problems }
    : { kind: "point", hyperparameters: point };
}

/** As the command line reads `name=value`. */
export function parseValue(text: string): ParameterValue {
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : text;
}

function isNumeric({ domain }: Parameter): boolean {
  return domain.kind !== "values" || domain.values.every((value) => typeof value === "number");
}

/** A batch may be all of the data: the trainer knows whether the word is one of its own. */
function isWord({ name, domain }: Parameter, text: string): boolean {
  return domain.kind === "values" && name === "batch_size" && text === "full";
}

function searchedText({ domain }: Parameter): string {
  switch (domain.kind) {
    case "values":
      return domain.values.length === 1
        ? `fixed at ${domain.values[0]}`
        : `searched: ${domain.values.slice(0, 8).join(", ")}${
          domain.values.length > 8 ? ", …" : ""
        }`;
    case "int":
    case "float":
      return `searched: ${domain.min} to ${domain.max}`;
    case "normal":
      return `searched around ${domain.mean}`;
    default:
      return domain satisfies never;
  }
}
