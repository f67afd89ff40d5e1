/** A sweep as `trawl show` tells it: what it is, its ledger, its best configurations, its trials. */
import { variedParameters } from "../../core/domain/search_space.ts";
import { isTerminal, TRIAL_STATUSES } from "../../core/domain/trial.ts";
import { objectivesOf } from "../../core/domain/sweep_spec.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type { ShownState } from "../sweep_lines.ts";
import { count, counted, replicatesOf, spokenTime } from "../../core/views/quantities.ts";
import { schedulerText } from "../../core/views/report/search_file_text.ts";
import { finalReport } from "./final_report.ts";
import type { TableOptions } from "./table.ts";
import { trialTable } from "./trial_rows.ts";

/** The lines; trials come last because there may be many. */
export function sweepDetails(
  view: SweepView,
  { state, ...options }: TableOptions & { readonly state: ShownState },
): readonly string[] {
  const { ledger } = view;
  const { spec } = ledger;
  const varied = variedParameters(spec.parameters).map(({ name }) => name).join(", ") || "nothing";
  const isLive = ledger.trials.some(({ state }) => !isTerminal(state.status));
  return [
    `${view.id}  ${state}`,
    ...(spec.description === null ? [] : [spec.description]),
    dataLine(view),
    `${spec.method} over ${varied}; ${spec.metric.goal} ${spec.metric.name}; ` +
    `${replicatesOf(spec)}, seed ${spec.seed}`,
    ...searchLines(view),
    ...objectivesLine(view),
    ledgerLine(view),
    "",
    ...finalReport(view, { ...options, lookNext: [] }),
    ...(isLive ? [`Journal up to ${spokenTime(view.updatedAt - view.createdAt)}`] : []),
    "",
    ...trialTable(view, options),
  ];
}

function dataLine({ ledger: { spec, dataset } }: SweepView): string {
  if (spec.task.dataset === "module") {
    return `module: ${dataset.name}, SHA-256 ${dataset.digest.slice(0, 16)}`;
  }
  const classes = dataset.classes.length === 0 ? "" : ` in ${dataset.classes.length} classes`;
  return `data: ${dataset.name}, ${count(dataset.trainExamples)} training, ` +
    `${count(dataset.validationExamples)} validation and ${count(dataset.testExamples)} test ` +
    `examples of ${counted(dataset.features, "number")}${classes}`;
}

/** What else decides which configurations are tried, and how far they come. */
function searchLines({ ledger: { spec } }: SweepView): readonly string[] {
  return [
    ...(spec.constraints ?? []).map((constraint) => `constraint: ${constraint}`),
    ...(spec.scheduler ? [`early termination: ${schedulerText(spec.scheduler)}`] : []),
  ];
}

/** A ranking has room for one objective only. */
function objectivesLine({ id, ledger: { spec } }: SweepView): readonly string[] {
  const objectives = objectivesOf(spec);
  if (objectives.length < 2) return [];
  const goals = objectives.map(({ name, goal }) => `${goal} ${name}`).join(", ");
  return [
    `${objectives.length} objectives: ${goals}; ranked by the first, the front: ` +
    `deno task trawl show ${id} --front`,
  ];
}

/** `24 asked = 20 completed + 4 queued`: it always adds up. */
function ledgerLine({ ledger: { counts } }: SweepView): string {
  const parts = TRIAL_STATUSES
    .filter((status) => counts[status] > 0)
    .map((status) => `${count(counts[status])} ${status}`);
  return `${count(counts.asked)} asked = ${parts.join(" + ") || "0"}`;
}
