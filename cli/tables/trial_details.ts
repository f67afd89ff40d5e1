/** One trial as `trawl show SWEEP/TRIAL` tells it: hyperparameters, result, learning curve. */
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { TrialState } from "../../core/domain/trial.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { metricValue, objective, parameterValue } from "../../core/views/quantities.ts";
import { printable } from "../terminal/text.ts";
import { renderTable } from "./table.ts";

/** Points of a long curve that are shown; the rest is in `--json`. */
const SHOWN_POINTS = 12;

/** The lines. */
export function trialDetails(view: SweepView, trial: Trial): readonly string[] {
  const parameters = Object.entries(trial.hyperparameters)
    .map(([name, value]) => `${name}=${parameterValue(value)}`);
  return [
    `${view.id}/${trial.id}  ${stateText(trial.state)}`,
    `configuration ${trial.configuration}, replicate ${trial.replicate}: ${parameters.join(" ")}`,
    `attempts ${trial.attempts}${lossText(trial)}${placeText(trial)}`,
    ...Object.entries(trial.metrics).map(([name, value]) => `${name} ${metricValue(value)}`),
    "",
    ...curveLines(view, trial),
  ].map(printable);
}

/** What counts towards the limits on attempts. */
function lossText({ crashes, lostLeases }: Trial): string {
  const parts = [
    ...(crashes > 0 ? [`${crashes} crashed`] : []),
    ...(lostLeases > 0 ? [`${lostLeases} lost`] : []),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** Where it trains, or trained last; a trial that was stopped has left its pack. */
function placeText({ pack, worker, backend }: Trial): string {
  const parts = [
    ...(pack === null ? [] : [`pack ${pack}`]),
    ...(worker === null ? [] : [`worker ${worker} (${backend ?? "no backend"})`]),
  ];
  return parts.map((part) => `, ${part}`).join("");
}

function curveLines(view: SweepView, trial: Trial): readonly string[] {
  const { points } = view.curve(trial.id);
  const last = points.at(-1);
  if (last === undefined) return ["No epoch reported yet"];
  const names = Object.keys(last.metrics);
  // Evenly over the curve, its last point included.
  const stride = Math.ceil(points.length / SHOWN_POINTS);
  const shown = points.filter((_, i) => (points.length - 1 - i) % stride === 0);
  const rows = shown.map(({ epoch, metrics }) => [
    String(epoch),
    ...names.map((name) => metricValue(metrics[name] ?? NaN)),
  ]);
  const header = [{ header: "epoch" }, ...names.map((name) => ({ header: name }))];
  const cut = shown.length < points.length
    ? [`${shown.length} of ${points.length} epochs; all of them with --json`]
    : [];
  return [...renderTable(header, rows, { width: 120 }), ...cut];
}

function stateText(state: TrialState): string {
  switch (state.status) {
    case "queued":
    case "cancelled":
      return state.status;
    case "running":
    case "paused":
      return `${state.status} after epoch ${state.epoch}`;
    case "completed":
      return `completed after epoch ${state.epoch}: ${objective(state.objective)}`;
    case "pruned":
      return `pruned after epoch ${state.epoch} at rung ${state.rung}`;
    case "failed":
      return `failed: ${state.reason.kind}: ${state.reason.message}`;
    default:
      return state satisfies never;
  }
}
