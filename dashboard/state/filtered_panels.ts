/** What the overview's charts are made from, of all configurations or of those that a filter shows. */
import type { Importance } from "../../core/domain/importance/importance.ts";
import { pedAnova } from "../../core/domain/importance/ped_anova.ts";
import { type ConfigurationId, parseTrialId } from "../../core/domain/ids.ts";
import { objectivesOf } from "../../core/domain/sweep_spec.ts";
import { importanceInput } from "../../core/views/importance.ts";
import type {
  ObjectivePlane,
  OptimisationHistory,
  Rungs,
} from "../client/overview/panels_model.ts";
import type { LiveSweep } from "../live_sweep.ts";
import type { TrialSieve } from "./filtered_trials.ts";
import { type MeasuredConfiguration, measuredConfigurations } from "./objective_plane.ts";
import { rungsOf } from "./rung_rows.ts";
import { endedConfigurations, optimisationHistory } from "./optimisation_history.ts";
import { partsOf } from "./parts_of.ts";

/** Configurations that a filter shows: those of which it lets a trial through. Null: all. */
export type ShownConfigurations = ReadonlySet<ConfigurationId> | null;

/** What one filter comes to. */
export interface FilteredPanels {
  readonly history: OptimisationHistory;
  /** Null: nothing stops trials early. */
  readonly rungs: Rungs | null;
  readonly measured: readonly MeasuredConfiguration[];
  /** Null: that of the whole sweep. */
  readonly importance: Importance | null;
  /** Planes that were drawn, by their objectives. */
  readonly planes: Map<string, ObjectivePlane | null>;
}

/** Points that are drawn for all resamples together at most: somebody waits for each of them. */
const MOST_DRAWN = 1_400_000;
const [MOST_RESAMPLES, LEAST_RESAMPLES] = [200, 20];

/** The configurations that a filter shows. */
export function shownConfigurations(
  { view: { ledger } }: LiveSweep,
  { mask }: TrialSieve,
): ShownConfigurations {
  if (mask === null) return null;
  const shown = new Set<ConfigurationId>();
  for (const { id, configuration } of ledger.trials) if (mask[id] === 1) shown.add(configuration);
  return shown;
}

/** Makes them: a configuration counts with all of its replicates. */
export function filteredPanels(
  live: LiveSweep,
  { shown, mask }: {
    readonly shown: ShownConfigurations;
    /** 1 for each trial that the filter lets through; null: all. */
    readonly mask: Uint8Array | null;
  },
): FilteredPanels {
  const { ranking, view: { ledger } } = live;
  const objectives = objectivesOf(ledger.spec);
  const isShown = (configuration: ConfigurationId): boolean => shown?.has(configuration) ?? true;
  const history = (): OptimisationHistory => {
    const ended = endedConfigurations(
      live.events.events,
      ranking,
      (trial) => ledger.trial(parseTrialId(trial)).configuration,
      isShown,
    );
    return optimisationHistory(ended, ledger.spec.metric);
  };
  const measured = (): readonly MeasuredConfiguration[] =>
    objectives.length < 2
      ? []
      : measuredConfigurations(ranking.filter((row) => isShown(row.configuration)), objectives);
  return partsOf<FilteredPanels>({
    history,
    rungs: () => rungsOf(ledger, mask),
    measured,
    importance: () => shown === null ? null : importanceOfShown(live, shown),
    planes: () => new Map(),
  });
}

function importanceOfShown(
  { view: { ledger: { spec, trials } } }: LiveSweep,
  shown: ReadonlySet<ConfigurationId>,
): Importance {
  const some = trials.filter(({ configuration }) => shown.has(configuration));
  const input = importanceInput({ spec, trials: some });
  const resamples = Math.floor(MOST_DRAWN / Math.max(1, input.points.length));
  return pedAnova(input, {
    seed: spec.seed,
    resamples: Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, resamples)),
  });
}
