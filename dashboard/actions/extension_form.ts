/** An extension as a form: more values or a wider range of each parameter, replicates, the run cap. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { type ExtendedDomain, widened, withValues } from "../../core/domain/extended_domain.ts";
import type { Parameter, ParameterDomain } from "../../core/domain/search_space.ts";
import { MAX_TRIALS, type SweepSpec } from "../../core/domain/sweep_spec.ts";
import type { FieldProblems } from "./field_problems.ts";
import { parseValue } from "./point_form.ts";

/** What somebody has typed: by field, `add.NAME`, `min.NAME`, `max.NAME`, `replicates`, `runCap`. */
export type TypedExtension = ReadonlyMap<string, string>;

/** What was typed, read. */
export type ReadExtension =
  | { readonly kind: "extension"; readonly spec: SweepSpec; readonly options: readonly string[] }
  | { readonly kind: "impossible"; readonly problems: FieldProblems };

/** Trials of a configuration at most. */
const MOST_REPLICATES = 1_000;

/** The parameters that can be extended by hand: lists without probabilities, and ranges. */
export function extensible({ parameters }: SweepSpec): readonly Parameter[] {
  return parameters.filter(({ name, domain }) =>
    name !== "epochs" && domain.kind !== "normal" &&
    !(domain.kind === "values" && domain.probabilities !== undefined)
  );
}

/** The specification that the form makes of another. Whether it extends that is not judged here. */
export function readExtension(spec: SweepSpec, typed: TypedExtension): ReadExtension {
  const problems = new Map<string, string>();
  const options: string[] = [];
  const parameters = spec.parameters.map((parameter) => {
    const larger = largerDomain(parameter, { typed, problems });
    if (larger === null) return parameter;
    options.push("--add", larger.option);
    return { ...parameter, domain: larger.domain };
  });
  const asked = integerOf("replicates", { typed, problems, most: MOST_REPLICATES });
  const cap = capOf(spec, { typed, problems });
  if (problems.size > 0) return { kind: "impossible", problems };
  const before = spec.racing?.max ?? spec.replicates;
  if (asked !== null && asked !== before) options.push("--replicates", String(asked));
  if (cap !== spec.runCap) options.push("--run-cap", cap === null ? "none" : String(cap));
  const replicates = asked ?? before;
  return {
    kind: "extension",
    spec: {
      ...spec,
      parameters,
      ...(spec.racing === undefined ? { replicates } : { racing: { max: replicates } }),
      runCap: cap,
    },
    options,
  };
}

interface Reading {
  readonly typed: TypedExtension;
  readonly problems: Map<string, string>;
}

/** Null: nothing is asked for. */
function largerDomain(
  { name, domain }: Parameter,
  reading: Reading,
): { readonly domain: ParameterDomain; readonly option: string } | null {
  const { typed, problems } = reading;
  if (domain.kind === "values") {
    const field = `add.${name}`;
    const texts = (typed.get(field) ?? "").split(",").map((text) => text.trim())
      .filter((text) => text !== "");
    if (texts.length === 0) return null;
    const isNumeric = domain.values.every((value) => typeof value === "number");
    const values: readonly ParameterValue[] = texts.map(parseValue);
    const wrong = isNumeric
      ? texts[values.findIndex((value) => typeof value !== "number")]
      : undefined;
    if (wrong !== undefined) {
      problems.set(field, `${name} would be "${wrong}"; it must be a number`);
      return null;
    }
    return checked(withValues(domain, values), {
      field,
      problems,
      option: `${name}=${texts.join()}`,
    });
  }
  if (domain.kind === "normal") return null;
  const min = boundOf(`min.${name}`, domain.min, reading);
  const max = boundOf(`max.${name}`, domain.max, reading);
  if (min === null || max === null || min >= domain.min && max <= domain.max) return null;
  const field = min < domain.min ? `min.${name}` : `max.${name}`;
  return checked(widened(domain, { name, min, max }), {
    field,
    problems,
    option: `${name}=${min}..${max}`,
  });
}

function checked(
  larger: ExtendedDomain,
  { field, problems, option }: Pick<Reading, "problems"> & {
    readonly field: string;
    readonly option: string;
  },
): { readonly domain: ParameterDomain; readonly option: string } | null {
  if (larger.kind === "extended") return { domain: larger.domain, option };
  problems.set(field, larger.message);
  return null;
}

/** Empty: as it is; null: it is no number, and that is said. */
function boundOf(field: string, present: number, { typed, problems }: Reading): number | null {
  const text = (typed.get(field) ?? "").trim();
  if (text === "") return present;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  const [, name = field] = field.split(".", 2);
  problems.set(field, `${name} would reach "${text}"; it must be a number`);
  return null;
}

/** Null: as many as there are. */
function integerOf(
  field: string,
  { typed, problems, most }: Reading & { readonly most: number },
): number | null {
  const text = (typed.get(field) ?? "").trim();
  if (text === "") return null;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= 1 && value <= most) return value;
  problems.set(field, `${field} is "${text}"; it must be an integer from 1 to ${most}`);
  return null;
}

function capOf(spec: SweepSpec, { typed, problems }: Reading): number | null {
  const text = (typed.get("runCap") ?? "").trim();
  if (text === "") return spec.runCap;
  if (text === "none") return null;
  const cap = integerOf("runCap", { typed, problems: new Map(), most: MAX_TRIALS });
  if (cap !== null) return cap;
  problems.set(
    "runCap",
    `run_cap is "${text}"; it must be an integer from 1 to ${MAX_TRIALS}, or none`,
  );
  return spec.runCap;
}
