/** Parameters that are one value or a list of them: `value`, `values` and `probabilities`. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import {
  describeRule,
  type ParameterRule,
  satisfiesRule,
} from "../../core/domain/mlp_parameters.ts";
import type { ParameterDomain } from "../../core/domain/search_space.ts";
import { PROBABILITY_TOLERANCE } from "./domain_format.ts";
import type { MapReader } from "./map_reader.ts";
import type { ListNode, TreeNode } from "./yaml_tree.ts";

/** `value`: a list of one. */
export function readValue(reader: MapReader, rule: ParameterRule): ParameterDomain | null {
  const node = reader.get("value");
  if (node === undefined) return null;
  if (node.kind === "list") {
    reader.refuseValue("value", node, "a single value; a list goes under values");
    return null;
  }
  const value = readScalar(reader, { key: "value", node, rule });
  return value === null ? null : { kind: "values", values: [value] };
}

/** `values`, perhaps with `probabilities`. */
export function readValues(reader: MapReader, rule: ParameterRule): ParameterDomain | null {
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
  const values = readItems(reader, { node, rule });
  const hasProbabilities = reader.get("probabilities") !== undefined;
  const probabilities = readProbabilities(reader, node.items.length);
  if (values === null || (hasProbabilities && probabilities === null)) return null;
  return probabilities === null || values.length === 1
    ? { kind: "values", values }
    : { kind: "values", values, probabilities };
}

function readItems(
  reader: MapReader,
  { node, rule }: { readonly node: ListNode; readonly rule: ParameterRule },
): readonly ParameterValue[] | null {
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
  return isGood ? [...values] : null;
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

/** As many as there are values, adding up to 1; null if there are none, or wrong ones. */
function readProbabilities(reader: MapReader, count: number): readonly number[] | null {
  const node = reader.get("probabilities");
  if (node === undefined) return null;
  const must = `a list of ${count} numbers, one for each value, which add up to 1`;
  if (node.kind !== "list" || node.items.length !== count) {
    const found = node.kind === "list" ? `${node.items.length} of them` : null;
    if (found === null) reader.refuseValue("probabilities", node, must);
    else reader.refuse("probabilities", `found ${found}, it must be ${must}`);
    return null;
  }
  const probabilities: number[] = [];
  for (const item of node.items) {
    const value = item.kind === "scalar" ? item.value : null;
    if (typeof value === "number" && value > 0 && value <= 1) probabilities.push(value);
    else reader.refuseValue("probabilities", item, "> 0 and <= 1; leave out what is never drawn");
  }
  if (probabilities.length < count) return null;
  const sum = probabilities.reduce((total, each) => total + each, 0);
  if (Math.abs(sum - 1) <= 1e-9) return probabilities;
  if (Math.abs(sum - 1) <= PROBABILITY_TOLERANCE) return probabilities.map((each) => each / sum);
  const total = Number(sum.toPrecision(6));
  reader.refuse("probabilities", `found numbers that add up to ${total}, it must be ${must}`);
  return null;
}
