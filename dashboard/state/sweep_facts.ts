/** What a sweep is asked to do, in words. */
import { describeCondition } from "../../core/domain/domain_words.ts";
import { type ParameterDomain, variedParameters } from "../../core/domain/search_space.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { DatasetSummary } from "../../core/domain/sweep_event.ts";
import { objectivesOf, type TaskDivision, type TaskSpec } from "../../core/domain/sweep_spec.ts";
import { testMetricOf } from "../../core/views/leaderboard.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { formatCount, formatSetting, formatValue } from "../client/parts/format.ts";
import type { Setting, SweepFacts } from "../client/model.ts";
import { schedulerWords } from "./scheduler_words.ts";

/** The facts of a sweep. */
export function sweepFacts(view: SweepView): SweepFacts {
  const { spec } = view.ledger;
  return {
    sweep: view.id,
    name: spec.name,
    description: spec.description,
    metric: spec.metric.name,
    testMetric: testMetricOf(spec),
    goal: spec.metric.goal,
    otherObjectives: objectivesOf(spec).slice(1).map(({ name }) => name),
    createdAt: view.createdAt,
    varied: variedParameters(spec.parameters).map(({ name }) => name),
    parameters: spec.parameters.map(({ name, domain, when = [] }) => ({
      name,
      value: [describe(domain), ...when.map((each) => `where ${describeCondition(each)}`)].join(
        ", ",
      ),
    })),
    details: details(view.ledger),
  };
}

function details({ spec, dataset }: SweepLedger): readonly Setting[] {
  const isModule = spec.task.dataset === "module";
  return [
    ...dataDetails(spec.task, dataset),
    ...(spec.objectives ?? [spec.metric]).map(({ goal, name }) => ({
      name: "objective",
      value: `${goal} ${name}`,
    })),
    { name: "method", value: spec.method },
    ...(spec.constraints ?? []).map((value) => ({ name: "constraint", value })),
    ...(spec.scheduler === undefined
      ? []
      : [{ name: "early termination", value: schedulerWords(spec.scheduler) }]),
    ...(spec.runCap === null
      ? []
      : [{ name: "trials", value: `at most ${formatCount(spec.runCap)}` }]),
    { name: "seed", value: String(spec.seed) },
    {
      name: "replicates",
      value: spec.racing === undefined
        ? String(spec.replicates)
        : `auto: a race, ${spec.replicates} to ${spec.racing.max} each`,
    },
    { name: "lanes in a pack", value: `at most ${spec.maxLanes}` },
    {
      name: "attempts",
      value: `until ${spec.maxAttempts} crashed, or ${spec.maxAttempts} lost their worker`,
    },
    { name: isModule ? "module digest" : "data digest", value: dataset.digest.slice(0, 16) },
  ];
}

function dataDetails(task: TaskSpec, dataset: DatasetSummary): readonly Setting[] {
  if (task.dataset === "module") return [{ name: "module", value: dataset.name }];
  return [
    { name: "data", value: `${dataset.name}, ${describeClasses(dataset.classes)}` },
    {
      name: "examples",
      value: `${formatCount(dataset.trainExamples)} training · ` +
        `${formatCount(dataset.validationExamples)} validation · ` +
        `${formatCount(dataset.testExamples)} test`,
    },
    { name: "validation", value: describeValidation(task) },
  ];
}

function describeStep({ step }: { readonly step?: number | undefined }): string {
  return step === undefined ? "" : `, in steps of ${formatValue(step)}`;
}

function describe(domain: ParameterDomain): string {
  switch (domain.kind) {
    case "values": {
      // The commas of several would be taken for those between them.
      const write = domain.values.length === 1 ? formatSetting : formatValue;
      return domain.values.map((value, i) =>
        domain.probabilities === undefined
          ? write(value)
          : `${write(value)} (${formatValue(100 * (domain.probabilities[i] ?? 0))} %)`
      ).join(", ");
    }
    case "float":
    case "int":
      return `${formatSetting(domain.min)} to ${formatSetting(domain.max)}` +
        (domain.kind === "int" ? ", whole numbers" : "") + describeStep(domain) +
        (domain.scale === "log" ? ", log scale" : "");
    case "normal":
      return `${domain.scale === "log" ? "log-normal" : "normal"}, ` +
        `mean ${formatValue(domain.mean)}, sd ${formatValue(domain.sd)}${describeStep(domain)}`;
    default:
      return domain satisfies never;
  }
}

function describeValidation(task: TaskDivision): string {
  return task.validation.kind === "test"
    ? "the test set"
    : `${formatValue(100 * task.validation.fraction)} % cut from the training set`;
}

function describeClasses(classes: readonly string[]): string {
  if (classes.length === 0) return "numbers";
  const shown = classes.slice(0, 4).join(", ");
  return classes.length > 4 ? `${classes.length} classes` : `classes ${shown}`;
}
