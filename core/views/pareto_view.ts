/** A sweep with several objectives as readers see it: its Pareto front, and how that grew. */
import type { Hyperparameters } from "../domain/hyperparameters.ts";
import type { ConfigurationId, TrialId } from "../domain/ids.ts";
import type { ObjectiveMetric } from "../domain/objective.ts";
import { isFinitePoint, type Losses } from "../domain/pareto/dominance.ts";
import { hypervolume, referencePoint } from "../domain/pareto/hypervolume.ts";
import { hypervolumeHistory } from "../domain/pareto/hypervolume_history.ts";
import { paretoFront } from "../domain/pareto/pareto_front.ts";
import { type Estimate, estimateMean } from "../domain/statistics.ts";
import type { Trial } from "../domain/sweep_ledger.ts";
import { objectivesOf } from "../domain/sweep_spec.ts";
import type { SweepView } from "./sweep_view.ts";

/** A configuration that no other dominates. */
export interface FrontRow {
  readonly configuration: ConfigurationId;
  readonly hyperparameters: Hyperparameters;
  /** The means over completed replicates, in the order of the objectives, as they are measured. */
  readonly values: readonly Estimate[];
  /** Its completed trials. */
  readonly trials: readonly TrialId[];
  /** Completed replicates and those asked for. */
  readonly completed: number;
  readonly asked: number;
}

/** The hypervolume once a configuration's results were known. */
export interface HypervolumePoint {
  /** Since the sweep was created. */
  readonly atMs: number;
  readonly configuration: ConfigurationId;
  /** Null: not computed, because it would have taken too long. */
  readonly hypervolume: number | null;
}

/** The front of a sweep and its history. */
export interface ParetoView {
  readonly type: "front";
  readonly objectives: readonly ObjectiveMetric[];
  /** By the first objective, best first. */
  readonly front: readonly FrontRow[];
  /** Configurations with a completed trial, and those of them that diverged or lack an objective. */
  readonly measured: number;
  readonly excluded: number;
  /** Up to where volumes count: a tenth worse than the worst that was measured of each objective. */
  readonly reference: readonly number[];
  /** The volume that the front dominates; null: not computed, because it would take too long. */
  readonly hypervolume: number | null;
  /** In the order in which configurations were completed, up to the same reference. */
  readonly history: readonly HypervolumePoint[];
}

/** What volumes may cost: ten seconds or so. */
const WORK_FOR_VOLUMES = 200_000_000;

interface Point extends FrontRow {
  readonly losses: Losses;
  readonly atMs: number;
}

/** The front over all configurations with a completed trial; a sweep with one objective has one too. */
export function paretoView(view: SweepView): ParetoView {
  const objectives = objectivesOf(view.ledger.spec);
  const points = pointsOf(view, objectives);
  const losses = points.map((point) => point.losses);
  const reference = referencePoint(losses);
  const history = hypervolumeHistory(losses, reference, { left: WORK_FOR_VOLUMES });
  return {
    type: "front",
    objectives,
    front: paretoFront(losses)
      .map((index) => points[index])
      .filter((point) => point !== undefined)
      .sort((a, b) => (a.losses[0] ?? 0) - (b.losses[0] ?? 0) || a.configuration - b.configuration)
      .map(({ losses: _losses, atMs: _atMs, ...row }) => row),
    measured: points.length,
    excluded: losses.filter((each) => !isFinitePoint(each)).length,
    reference: reference.map((loss, i) => objectives[i]?.goal === "maximize" ? -loss : loss),
    hypervolume: finiteOrNull(hypervolume(losses, reference, { left: WORK_FOR_VOLUMES })),
    history: points.map(({ atMs, configuration }, i) => ({
      atMs,
      configuration,
      hypervolume: finiteOrNull(history[i] ?? 0),
    })),
  };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** All configurations with a completed trial, in the order in which their last one ended. */
function pointsOf(view: SweepView, objectives: readonly ObjectiveMetric[]): readonly Point[] {
  const trialsByConfiguration = Map.groupBy(view.ledger.trials, (trial) => trial.configuration);
  return [...trialsByConfiguration.values()]
    .map((trials) => pointOf(view, { trials, objectives }))
    .filter((point) => point !== null)
    .sort((a, b) => a.atMs - b.atMs || a.configuration - b.configuration);
}

function pointOf(
  view: SweepView,
  { trials, objectives }: {
    readonly trials: readonly Trial[];
    readonly objectives: readonly ObjectiveMetric[];
  },
): Point | null {
  const completed = trials.filter(({ state }) => state.status === "completed");
  const [first] = completed;
  if (first === undefined) return null;
  const values = objectives.map(({ name }) =>
    estimateMean(completed.map((trial) => isDiverged(trial) ? NaN : trial.metrics[name] ?? NaN))
  );
  const ends = completed.map(({ id }) => view.times(id).endedAt ?? view.updatedAt);
  return {
    configuration: first.configuration,
    hyperparameters: first.hyperparameters,
    values,
    trials: completed.map(({ id }) => id),
    completed: completed.length,
    asked: trials.length,
    losses: values.map(({ mean }, i) =>
      Number.isFinite(mean) ? objectives[i]?.goal === "maximize" ? -mean : mean : Infinity
    ),
    atMs: Math.max(...ends) - view.createdAt,
  };
}

function isDiverged({ state }: Trial): boolean {
  return state.status === "completed" && state.objective.kind === "diverged";
}
