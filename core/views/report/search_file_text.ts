/** The parts of a sweep file's text that say what is searched, and how. */
import type { SchedulerSpec } from "../../domain/scheduler_spec.ts";
import type { Condition, Parameter, ParameterDomain } from "../../domain/search_space.ts";
import type { SweepSpec } from "../../domain/sweep_spec.ts";
import { type Entry, list, map, text } from "./file_parts.ts";

/** `metric`, or `metrics` where there are several. */
export function objectiveLines({ metric, objectives }: SweepSpec): readonly string[] {
  const written = (each: SweepSpec["metric"]): string =>
    `{ name: ${text(each.name)}, goal: ${each.goal} }`;
  return objectives === undefined
    ? [`metric: ${written(metric)}`]
    : ["metrics:", ...objectives.map((each) => `  - ${written(each)}`)];
}

/** A parameter's values and conditions. */
export function parameterText({ domain, when = [] }: Parameter): string {
  const conditions: readonly Entry[] = when.length === 0
    ? []
    : [["when", map(when.map(conditionEntry))]];
  return map([...domainEntries(domain), ...conditions]);
}

function conditionEntry({ parameter, test }: Condition): Entry {
  if (test.kind === "in") {
    const [only] = test.values;
    return [text(parameter), test.values.length === 1 ? JSON.stringify(only) : list(test.values)];
  }
  const limits: readonly Entry[] = [
    ...(test.min === null ? [] : [["min", String(test.min)] as const]),
    ...(test.max === null ? [] : [["max", String(test.max)] as const]),
  ];
  return [text(parameter), map(limits)];
}

function domainEntries(domain: ParameterDomain): readonly Entry[] {
  switch (domain.kind) {
    case "values": {
      const { values, probabilities } = domain;
      const [only] = values;
      if (values.length === 1) return [["value", JSON.stringify(only)]];
      return probabilities === undefined
        ? [["values", list(values)]]
        : [["values", list(values)], ["probabilities", list(probabilities)]];
    }
    case "int":
    case "float":
      return [
        ["distribution", distributionOf(domain)],
        ["min", String(domain.min)],
        ["max", String(domain.max)],
        ...stepEntries(domain.step),
      ];
    case "normal":
      return [
        ["distribution", domain.scale === "log" ? "log_normal" : "normal"],
        ["mu", String(domain.mean)],
        ["sigma", String(domain.sd)],
        ...stepEntries(domain.step),
      ];
    default:
      return domain satisfies never;
  }
}

function stepEntries(step: number | undefined): readonly Entry[] {
  return step === undefined ? [] : [["step", String(step)]];
}

function distributionOf(
  { kind, scale }: Extract<ParameterDomain, { kind: "int" | "float" }>,
): string {
  if (scale === "log") return "log_uniform_values";
  return kind === "int" ? "int_uniform" : "uniform";
}

/** `early_terminate`. */
export function schedulerText(scheduler: SchedulerSpec): string {
  return map([["type", scheduler.type], ...schedulerEntries(scheduler)]);
}

function schedulerEntries(scheduler: SchedulerSpec): readonly Entry[] {
  switch (scheduler.type) {
    case "median":
      return [
        ["min_epochs", String(scheduler.minEpochs)],
        ["min_trials", String(scheduler.minTrials)],
        ["interval", String(scheduler.interval)],
      ];
    case "asha":
      return [
        ["variant", scheduler.variant],
        ["min_epochs", String(scheduler.minEpochs)],
        ["eta", String(scheduler.eta)],
      ];
    case "hyperband":
      return [["min_epochs", String(scheduler.minEpochs)], ["eta", String(scheduler.eta)]];
    case "pbt":
      return [
        ["interval", String(scheduler.interval)],
        ["quantile", String(scheduler.quantile)],
        ["resample", String(scheduler.resample)],
        ["factors", list(scheduler.factors)],
      ];
    case "patience":
      return [
        ["patience", String(scheduler.patience)],
        ["min_delta", String(scheduler.minDelta)],
        ["min_epochs", String(scheduler.minEpochs)],
      ];
    default:
      return scheduler satisfies never;
  }
}
