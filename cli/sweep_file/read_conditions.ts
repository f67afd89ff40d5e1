/** `when` of a parameter: what others must be for it to be there. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { describeDomain } from "../../core/domain/domain_words.ts";
import { didYouMean } from "../../core/domain/nearest_name.ts";
import {
  type Condition,
  domainSize,
  fulfils,
  type ParameterDomain,
} from "../../core/domain/search_space.ts";
import { isInDomain, nthValue } from "../../core/domain/space_codec.ts";
import { describeNode, joinPath, MapReader } from "./map_reader.ts";
import type { ProblemLog } from "./problem.ts";
import type { PlacedParameter } from "./placed_parameter.ts";
import type { MapEntry, TreeNode } from "./yaml_tree.ts";

/** Values that are looked at one by one, to see whether one of them fulfils a condition. */
const MAX_VALUES = 10_000;

type Test = Condition["test"];

/**
 * The parameters with their conditions. `names`: of all that the file has, in its order, those with
 * problems too.
 */
export function withConditions(
  parameters: readonly PlacedParameter[],
  { log, names }: { readonly log: ProblemLog; readonly names: readonly string[] },
): readonly PlacedParameter[] {
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  return parameters.map((parameter) => {
    const { whenNode, name } = parameter;
    if (whenNode === undefined) return parameter;
    const path = joinPath(parameter.path, "when");
    if (whenNode.kind !== "map" || whenNode.entries.length === 0) {
      const must = "a map such as { depth: { min: 2 } } or { optimizer: [momentum, adam] }";
      const message = `found ${describeNode(whenNode)}, it must be ${must}`;
      log.add({ origin: whenNode.origin, path, message });
      return parameter;
    }
    const keys = whenNode.entries.map(({ key }) => key);
    const { entries } = new MapReader(whenNode, { path, log, keys });
    const earlier = names.slice(0, Math.max(0, names.indexOf(name)));
    const when = entries
      .map((entry) => readCondition(entry, { path, log, names, earlier, byName }))
      .filter((condition) => condition !== null);
    return { ...parameter, when };
  });
}

interface ConditionReading {
  readonly path: string;
  readonly log: ProblemLog;
  readonly names: readonly string[];
  /** Those that stand before the parameter. */
  readonly earlier: readonly string[];
  readonly byName: ReadonlyMap<string, PlacedParameter>;
}

function readCondition(entry: MapEntry, reading: ConditionReading): Condition | null {
  const { path, log, names, earlier, byName } = reading;
  const own = joinPath(path, entry.key);
  if (!earlier.includes(entry.key)) {
    const message = names.includes(entry.key)
      ? "found a parameter that does not stand before this one, it must"
      : `unknown parameter${
        didYouMean(entry.key, earlier) || `; before it: ${earlier.join(", ")}`
      }`;
    log.add({ origin: entry.origin, path: own, message });
    return null;
  }
  const test = readTest(entry.value, { path: own, log });
  const parent = byName.get(entry.key);
  if (test === null || parent === undefined) return null;
  // A value that the command line takes away makes nothing wrong with the file.
  if (parent.isOverride !== true) {
    const problem = unreachable(test, parent.domain);
    if (problem !== null) {
      const must = `something that ${entry.key} can be: ${describeDomain(parent.domain)}`;
      const message = `found ${problem}, it must be ${must}`;
      log.add({ origin: entry.value.origin, path: own, message });
    }
  }
  return { parameter: entry.key, test };
}

function readTest(
  node: TreeNode,
  { path, log }: { readonly path: string; readonly log: ProblemLog },
): Test | null {
  if (node.kind === "map") return readLimits(new MapReader(node, { path, log, keys: LIMITS }));
  const items = node.kind === "list" ? node.items : [node];
  const values = items.map((item) => item.kind === "scalar" ? item.value : null);
  const isGood = (value: ParameterValue | null): value is ParameterValue => value !== null;
  if (values.length > 0 && values.every(isGood)) return { kind: "in", values };
  const message = `found ${describeNode(node)}, it must be a value, a list of values or ` +
    "{ min: …, max: … }";
  log.add({ origin: node.origin, path, message });
  return null;
}

const LIMITS: readonly string[] = ["min", "max"];

function readLimits(reader: MapReader): Test | null {
  const [min = null, max = null] = LIMITS.map((key) =>
    reader.number(key, { admits: Number.isFinite, must: "a number" })
  );
  if (LIMITS.every((key) => reader.get(key) === undefined)) {
    reader.refuseSelf("found neither min nor max, it must have one of them");
    return null;
  }
  if (min !== null && max !== null && max < min) {
    reader.refuse("max", `found ${max}, it must be >= min (${min})`);
    return null;
  }
  return { kind: "range", min, max };
}

/** What no value of the domain can fulfil, in words; null if every part of the test can be fulfilled. */
function unreachable(test: Test, domain: ParameterDomain): string | null {
  if (test.kind === "in") {
    // A single number is hardly ever drawn from a continuous range.
    const isContinuous = domainSize(domain) === Infinity &&
      !(domain.kind === "normal" && domain.step !== undefined);
    const odd = test.values.find((value) => isContinuous || !isInDomain(domain, value));
    return odd === undefined ? null : JSON.stringify(odd);
  }
  return overlaps(test, domain) ? null : limitsText(test);
}

function overlaps(
  test: Extract<Test, { readonly kind: "range" }>,
  domain: ParameterDomain,
): boolean {
  const size = domainSize(domain);
  if (size <= MAX_VALUES) {
    return Array.from({ length: size }, (_, n) => nthValue(domain, n))
      .some((value) => fulfils(value, test));
  }
  if (domain.kind === "values") return true;
  if (domain.kind === "normal") return domain.scale === "linear" || (test.max ?? Infinity) > 0;
  return (test.min ?? -Infinity) <= domain.max && (test.max ?? Infinity) >= domain.min;
}

function limitsText({ min, max }: Extract<Test, { readonly kind: "range" }>): string {
  const parts = [
    ...(min === null ? [] : [`min: ${min}`]),
    ...(max === null ? [] : [`max: ${max}`]),
  ];
  return `{ ${parts.join(", ")} }`;
}
