/** Sentences of a report that both its HTML and its Markdown form say. */
import type { ReportedTrial } from "./best_trial.ts";
import type { FinalMetrics } from "./final_metrics.ts";
import type { Heading } from "./heading.ts";
import type { CurvePanel } from "./mean_curves.ts";
import { count, duration, number } from "./numbers.ts";
import type { ParameterEffect } from "./parameter_effects.ts";
import type { Ranking } from "./ranking.ts";
import { LISTED_ROWS } from "./report_tables.ts";

/** A fact with its name. */
export type Fact = readonly [name: string, value: string];

/** What the sweep was, on which data and machines. */
export function headingFacts(heading: Heading): readonly Fact[] {
  const { dataset, trials, versions, workers } = heading;
  const backends = new Map<string, number>();
  for (const { backend } of workers) backends.set(backend, (backends.get(backend) ?? 0) + 1);
  return [
    ["sweep", heading.sweep],
    dataFact(heading),
    ...(dataset.classes.length === 0 ? [] : [["classes", classesText(dataset.classes)] as const]),
    [`digest of the ${heading.kind === null ? "module" : "data"}`, `SHA-256 ${dataset.digest}`],
    ["search", `${heading.method}, ${heading.metric.goal} ${heading.metric.name}`],
    ["seed", `${heading.seed}, replicates 0 to ${heading.replicates - 1}`],
    [
      "trials",
      `${count(trials.completed)} of ${count(trials.asked)} completed` +
      (trials.failed > 0 ? `, ${count(trials.failed)} failed` : "") +
      (trials.cancelled > 0 ? `, ${count(trials.cancelled)} cancelled` : ""),
    ],
    ["state", heading.state],
    ["begun", heading.createdAt],
    ["wall time", duration(heading.wallMs) + stepsText(heading)],
    ["versions", versions.map(({ trawl, deno }) => `Trawl ${trawl} on Deno ${deno}`).join("; ")],
    [
      "workers",
      workers.length === 0 ? "none yet" : workers
        .map(({ worker, backend, packs }) => `${worker} (${backend}, ${count(packs)} packs)`)
        .join(", "),
    ],
  ];
}

function dataFact({ dataset, kind }: Heading): Fact {
  if (kind === null) return ["module", dataset.name];
  return [
    "data",
    `${dataset.name}, ${count(dataset.trainExamples)} training, ` +
    `${count(dataset.validationExamples)} validation and ${count(dataset.testExamples)} test ` +
    `examples of ${count(dataset.features)} number${dataset.features === 1 ? "" : "s"}`,
  ];
}

function stepsText({ kind, laneSteps }: Heading): string {
  return kind === null ? "" : `, ${count(laneSteps)} optimizer steps`;
}

const NAMED_CLASSES = 12;

function classesText(classes: readonly string[]): string {
  const named = classes.slice(0, NAMED_CLASSES).join(", ");
  return classes.length > NAMED_CLASSES ? `${named}, … ${classes.length} in all` : named;
}

/** What the columns of the ranking mean. */
export function rankingNotes({ rows, metric, goal, winner }: Ranking): readonly string[] {
  const estimators = new Set(rows.map(({ objective }) => objective?.estimator));
  return [
    `Ordered by the mean of ${metric} after the last epoch over completed replicates, ` +
    `${goal === "maximize" ? "highest" : "lowest"} first; in brackets, the configuration's number.`,
    ...(estimators.has("t")
      ? ["t: Student's interval of the mean over n replicates; sd with n − 1."]
      : []),
    ...(estimators.has("wilson")
      ? [
        "Wilson: the interval of one run's share over its examples; it does not say how runs differ.",
      ]
      : []),
    ...(winner === null && rows.some(({ isTied }) => isTied === true)
      ? [
        "=: cannot be told from the best at the 5 % level (paired test over common seeds, Holm's " +
        "correction).",
      ]
      : []),
    ...(rows.some(({ comparison }) => comparison !== null)
      ? ["d_z: the mean difference in standard deviations of the differences, over common seeds."]
      : []),
    ...(rows.length > LISTED_ROWS
      ? [`The first ${LISTED_ROWS} of ${count(rows.length)}; the JSON form has all.`]
      : []),
  ];
}

/** What the curves are drawn from. */
export function curveNote({ curves, unit }: CurvePanel): string {
  const counts = curves.flatMap(({ points }) => points.map(({ n }) => n));
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const n = least === most ? `n = ${least}` : `n = ${least} to ${most}`;
  const band = most > 1 ? ", band: ± 1 sample standard deviation" : "; one run each, so no band";
  return `Unit: ${unit}. Mean over replicates, ${n}${band}.`;
}

/** What n counts in a parameter's effect. */
export function effectNote({ unit, settings: { used, all }, means }: ParameterEffect): string {
  const of = used === all ? `${used}` : `${used} of ${all}`;
  const setting = used === 1 ? "setting" : "settings";
  switch (unit) {
    case "seed":
      return `n counts seeds: each value's result of a seed is its mean over ${of} ${setting} of ` +
        "the other parameters, so nothing but this parameter differs in a pair.";
    case "setting":
      return `n counts ${of} ${setting} of the other parameters, one seed each: pairs differ in ` +
        "this parameter alone, but their spread is not that of seeds.";
    case "configuration":
      return "n counts configurations: none of the other parameters' settings has every value, so " +
        `nothing is paired${means.length > 0 ? ", and the others differ, too" : ""}.`;
    default:
      return unit satisfies never;
  }
}

/** Whose metrics they are. */
export function finalsNote({ configuration }: FinalMetrics): string {
  return `Configuration ${configuration}, over its completed replicates. train_loss and ` +
    "train_accuracy are counted while the weights still change, minibatch by minibatch of the last epoch.";
}

/** Which trial it is and how it did. */
export function trialFacts(trial: ReportedTrial): readonly Fact[] {
  return [
    [
      "trial",
      `${trial.trial}, replicate ${trial.replicate} of configuration ${trial.configuration}` +
      (trial.choice === "best"
        ? ": the best replicate of the first configuration, so its numbers flatter"
        : ""),
    ],
    [
      "parameters",
      Object.entries(trial.hyperparameters).map(([name, value]) => `${name} ${value}`).join(", "),
    ],
    [
      "metrics (one run, n = 1)",
      Object.entries(trial.metrics).map(([name, value]) => `${name} ${number(value)}`).join(", ") ||
      "none: it diverged or has not ended",
    ],
  ];
}

/** Where the trial left nothing. */
export const NO_RESULT: string =
  "This trial has left no result file, so there is no classification report and no picture of it.";

/** How much of the log is printed. */
export function logNote({ shown, reported }: ReportedTrial["log"]): string {
  if (reported === 0) return "No epoch of this trial was reported.";
  const part = shown < reported
    ? `${count(shown)} of ${count(reported)} reported epochs at equal distances; --log prints all`
    : `all ${count(reported)} reported epochs`;
  return `[epoch, minibatches in the epoch] loss; ${part}.`;
}
