/** The tables of a report as text, for both its HTML and its Markdown form. */
import type { Against, OurConfiguration } from "./against.ts";
import type { FinalMetrics } from "./final_metrics.ts";
import type { ParameterEffect } from "./parameter_effects.ts";
import {
  configurationLabel,
  estimatorName,
  interval,
  meanAndSd,
  NOTHING,
  number,
  parameterText,
  probability,
  signed,
} from "./numbers.ts";
import type { RankedRow, Ranking } from "./ranking.ts";

/** A table of text. */
export interface TextTable {
  /** What it shows. */
  readonly caption: string;
  readonly columns: readonly { readonly header: string; readonly isNumber?: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

/** The header of the column that holds verdicts. */
export const VERDICT = "verdict";

/** Configurations that are listed; JSON has them all. */
export const LISTED_ROWS = 50;

/** The ranking: place, configuration, objective with its estimator, distance from the best, test. */
export function rankingTable({ rows, varied, metric, testMetric, winner }: Ranking): TextTable {
  return {
    caption: `Configurations by ${metric}`,
    columns: [
      { header: "#" },
      { header: "configuration" },
      { header: `${metric} mean`, isNumber: true },
      { header: "sd", isNumber: true },
      { header: "n", isNumber: true },
      { header: "95 % interval", isNumber: true },
      { header: "estimator" },
      { header: "best − this (paired)", isNumber: true },
      { header: "Holm p", isNumber: true },
      { header: "d_z", isNumber: true },
      { header: "more needed", isNumber: true },
      { header: `${testMetric} mean ± sd (n)`, isNumber: true },
    ],
    rows: rows.slice(0, LISTED_ROWS).map((row) => [
      `${row.rank}${row.isTied === true && winner === null ? "\u00a0=" : ""}`,
      `${configurationLabel(row.hyperparameters, varied)} (${row.configuration})`,
      row.objective === null ? `${row.diverged} diverged` : number(row.objective.mean),
      number(row.objective?.sd),
      row.completed === row.asked ? String(row.completed) : `${row.completed}/${row.asked}`,
      interval(row.objective?.ci95),
      estimatorName(row.objective),
      ...distanceCells(row),
      row.test === null ? NOTHING : `${meanAndSd(row.test)} (${row.test.n})`,
    ]),
  };
}

function distanceCells(
  { comparison, adjustedP, moreReplicates, isTied }: RankedRow,
): readonly string[] {
  return [
    comparison === null
      ? NOTHING
      : `${signed(comparison.meanDifference)} ${interval(comparison.ci95)}`,
    probability(adjustedP),
    effectSize(comparison?.effectSize),
    comparison === null || isTied === false ? NOTHING : moreText(moreReplicates),
  ];
}

/** The marginal means of a parameter. */
export function meansTable({ parameter, means }: ParameterEffect, metric: string): TextTable {
  return {
    caption: `${metric} by ${parameter}`,
    columns: [
      { header: parameter },
      { header: "mean", isNumber: true },
      { header: "sd", isNumber: true },
      { header: "n", isNumber: true },
      { header: "95 % interval", isNumber: true },
      { header: "estimator" },
    ],
    rows: means.map(({ value, estimate }) => [
      value,
      number(estimate.mean),
      number(estimate.sd),
      String(estimate.n),
      interval(estimate.ci95),
      estimatorName(estimate),
    ]),
  };
}

/** What the first configuration measured at the end. */
export function finalsTable({ metrics }: FinalMetrics): TextTable {
  return {
    caption: "Metrics of the first configuration",
    columns: [
      { header: "metric" },
      { header: "mean", isNumber: true },
      { header: "sd", isNumber: true },
      { header: "n", isNumber: true },
      { header: "95 % interval", isNumber: true },
      { header: "estimator" },
      { header: "least", isNumber: true },
      { header: "most", isNumber: true },
    ],
    rows: metrics.map(({ metric, estimate, least, most }) => [
      metric,
      number(estimate.mean),
      number(estimate.sd),
      String(estimate.n),
      interval(estimate.ci95),
      estimatorName(estimate),
      number(least),
      number(most),
    ]),
  };
}

/** The paired comparisons between a parameter's values. */
export function comparisonsTable({ parameter, comparisons }: ParameterEffect): TextTable {
  return {
    caption: `Differences between values of ${parameter}`,
    columns: [
      { header: "from → to" },
      { header: "difference", isNumber: true },
      { header: "95 % interval", isNumber: true },
      { header: "pairs", isNumber: true },
      { header: "test" },
      { header: "p", isNumber: true },
      { header: "Holm p", isNumber: true },
      { header: "d_z", isNumber: true },
      { header: "told apart" },
      { header: "more pairs needed", isNumber: true },
    ],
    rows: comparisons.map(({ from, to, comparison, adjustedP, isTold, morePairs }) => [
      `${from} → ${to}`,
      signed(comparison.meanDifference),
      interval(comparison.ci95),
      String(comparison.n),
      comparison.estimator,
      probability(comparison.p),
      probability(adjustedP),
      effectSize(comparison.effectSize),
      isTold ? "yes" : "no",
      isTold ? NOTHING : moreText(morePairs),
    ]),
  };
}

/** The published numbers beside ours. */
export function experimentsTable({ experiments }: Against): TextTable {
  return {
    caption: "Published numbers beside ours",
    columns: [
      { header: "experiment" },
      { header: "our configuration" },
      { header: "quantity" },
      { header: VERDICT },
      { header: "published", isNumber: true },
      { header: "ours, mean ± sd", isNumber: true },
      { header: "n", isNumber: true },
      { header: "95 % interval of the mean", isNumber: true },
      { header: "95 % of single runs", isNumber: true },
    ],
    rows: experiments.flatMap(({ experiment, stated, ours, numbers }) =>
      numbers.map(({ quantity, published, ours: estimate, prediction, verdict }, index) => [
        index === 0 ? experiment : "",
        index === 0 ? oursText(ours, Object.keys(stated)) : "",
        quantity,
        verdict,
        number(published),
        meanAndSd(estimate),
        estimate === null ? NOTHING : String(estimate.n),
        interval(estimate?.ci95),
        interval(prediction),
      ])
    ),
  };
}

/** The conclusions of the publication. */
export function conclusionsTable({ conclusions }: Against): TextTable {
  return {
    caption: "The conclusions that were published",
    columns: [
      { header: "conclusion" },
      { header: VERDICT },
      { header: "compared" },
      { header: "measure" },
      { header: "published difference", isNumber: true },
      { header: "our difference", isNumber: true },
      { header: "95 % interval", isNumber: true },
      { header: "pairs", isNumber: true },
      { header: "test" },
      { header: "Holm p", isNumber: true },
      { header: "d_z", isNumber: true },
      { header: "more pairs needed", isNumber: true },
    ],
    rows: conclusions.map((each) => [
      each.claim,
      each.verdict,
      comparedText(each.larger, each.smaller),
      each.measure,
      signed(each.published),
      signed(each.comparison?.meanDifference),
      interval(each.comparison?.ci95),
      each.comparison === null ? NOTHING : String(each.comparison.n),
      each.comparison?.estimator ?? NOTHING,
      probability(each.adjustedP),
      effectSize(each.comparison?.effectSize),
      each.verdict === "inside noise" ? moreText(each.morePairs) : NOTHING,
    ]),
  };
}

/** The four parameters of the lab's experiments, or those that were stated. */
const SHOWN_PARAMETERS = ["batch_size", "lr", "hidden_width", "depth", "epochs"];

function oursText(ours: OurConfiguration | null, stated: readonly string[]): string {
  if (ours === null) return "none in these sweeps";
  const names = [...new Set([...SHOWN_PARAMETERS, ...stated])]
    .filter((name) => ours.hyperparameters[name] !== undefined);
  return `${
    configurationLabel(ours.hyperparameters, names)
  } (${ours.sweep}, ${ours.configuration})`;
}

function comparedText(
  larger: OurConfiguration | null,
  smaller: OurConfiguration | null,
): string {
  if (larger === null || smaller === null) return "a configuration is missing in these sweeps";
  const names = Object.keys(larger.hyperparameters).filter((name) =>
    larger.hyperparameters[name] !== smaller.hyperparameters[name]
  );
  const changes = names.map((name) =>
    `${name} ${parameterText(larger.hyperparameters[name])} − ` +
    parameterText(smaller.hyperparameters[name])
  );
  return changes.length === 0 ? "the same configuration" : changes.join(", ");
}

/** How many more would tell a difference; null is more than is worth asking for. */
function moreText(more: number | null): string {
  return more === null ? "over 1,000" : `about ${more}`;
}

function effectSize(value: number | null | undefined): string {
  if (value === null || value === undefined) return NOTHING;
  // Differences that hardly vary: the number says no more than that.
  if (Math.abs(value) > 100) return value > 0 ? "> 100" : "< −100";
  return value.toFixed(2).replace("-", "−");
}
