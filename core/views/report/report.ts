/** A report on one or several sweeps: all that its HTML, Markdown and JSON forms say. */
import type { TrialId } from "../../domain/ids.ts";
import type { Versions } from "../../domain/sweep_event.ts";
import type { Trial } from "../../domain/sweep_ledger.ts";
import { leaderboard } from "../leaderboard.ts";
import type { SweepView } from "../sweep_view.ts";
import { type Against, holdAgainst } from "./against.ts";
import type { ReadScoresOptions } from "./after_training.ts";
import { type ReportedTrial, reportedTrial } from "./best_trial.ts";
import { type ClassSamples, readClassSamples } from "./class_samples.ts";
import { type FinalMetrics, finalMetricsOf } from "./final_metrics.ts";
import { type Heading, headingOf } from "./heading.ts";
import { type CurvePanel, curvePanels } from "./mean_curves.ts";
import { type ParameterEffect, parameterEffects } from "./parameter_effects.ts";
import type { Published } from "./published.ts";
import { type Ranking, rankingOf } from "./ranking.ts";

/** One sweep of a report. */
export interface SweepReport {
  readonly heading: Heading;
  readonly ranking: Ranking;
  readonly curves: readonly CurvePanel[];
  readonly effects: readonly ParameterEffect[];
  /** Of the first configuration; null where none completed. */
  readonly finals: FinalMetrics | null;
  /** What the training images look like; empty where they are none, or were not kept. */
  readonly samples: readonly ClassSamples[];
  /** The best trial, or the one that was asked for; null where none completed. */
  readonly trial: ReportedTrial | null;
}

/** The report. It is a JSON value, but for the t of differences that do not vary: infinite, so null. */
export interface Report {
  readonly v: 1;
  readonly type: "report";
  /** How this report is made again. */
  readonly command: string;
  readonly versions: Versions;
  readonly sweeps: readonly SweepReport[];
  readonly against: Against | null;
}

/** A sweep to report on. */
export interface ReportedSweep {
  readonly view: SweepView;
  /** Of all its coordinators, the first one's first. */
  readonly versions: readonly Versions[];
  /** The trial to show; null: the best one. */
  readonly trial: TrialId | null;
}

/** What a report is made of. */
export interface ReportOptions extends ReadScoresOptions {
  readonly command: string;
  /** Of the program that makes the report. */
  readonly versions: Versions;
  readonly published: Published | null;
}

/**
 * Makes the report.
 * @throws {RangeError} If a sweep lacks the trial that was asked for.
 * @throws {unknown} What `readResult` throws, or the signal's reason.
 */
export async function makeReport(
  sweeps: readonly ReportedSweep[],
  { command, versions, published, ...reading }: ReportOptions,
): Promise<Report> {
  const views = sweeps.map(({ view }) => view);
  const reported: SweepReport[] = [];
  for (const sweep of sweeps) reported.push(await sweepReport(sweep, reading));
  const against = published === null ? null : await holdAgainst(published, { views, ...reading });
  return { v: 1, type: "report", command, versions, sweeps: reported, against };
}

/**
 * The trial that a report shows: the one asked for, else the best replicate of the best
 * configuration; null where none completed.
 * @throws {RangeError} If the sweep lacks the trial that was asked for.
 */
export function shownTrial({ ledger }: SweepView, asked: TrialId | null): Trial | null {
  return asked === null ? leaderboard(ledger)[0]?.bestTrial ?? null : ledger.trial(asked);
}

async function sweepReport(
  { view, versions, trial: asked }: ReportedSweep,
  reading: ReadScoresOptions,
): Promise<SweepReport> {
  const trial = shownTrial(view, asked);
  const result = trial === null ? null : await reading.readResult(view, trial);
  const choice = asked === null ? "best" : "asked";
  return {
    heading: headingOf(view, versions),
    ranking: rankingOf(view.ledger),
    curves: curvePanels(view),
    effects: parameterEffects(view.ledger),
    finals: finalMetricsOf(view.ledger),
    samples: await readClassSamples(view, reading),
    trial: trial === null ? null : reportedTrial(view, trial, { result, choice }),
  };
}
