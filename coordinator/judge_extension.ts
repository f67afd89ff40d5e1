/** Whether a sweep can be extended as somebody asks, and how many trials that adds. */
import { describeRule, ruleOf, satisfiesRule } from "../core/domain/mlp_parameters.ts";
import type { ParameterDomain } from "../core/domain/search_space.ts";
import { extensionProblem } from "../core/domain/sweep_extension.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";
import { MAX_TRIALS, type SweepSpec } from "../core/domain/sweep_spec.ts";
import { plannedTrials } from "./plan_trials.ts";
import { nextRound } from "./racing/next_round.ts";

/** The largest specification: it must fit in a journal entry, and a list of values can be any length. */
const MAX_SPEC_BYTES = 2 ** 18;

/** The answer. */
export type ExtensionVerdict =
  | { readonly kind: "possible"; readonly newTrials: number }
  /** It can be, but nothing would be asked for. */
  | { readonly kind: "idle"; readonly message: string }
  | { readonly kind: "impossible"; readonly message: string };

/** Judges a specification that shall take the place of the ledger's. */
export function judgeExtension(ledger: SweepLedger, spec: SweepSpec): ExtensionVerdict {
  const refuse = (why: string) => `Cannot extend sweep "${ledger.id}": ${why}`;
  if (ledger.status === "cancelled") {
    return { kind: "impossible", message: refuse("it is cancelled, and that is final") };
  }
  const problem = extensionProblem(ledger.spec, spec) ?? valueProblem(spec) ??
    sizeProblem(spec) ?? lengthProblem(spec);
  if (problem !== null) return { kind: "impossible", message: refuse(problem) };
  if (spec.racing !== undefined) return judgeRace(ledger, spec);
  const asked = Math.max(ledger.trials.length, plannedTrials(ledger.spec));
  const newTrials = plannedTrials(spec) - asked;
  if (newTrials > 0) return { kind: "possible", newTrials };
  const isCapped = spec.runCap !== null && spec.runCap <= asked;
  return {
    kind: "idle",
    message: refuse(
      isCapped
        ? `its run_cap of ${spec.runCap} trials is reached; it must be raised`
        : `it asks for these ${asked} trials already`,
    ),
  };
}

/** What no journal entry could hold. */
function lengthProblem(spec: SweepSpec): string | null {
  const { length } = new TextEncoder().encode(JSON.stringify(spec));
  if (length <= MAX_SPEC_BYTES) return null;
  return `its specification would have ${length} bytes; it must have at most ${MAX_SPEC_BYTES}`;
}

/** How much a race will ask for is not known: it can be extended where it would go on at all. */
function judgeRace(ledger: SweepLedger, spec: SweepSpec): ExtensionVerdict {
  const begun = Math.max(plannedTrials(ledger.spec), firstReplicates(ledger));
  const room = (spec.runCap ?? Infinity) - ledger.trials.length;
  const newTrials = Math.max(0, Math.min(room, plannedTrials(spec) - begun));
  // Where the present one would in turn extend the new one, they ask for the same.
  const isLarger = extensionProblem(spec, ledger.spec) !== null;
  const goesOn = ledger.isSettled
    ? (nextRound(ledger, { spec })?.raised.length ?? 0) > 0
    : isLarger;
  if (newTrials > 0 || goesOn) return { kind: "possible", newTrials };
  return {
    kind: "idle",
    message: `Cannot extend sweep "${ledger.id}": its race would ask for nothing more; ` +
      "it must have a larger run_cap, more replicates or more values",
  };
}

function firstReplicates({ trials, spec }: SweepLedger): number {
  return trials.filter(({ replicate }) => replicate < spec.replicates).length;
}

/** What the trainer would not take. */
function valueProblem({ parameters, task }: SweepSpec): string | null {
  for (const { name, domain } of parameters) {
    const rule = ruleOf(name, task);
    if (rule === null) return `there is no parameter ${name}`;
    const wrong = boundary(domain).find((value) => !satisfiesRule(rule, value));
    if (wrong !== undefined) {
      return `${name} would be ${JSON.stringify(wrong)}; it must be ${describeRule(rule)}`;
    }
    const isRange = domain.kind === "int" || domain.kind === "float";
    if (isRange && domain.scale === "log" && domain.min <= 0) {
      return `${name} would begin at ${domain.min}; a logarithmic range must begin above 0`;
    }
  }
  return null;
}

function boundary(domain: ParameterDomain): readonly (string | number | boolean)[] {
  switch (domain.kind) {
    case "values":
      return domain.values;
    case "int":
    case "float":
      return [domain.min, domain.max];
    case "normal":
      return [];
    default:
      return domain satisfies never;
  }
}

function sizeProblem(spec: SweepSpec): string | null {
  try {
    const growth = (spec.racing?.max ?? spec.replicates) / spec.replicates;
    const planned = Math.min(plannedTrials(spec) * growth, spec.runCap ?? Infinity);
    return planned <= MAX_TRIALS
      ? null
      : `it would have ${planned} trials; it must have at most ${MAX_TRIALS}`;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return "its space is infinite; it must have a run_cap";
  }
}
