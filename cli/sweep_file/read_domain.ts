/** One parameter of a sweep file as a domain: W&B's keys, with W&B's defaults where they are clear. */
import type { ParameterRule } from "../../core/domain/mlp_parameters.ts";
import type { ParameterDomain } from "../../core/domain/search_space.ts";
import {
  type Distribution,
  DISTRIBUTIONS,
  FORM_KEYS,
  NUMBER_DISTRIBUTIONS,
  type NumberDistribution,
} from "./domain_format.ts";
import type { MapReader } from "./map_reader.ts";
import { readValue, readValues } from "./read_choices.ts";
import { readNormal } from "./read_normal.ts";
import { readRange } from "./read_range.ts";

/** W&B's distributions that are not among ours. */
const FOREIGN_DISTRIBUTION_REGEXP = /^(?:q_)?beta$/;

/** The domain that a parameter's map describes; null after its problems went to the log. */
export function readDomain(reader: MapReader, rule: ParameterRule): ParameterDomain | null {
  const form = readForm(reader);
  switch (form?.kind) {
    case "value":
      return readValue(reader, rule);
    case "values":
      return readValues(reader, rule);
    case "range":
      return readRange(reader, { rule, distribution: form.distribution ?? null });
    case "normal":
      return readNormal(reader, { rule, distribution: form.distribution });
    case undefined:
      return null;
    default:
      return form satisfies never;
  }
}

/** Which way of writing a parameter the map uses. */
type Form =
  | { readonly kind: "value" | "values" }
  /** Without a distribution it is uniform. */
  | { readonly kind: "range"; readonly distribution?: NumberDistribution }
  | { readonly kind: "normal"; readonly distribution: NumberDistribution };

interface FormKeys {
  readonly needed: readonly string[];
  readonly optional: readonly string[];
}

const KEYS: Readonly<Record<Form["kind"], FormKeys>> = {
  value: { needed: ["value"], optional: [] },
  values: { needed: ["values"], optional: ["probabilities"] },
  range: { needed: ["min", "max"], optional: ["q", "step"] },
  normal: { needed: [], optional: ["mu", "sigma", "q", "step"] },
};

function readForm(reader: MapReader): Form | null {
  const keys = FORM_KEYS.filter((key) => reader.get(key) !== undefined);
  if (reader.get("distribution") === undefined) {
    const form = formOfKeys(keys);
    if (form?.kind === "range" && (keys.includes("mu") || keys.includes("sigma"))) {
      reader.refuseSelf("found mu or sigma without distribution, it must be normal or log_normal");
      return null;
    }
    if (form === null) {
      const must = "{ value: … }, { values: […] } or { min: …, max: … }";
      reader.refuseSelf(`found neither value nor values nor min and max, it must be ${must}`);
      return null;
    }
    return hasKeysOf(form, { keys, reader }) ? form : null;
  }
  const distribution = readDistribution(reader);
  if (distribution === null) return null;
  const form = formOf(distribution);
  return hasKeysOf(form, { keys, reader }) ? form : null;
}

function formOfKeys(keys: readonly string[]): Form | null {
  const [first] = keys;
  if (first === undefined) return null;
  if (first === "value") return { kind: "value" };
  if (first === "values" || first === "probabilities") return { kind: "values" };
  return { kind: "range" };
}

function readDistribution(reader: MapReader): Distribution | null {
  const node = reader.get("distribution");
  const name = node?.kind === "scalar" ? node.value : null;
  if (typeof name === "string" && FOREIGN_DISTRIBUTION_REGEXP.test(name)) {
    reader.refuse(
      "distribution",
      `${JSON.stringify(name)} is not supported; supported: ${DISTRIBUTIONS.join(", ")}`,
    );
    return null;
  }
  return reader.choice("distribution", DISTRIBUTIONS);
}

function formOf(distribution: Distribution): Form {
  switch (distribution) {
    case "constant":
      return { kind: "value" };
    case "categorical":
    case "categorical_w_probabilities":
      return { kind: "values" };
    default: {
      const { shape } = NUMBER_DISTRIBUTIONS[distribution];
      return shape === "range" ? { kind: shape, distribution } : { kind: shape, distribution };
    }
  }
}

/** Whether the map has the keys of its form and none of the others'. */
function hasKeysOf(
  form: Form,
  { keys, reader }: { readonly keys: readonly string[]; readonly reader: MapReader },
): boolean {
  const { needed, optional } = KEYS[form.kind];
  const own = needed.length > 0 ? needed : ["mu", "sigma"];
  const extra = keys.filter((key) => !needed.includes(key) && !optional.includes(key));
  const missing = needed.filter((key) => !keys.includes(key));
  for (const key of extra) {
    reader.refuseKey(key, `found beside ${own.join(" and ")}, it must be one or the other`);
  }
  for (const key of missing) {
    reader.refuseSelf(`found no ${key}, it must have ${needed.join(" and ")}`);
  }
  return extra.length === 0 && missing.length === 0;
}
