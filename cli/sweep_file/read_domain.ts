/** One parameter of a sweep file as a domain: W&B's keys, with W&B's defaults where they are clear. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import {
  describeRule,
  type ParameterRule,
  satisfiesRule,
} from "../../core/domain/mlp_parameters.ts";
import type { ParameterDomain, Scale } from "../../core/domain/search_space.ts";
import { type Distribution, DISTRIBUTIONS, DOMAIN_KEYS } from "./format.ts";
import type { MapReader } from "./map_reader.ts";
import type { ListNode, TreeNode } from "./yaml_tree.ts";

/** Keys that W&B has for the distributions that are not there yet. */
export const DOMAIN_ADVICE: ReadonlyMap<string, string> = new Map(
  ["mu", "sigma", "q", "probabilities", "parameters"].map((key) => [
    key,
    `not supported yet; supported: ${DOMAIN_KEYS.join(", ")}`,
  ]),
);

/** Every distribution of W&B's format; those that are not among ours get an answer of their own. */
const FOREIGN_DISTRIBUTION_REGEXP = /^(?:q_|inv_)|^(?:log_)?(?:normal|uniform)|^beta$/;

/** The domain that a parameter's map describes; null after its problems went to the log. */
export function readDomain(reader: MapReader, rule: ParameterRule): ParameterDomain | null {
  const form = readForm(reader);
  switch (form?.kind) {
    case "value":
      return readValue(reader, rule);
    case "values":
      return readValues(reader, rule);
    case "range":
      return readRange(reader, { rule, distribution: form.distribution });
    case undefined:
      return null;
    default:
      return form satisfies never;
  }
}

/** Which of the three ways of writing a parameter the map uses. */
type Form =
  | { readonly kind: "value" }
  | { readonly kind: "values" }
  | { readonly kind: "range"; readonly distribution: RangeDistribution | null };
type RangeDistribution = Exclude<Distribution, "constant" | "categorical">;

const FORM_KEYS: readonly string[] = DOMAIN_KEYS.filter((key) => key !== "distribution");

function readForm(reader: MapReader): Form | null {
  const keys = FORM_KEYS.filter((key) => reader.get(key) !== undefined);
  let form: Form;
  if (reader.get("distribution") === undefined) {
    const [first] = keys;
    if (first === undefined) {
      const must = "{ value: … }, { values: […] } or { min: …, max: … }";
      reader.refuseSelf(`found neither value nor values nor min and max, it must be ${must}`);
      return null;
    }
    form = first === "value" || first === "values"
      ? { kind: first }
      : { kind: "range", distribution: null };
  } else {
    const distribution = readDistribution(reader);
    if (distribution === null) return null;
    form = formOf(distribution);
  }
  return hasKeysOf(form, { keys, reader }) ? form : null;
}

function readDistribution(reader: MapReader): Distribution | null {
  const node = reader.get("distribution");
  const name = node?.kind === "scalar" ? node.value : null;
  const isKnown = DISTRIBUTIONS.some((each) => each === name);
  if (node !== undefined && !isKnown && typeof name === "string") {
    if (FOREIGN_DISTRIBUTION_REGEXP.test(name)) {
      reader.refuse(
        "distribution",
        `${JSON.stringify(name)} is not supported yet; supported: ${DISTRIBUTIONS.join(", ")}`,
      );
      return null;
    }
  }
  return reader.choice("distribution", DISTRIBUTIONS);
}

function formOf(distribution: Distribution): Form {
  if (distribution === "constant") return { kind: "value" };
  if (distribution === "categorical") return { kind: "values" };
  return { kind: "range", distribution };
}

/** Whether the map has the keys of its form and none of the others'. */
function hasKeysOf(
  form: Form,
  { keys, reader }: { readonly keys: readonly string[]; readonly reader: MapReader },
): boolean {
  const wanted = form.kind === "range" ? ["min", "max"] : [form.kind];
  const extra = keys.filter((key) => !wanted.includes(key));
  const missing = wanted.filter((key) => !keys.includes(key));
  for (const key of extra) {
    reader.refuseKey(key, `found beside ${wanted.join(" and ")}, it must be one or the other`);
  }
  for (const key of missing) {
    reader.refuseSelf(`found no ${key}, it must have ${wanted.join(" and ")}`);
  }
  return extra.length === 0 && missing.length === 0;
}

function readValue(reader: MapReader, rule: ParameterRule): ParameterDomain | null {
  const node = reader.get("value");
  if (node === undefined) return null;
  if (node.kind === "list") {
    reader.refuseValue("value", node, "a single value; a list goes under values");
    return null;
  }
  const value = readScalar(reader, { key: "value", node, rule });
  return value === null ? null : { kind: "values", values: [value] };
}

function readValues(reader: MapReader, rule: ParameterRule): ParameterDomain | null {
  const node = reader.get("values");
  if (node === undefined) return null;
  if (node.kind !== "list") {
    reader.refuseValue("values", node, "a list; a single value goes under value");
    return null;
  }
  if (node.items.length === 0) {
    reader.refuseValue("values", node, "a list with at least one value");
    return null;
  }
  return readItems(reader, { node, rule });
}

function readItems(
  reader: MapReader,
  { node, rule }: { readonly node: ListNode; readonly rule: ParameterRule },
): ParameterDomain | null {
  const values = new Set<ParameterValue>();
  let isGood = true;
  for (const item of node.items) {
    const value = readScalar(reader, { key: "values", node: item, rule });
    if (value === null) isGood = false;
    else if (values.has(value)) {
      reader.refuseValue("values", item, "there once: it repeats an earlier value");
      isGood = false;
    } else values.add(value);
  }
  return isGood ? { kind: "values", values: [...values] } : null;
}

function readScalar(
  reader: MapReader,
  { key, node, rule }: {
    readonly key: string;
    readonly node: TreeNode;
    readonly rule: ParameterRule;
  },
): ParameterValue | null {
  const value = node.kind === "scalar" ? node.value : null;
  if (value !== null && satisfiesRule(rule, value)) return value;
  reader.refuseValue(key, node, describeRule(rule));
  return null;
}

interface RangeOptions {
  readonly rule: ParameterRule;
  readonly distribution: RangeDistribution | null;
}

function readRange(
  reader: MapReader,
  { rule, distribution }: RangeOptions,
): ParameterDomain | null {
  if (rule.kind === "choice") {
    reader.refuseSelf(`found a range, it must be a list: { values: [${rule.choices.join(", ")}] }`);
    return null;
  }
  const kind = rangeKind(reader, { rule, distribution });
  if (kind === null) return null;
  const scale: Scale = distribution === "log_uniform_values" ? "log" : "linear";
  const min = readBound(reader, { key: "min", rule, kind, scale });
  const max = readBound(reader, { key: "max", rule, kind, scale });
  if (min === null || max === null) return null;
  if (max <= min) {
    reader.refuse("max", `found ${max}, it must be > min (${min})`);
    return null;
  }
  return { kind, scale, min, max };
}

/** Whether a range is of integers or of real numbers; null if the file says something impossible. */
function rangeKind(
  reader: MapReader,
  { rule, distribution }: RangeOptions,
): "int" | "float" | null {
  if (rule.kind === "int") {
    if (distribution !== "uniform") return "int";
    reader.refuse("distribution", "found uniform, it must be int_uniform for an integer parameter");
    return null;
  }
  if (distribution !== null) return distribution === "int_uniform" ? "int" : "float";
  // W&B draws integers between integer bounds. Of a real parameter that is rarely meant, and
  // nothing would show it: so the file has to say it.
  if (!isWrittenAsInteger(reader.get("min")) || !isWrittenAsInteger(reader.get("max"))) {
    return "float";
  }
  if (rule.kind === "any") return "int";
  reader.refuseSelf(
    "found integer bounds of a real parameter, it must have distribution: uniform (or int_uniform)",
  );
  return null;
}

function isWrittenAsInteger(node: TreeNode | undefined): boolean {
  return node?.kind === "scalar" && /^[-+]?\d+$/.test(node.source);
}

function readBound(
  reader: MapReader,
  { key, rule, kind, scale }: {
    readonly key: "min" | "max";
    readonly rule: ParameterRule;
    readonly kind: "int" | "float";
    readonly scale: Scale;
  },
): number | null {
  const node = reader.get(key);
  if (node === undefined) return null;
  const value = node.kind === "scalar" ? node.value : null;
  if (scale === "log" && typeof value === "number" && value <= 0) {
    reader.refuseValue(key, node, "> 0: a logarithmic range cannot touch 0");
    return null;
  }
  if (typeof value !== "number" || !satisfiesRule(rule, value)) {
    // A word such as full is a value, and no end of a range.
    const bounds = rule.kind === "int" ? { ...rule, word: null } : rule;
    reader.refuseValue(key, node, describeRule(bounds));
    return null;
  }
  if (kind === "int" && !Number.isSafeInteger(value)) {
    reader.refuseValue(key, node, "an integer, as the distribution is int_uniform");
    return null;
  }
  return value;
}
