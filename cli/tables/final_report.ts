/** What the terminal says when a sweep is over: the best configurations, and how sure that is. */
import { isOver } from "../../core/domain/sweep.ts";
import { variedParameters } from "../../core/domain/search_space.ts";
import type { TrialStatus } from "../../core/domain/trial.ts";
import { conclude, type Conclusion, tiedWithBest } from "../../core/views/conclusion.ts";
import {
  estimateMetric,
  leaderboard,
  type LeaderboardRow,
  testMetricOf,
} from "../../core/views/leaderboard.ts";
import { sweepSummary } from "../../core/views/sweep_summary.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import {
  confidence,
  count,
  counted,
  metricValue,
  objective,
  parameterValue,
  rate,
  spokenTime,
} from "../../core/views/quantities.ts";
import { printable } from "../terminal/text.ts";
import { renderTable } from "./table.ts";

/** How the report is written. */
export interface ReportOptions {
  readonly width: number;
  /** What stands for text that was cut off. */
  readonly ellipsis?: string;
  /** Configurations at most. */
  readonly limit?: number;
  /** Where to go on reading: the commands and the address, as the user can use them. */
  readonly lookNext: readonly string[];
  /** What commands repeat to meet the same sweeps; see `same_place.ts`. */
  readonly place?: string;
  /** Whether its coordinator ends now: what is not over is interrupted then. */
  readonly isLeft?: boolean;
}

const SHOWN_FAILURES = 3;

/** The lines of the report. */
export function finalReport(view: SweepView, options: ReportOptions): readonly string[] {
  const rows = leaderboard(view.ledger);
  return [
    ...bestLines(view, { ...options, rows, conclusion: conclude(view.ledger) }),
    ...failureLines(view, options.place ?? ""),
    ...quarantineLines(view),
    closingLine(view, options.isLeft ?? false),
    ...options.lookNext.map((line) => `  ${line}`),
  ].map(printable);
}

type Rows = ReportOptions & {
  readonly rows: readonly LeaderboardRow[];
  readonly conclusion: Conclusion;
};

function bestLines(view: SweepView, options: Rows): readonly string[] {
  const { rows, limit = 10 } = options;
  const { metric } = view.ledger.spec;
  if (rows.length === 0) return ["No trial completed, so there is nothing to rank.", ""];
  const shown = rows.slice(0, limit);
  const of = shown.length < rows.length
    ? `, the first ${shown.length} of ${count(rows.length)}`
    : "";
  const best = metric.goal === "maximize" ? "highest" : "lowest";
  return [
    `Best configurations by ${metric.name} (${best} first${of})`,
    "",
    ...reportTable(view, { ...options, rows: shown }),
    "",
    ...caveats(view, options),
  ];
}

function reportTable(
  view: SweepView,
  { rows, width, ellipsis, conclusion }: Rows,
): readonly string[] {
  const { spec } = view.ledger;
  const testMetric = testMetricOf(spec);
  const varied = variedParameters(spec.parameters).map(({ name }) => name);
  const columns = [
    { header: "#", align: "right" as const },
    { header: "trial", align: "right" as const },
    { header: spec.metric.name, align: "right" as const },
    { header: "95 % CI", isWhole: true, isOptional: true },
    { header: "n", align: "right" as const, isOptional: true },
    ...varied.map((name) => ({ header: name })),
    ...(testMetric === null ? [] : [{ header: testMetric, isWhole: true, isOptional: true }]),
  ];
  const tied = tiedWithBest(conclusion);
  const cells = rows.map((row) => [
    `${row.rank}${tied.has(row.configuration) ? "=" : ""}`,
    String(row.bestTrial.id),
    objective(row.objective),
    confidence(row.estimate),
    row.completed === row.asked ? String(row.completed) : `${row.completed}/${row.asked}`,
    ...varied.map((name) => parameterValue(row.hyperparameters[name])),
    ...(testMetric === null ? [] : [testCell(row, testMetric)]),
  ]);
  return renderTable(columns, cells, { width, ...(ellipsis === undefined ? {} : { ellipsis }) });
}

function testCell(row: LeaderboardRow, metric: string): string {
  const test = estimateMetric(row.trials, metric);
  if (test === null) return "";
  return `${metricValue(test.mean)} ${confidence(test)}`.trimEnd();
}

/** What the intervals mean, and what the ranking allows to be said. */
function caveats(view: SweepView, { rows, conclusion }: Rows): readonly string[] {
  const lines: string[] = [];
  const { pruned } = view.ledger.counts;
  if (pruned > 0) {
    const were = pruned === 1 ? "was" : "were";
    lines.push(
      `${
        counted(pruned, "trial")
      } ${were} pruned: only trials that ended by themselves are ranked.`,
    );
  }
  const survivors = rows.filter(({ completed, asked }) => completed < asked).length;
  if (pruned > 0 && survivors > 0) {
    lines.push(
      `${survivors} of the ${rows.length} shown lack replicates, such as pruned ones: a mean of ` +
        `those that are left may flatter.`,
    );
  }
  const estimators = new Set(rows.map(({ estimate }) => estimate?.estimator));
  if (estimators.has("t")) {
    lines.push("95 % CI: Student's t over n replicates.");
  }
  if (estimators.has("wilson")) {
    const examples = count(view.ledger.dataset.validationExamples);
    lines.push(
      `95 % CI: Wilson's interval of one run on ${examples} validation examples. It does not say ` +
        "how runs differ; replicates do.",
    );
  }
  if (tiedWithBest(conclusion).size > 0) lines.push("=: cannot be told from the best.");
  lines.push(...conclusion.sentences);
  if (conclusion.sentences.length === 0) lines.push(...nearLines(rows));
  return lines.length === 0 ? [] : [...lines, ""];
}

/** Single runs cannot be compared by pairs: whose intervals meet is all that can be said. */
function nearLines([winner, ...others]: readonly LeaderboardRow[]): readonly string[] {
  const ci95 = winner?.estimate?.ci95 ?? null;
  if (ci95 === null) return [];
  const near =
    others.filter(({ estimate }) =>
      estimate !== null && estimate.mean >= ci95[0] && estimate.mean <= ci95[1]
    ).length;
  if (near === 0) return [];
  const verb = near === 1 ? "lies" : "lie";
  return [
    `${counted(near, "other configuration")} ${verb} within the winner's interval: ` +
    "their order may be chance.",
  ];
}

function failureLines(view: SweepView, place: string): readonly string[] {
  const failures = view.ledger.trials.flatMap(({ id, state }) =>
    state.status === "failed"
      ? [`  trial ${id}: ${state.reason.kind}: ${state.reason.message}`]
      : []
  );
  if (failures.length === 0) return [];
  const hidden = failures.length - SHOWN_FAILURES;
  return [
    `${counted(failures.length, "trial")} failed:`,
    ...failures.slice(0, SHOWN_FAILURES),
    ...(hidden > 0 ? [`  and ${count(hidden)} more`] : []),
    ...(view.ledger.status === "cancelled"
      ? []
      : [`  train them again: deno task trawl retry ${view.id}${place}`]),
    "",
  ];
}

function quarantineLines({ ledger: { quarantine } }: SweepView): readonly string[] {
  if (quarantine.reasons.size === 0) return [];
  const told = [...quarantine.reasons].map(([worker, message]) => `  ${worker}: ${message}`);
  return [`${counted(told.length, "worker")} got no more packs (quarantine):`, ...told, ""];
}

const MENTIONED: readonly TrialStatus[] = ["pruned", "failed", "cancelled", "queued", "paused"];

function closingLine(view: SweepView, isLeft: boolean): string {
  const { state, trials, wallMs, laneStepsPerSecond } = sweepSummary(view);
  const others = MENTIONED.filter((status) => trials[status] > 0)
    .map((status) => `, ${count(trials[status])} ${status}`).join("");
  const speeds = [
    `${rate(1000 * trials.completed / wallMs)} trials/s`,
    // What a module of users does within an epoch is not known.
    ...(view.ledger.spec.task.dataset === "module"
      ? []
      : [`${rate(laneStepsPerSecond)} lane steps/s`]),
  ];
  const speed = wallMs === 0 ? "" : ` (${speeds.join(", ")})`;
  return `Sweep ${view.id} ${isLeft && !isOver(view.ledger.status) ? "interrupted" : state}: ${
    count(trials.completed)
  } of ${counted(trials.asked, "trial")} completed${others} in ${spokenTime(wallMs)}${speed}.`;
}
