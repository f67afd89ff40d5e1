/** A sweep's specification with what `--add`, `--replicates` and `--run-cap` ask for beyond it. */
import { widened, withValues } from "../../core/domain/extended_domain.ts";
import type { ParameterDomain } from "../../core/domain/search_space.ts";
import { type SweepSpec, taskKindOf } from "../../core/domain/sweep_spec.ts";
import { checkParameters } from "./check_parameters.ts";
import { parseOverrides } from "./overrides.ts";
import { type Origin, ProblemLog, SweepFileError } from "./problem.ts";
import { readOverrides } from "./read_parameters.ts";

/** What a user asks for. */
export interface ExtensionRequest {
  /** `name=v1,v2` for a list of values, `name=MIN..MAX` for a range. */
  readonly add: readonly string[];
  /** Trials per configuration, at most in a race; undefined: as many as before. */
  readonly replicates: number | undefined;
  /** Trials at most; null: no limit; undefined: the same limit. */
  readonly runCap: number | null | undefined;
}

/** Two numbers with two dots between them. */
const RANGE_REGEXP = /^\s*([^=\s]+)\s*=\s*([^,\s]+?)\.\.([^,\s]+)\s*$/;

/**
 * The specification that the request makes of another. Values that are there already stay as they
 * are. Whether the result is an extension is not judged here.
 * @throws {SweepFileError} If a part of the request cannot be read, or fits no parameter.
 */
export function extendSpec(spec: SweepSpec, request: ExtensionRequest): SweepSpec {
  const log = new ProblemLog();
  const { task } = spec;
  const domains = new Map(spec.parameters.map(({ name, domain }) => [name, domain]));
  for (const text of request.add.filter((each) => RANGE_REGEXP.test(each))) {
    widen(domains, { text, log });
  }
  const lists = request.add.filter((each) => !RANGE_REGEXP.test(each));
  for (const added of readOverrides(parseOverrides(lists, log, "--add"), { log, task })) {
    const problem = addValues(domains, added);
    if (problem !== null) {
      log.add({ origin: { kind: "option", option: "--add" }, path: added.name, message: problem });
    }
  }
  const parameters = spec.parameters.map((parameter) => ({
    ...parameter,
    domain: domains.get(parameter.name) ?? parameter.domain,
  }));
  const origin: Origin = { kind: "option", option: "--add" };
  const placed = parameters.map((each) => ({ ...each, origin, path: `parameters.${each.name}` }));
  if (task.dataset !== "module") {
    checkParameters(placed, { kind: taskKindOf(task), log });
  }
  if (!log.isEmpty) throw new SweepFileError(spec.name, log.problems);
  return {
    ...spec,
    parameters,
    ...replicatesOf(spec, request),
    runCap: request.runCap === undefined ? spec.runCap : request.runCap,
  };
}

/** In a race, replicates that are asked for are those that a configuration may get at most. */
function replicatesOf(
  { replicates, racing }: SweepSpec,
  request: ExtensionRequest,
): Pick<SweepSpec, "replicates" | "racing"> {
  if (racing === undefined) return { replicates: request.replicates ?? replicates };
  return { replicates, racing: { max: request.replicates ?? racing.max } };
}

type Domains = Map<string, ParameterDomain>;

function widen(
  domains: Domains,
  { text, log }: { readonly text: string; readonly log: ProblemLog },
): void {
  const [, name = "", from = "", to = ""] = RANGE_REGEXP.exec(text) ?? [];
  const [min, max] = [Number(from), Number(to)];
  const refuse = (message: string): void => {
    log.add({ origin: { kind: "option", option: `--add ${text}` }, path: "", message });
  };
  const domain = domains.get(name);
  if (domain === undefined) return refuse(unknown(domains, name));
  if (domain.kind === "normal") return refuse(`${name} has no bounds that could be moved`);
  if (domain.kind === "values") {
    return refuse(`${name} is a list of values: add some with --add ${name}=value,value`);
  }
  if (!Number.isFinite(min) || !Number.isFinite(max) || max < min) {
    return refuse(`it must be ${name}=MIN..MAX, two numbers`);
  }
  const wider = widened(domain, { name, min, max });
  if (wider.kind === "impossible") return refuse(wider.message);
  domains.set(name, wider.domain);
}

/** Adds to a list of values, or says why that cannot be. */
function addValues(
  domains: Domains,
  { name, domain: added }: { readonly name: string; readonly domain: ParameterDomain },
): string | null {
  const domain = domains.get(name);
  if (domain === undefined) return unknown(domains, name);
  if (domain.kind !== "values" || added.kind !== "values") {
    return `a range can be made wider, with --add ${name}=MIN..MAX`;
  }
  const larger = withValues(domain, added.values);
  if (larger.kind === "impossible") return larger.message;
  domains.set(name, larger.domain);
  return null;
}

function unknown(domains: Domains, name: string): string {
  return `the sweep has no parameter ${name}; it has ${[...domains.keys()].join(", ")}`;
}
