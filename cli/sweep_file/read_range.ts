/** Parameters that are numbers between two bounds: all uniform distributions, plain and of logarithms. */
import {
  describeRule,
  type ParameterRule,
  satisfiesRule,
} from "../../core/domain/mlp_parameters.ts";
import { domainSize, type ParameterDomain } from "../../core/domain/search_space.ts";
import {
  NUMBER_DISTRIBUTIONS,
  type NumberDistribution,
  type NumberFacts,
} from "./domain_format.ts";
import type { MapReader } from "./map_reader.ts";
import { readStep, type Step } from "./read_step.ts";
import type { TreeNode } from "./yaml_tree.ts";

/** Of wider ranges the codec could not tell neighbours apart. */
const MAX_INTEGERS = 2 ** 52;

interface RangeOptions {
  readonly rule: ParameterRule;
  /** Null: uniform, as the file does not say. */
  readonly distribution: NumberDistribution | null;
}

type RangeDomain = Extract<ParameterDomain, { readonly kind: "int" | "float" }>;

/** The range that the map describes; null after its problems went to the log. */
export function readRange(
  reader: MapReader,
  { rule, distribution }: RangeOptions,
): ParameterDomain | null {
  if (rule.kind === "choice") {
    reader.refuseSelf(`found a range, it must be a list: { values: [${rule.choices.join(", ")}] }`);
    return null;
  }
  const kind = rangeKind(reader, { rule, distribution });
  if (kind === null) return null;
  const facts = NUMBER_DISTRIBUTIONS[distribution ?? "uniform"];
  const step = readStep(reader, { distribution, isInteger: kind === "int" });
  const bounds = readBounds(reader, { rule, kind, facts });
  if (bounds === null || step === undefined) return null;
  const range: RangeDomain = { kind, scale: facts.scale, ...bounds };
  return step === null ? range : stepped(reader, { range, step });
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
  if (!["min", "max"].every((key) => isWrittenAsInteger(reader.get(key)))) return "float";
  if (reader.get("step") !== undefined && !isWrittenAsInteger(reader.get("step"))) return "float";
  if (rule.kind === "any") return "int";
  reader.refuseSelf(
    "found integer bounds of a real parameter, it must have distribution: uniform (or int_uniform)",
  );
  return null;
}

function isWrittenAsInteger(node: TreeNode | undefined): boolean {
  return node?.kind === "scalar" && /^[-+]?\d+$/.test(node.source);
}

interface BoundOptions {
  readonly rule: ParameterRule;
  readonly kind: "int" | "float";
  readonly facts: NumberFacts;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

function readBounds(reader: MapReader, options: BoundOptions): Bounds | null {
  const from = readBound(reader, { key: "min", ...options });
  const to = readBound(reader, { key: "max", ...options });
  if (from === null || to === null) return null;
  if (to.written <= from.written) {
    reader.refuse("max", `found ${to.written}, it must be > min (${from.written})`);
    return null;
  }
  // The inverse of the larger number is the smaller one.
  const [low, high] = options.facts.exponents === "inverse" ? [to, from] : [from, to];
  const bounds = options.kind === "int"
    ? { min: Math.ceil(low.value), max: Math.floor(high.value) }
    : { min: low.value, max: high.value };
  if (bounds.max > bounds.min) return fitting(reader, bounds, options.kind);
  reader.refuseSelf("found no two integers between min and max, it must be a wider range");
  return null;
}

/** As the file has it, and the number that it means. */
interface Bound {
  readonly written: number;
  readonly value: number;
}

/** The bounds, if everything that is computed with them stays a number that is exact enough. */
function fitting(reader: MapReader, bounds: Bounds, kind: "int" | "float"): Bounds | null {
  const width = bounds.max - bounds.min;
  if (kind === "int" ? width < MAX_INTEGERS : Number.isFinite(width)) return bounds;
  reader.refuseSelf(
    kind === "int"
      ? `found ${width} integers between min and max, it must be fewer than 2^52`
      : "found bounds whose difference is infinite, it must be a narrower range",
  );
  return null;
}

function readBound(
  reader: MapReader,
  { key, rule, kind, facts }: BoundOptions & { readonly key: "min" | "max" },
): Bound | null {
  const node = reader.get(key);
  if (node === undefined) return null;
  const written = node.kind === "scalar" ? node.value : null;
  // A word such as full is a value, and no end of a range.
  const bounds = rule.kind === "int" ? { ...rule, word: null } : rule;
  if (facts.exponents !== "none") return readExponent(reader, { key, node, bounds, kind, facts });
  if (facts.scale === "log" && typeof written === "number" && written <= 0) {
    reader.refuseValue(key, node, "> 0: a logarithmic range cannot touch 0");
    return null;
  }
  if (typeof written !== "number" || !satisfiesRule(bounds, written)) {
    reader.refuseValue(key, node, bounds.kind === "any" ? "a finite number" : describeRule(bounds));
    return null;
  }
  if (kind === "int" && !Number.isSafeInteger(written)) {
    reader.refuseValue(key, node, "an integer, as the distribution is int_uniform");
    return null;
  }
  return { written, value: written };
}

function readExponent(
  reader: MapReader,
  { key, node, bounds, kind, facts }: {
    readonly key: "min" | "max";
    readonly node: TreeNode;
    readonly bounds: ParameterRule;
    readonly kind: "int" | "float";
    readonly facts: NumberFacts;
  },
): Bound | null {
  const written = node.kind === "scalar" ? node.value : null;
  if (typeof written !== "number" || !Number.isFinite(written)) {
    reader.refuseValue(key, node, "a number: the natural logarithm of a value");
    return null;
  }
  const value = Math.exp(facts.exponents === "inverse" ? -written : written);
  const isLower = (key === "min") !== (facts.exponents === "inverse");
  const whole = kind === "int" ? (isLower ? Math.ceil(value) : Math.floor(value)) : value;
  if (value > 0 && Number.isFinite(value) && satisfiesRule(bounds, whole)) {
    return { written, value };
  }
  const sign = facts.exponents === "inverse" ? "-" : "";
  const hint = kind === "float" && value > 1000 ? "; numbers themselves go with …_values" : "";
  const must = `the logarithm of ${describeRule(bounds)}${hint}`;
  reader.refuse(
    key,
    `found ${written}, which means e^${sign}${written} = ${
      Number(value.toPrecision(4))
    }, it must be ${must}`,
  );
  return null;
}

/** W&B's q asks for multiples of it; our step counts from min, or of a logarithmic range as q does. */
function stepped(
  reader: MapReader,
  { range, step }: { readonly range: RangeDomain; readonly step: Step },
): ParameterDomain | null {
  const { size, key } = step;
  const isAligned = key === "q" && range.scale === "linear";
  const multiple = (steps: number): number => Number((steps * size).toPrecision(15)) + 0;
  const domain: RangeDomain = {
    ...range,
    ...(isAligned
      ? {
        min: Math.max(range.min, multiple(Math.ceil(range.min / size - 1e-9))),
        max: Math.min(range.max, multiple(Math.floor(range.max / size + 1e-9))),
      }
      : {}),
    step: size,
  };
  if (domainSize(domain) >= 2) return domain;
  const message = `found ${size}, it must leave two values from min to max at least`;
  if (reader.get(key) === undefined) reader.refuseSelf(`found no q, which is 1 then: ${message}`);
  else reader.refuse(key, message);
  return null;
}
