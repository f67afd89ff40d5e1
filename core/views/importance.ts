/** How much each parameter of a sweep matters, from what its trials have come to so far. */
import type { Hyperparameters } from "../domain/hyperparameters.ts";
import type { ConfigurationId } from "../domain/ids.ts";
import { fanovaPairs, type PairShare } from "../domain/importance/fanova_pairs.ts";
import { fanova } from "../domain/importance/fanova.ts";
import type {
  Importance,
  ImportanceEstimator,
  ImportanceInput,
  ImportancePoint,
} from "../domain/importance/importance.ts";
import { pedAnova } from "../domain/importance/ped_anova.ts";
import { variedParameters } from "../domain/search_space.ts";
import type { SweepLedger, Trial } from "../domain/sweep_ledger.ts";

/** How importance is asked for. */
export interface SweepImportanceOptions {
  /** The default, PED-ANOVA, is quick at any size. */
  readonly estimator?: ImportanceEstimator;
}

/**
 * The importance of the parameters that vary, from the means of configurations over their completed
 * replicates; a configuration of which one diverged has diverged. Equal ledgers give equal answers.
 */
export function importanceOf(
  ledger: SweepLedger,
  { estimator = "ped-anova" }: SweepImportanceOptions = {},
): Importance {
  const input = importanceInput(ledger);
  const options = { seed: ledger.spec.seed };
  const found = estimateWith(estimator, { input, options });
  return { ...found, notes: [...found.notes, ...leftOutNotes(ledger)] };
}

/**
 * The interactions of pairs of parameters, the strongest first; null where the estimator knows of
 * none, because it looks at one parameter at a time.
 */
export function interactionsOf(
  ledger: SweepLedger,
  estimator: ImportanceEstimator,
): readonly PairShare[] | null {
  if (estimator !== "fanova") return null;
  return fanovaPairs(importanceInput(ledger), { seed: ledger.spec.seed }).pairs;
}

/** What estimators are given of a sweep. */
export function importanceInput(
  { spec, trials }: Pick<SweepLedger, "spec" | "trials">,
): ImportanceInput {
  const results = new Map<ConfigurationId, ConfigurationResult>();
  for (const trial of trials) addResult(results, trial);
  const points = [...results.values()].map(({ hyperparameters, sum, completed }) => ({
    hyperparameters,
    value: sum / completed,
  } satisfies ImportancePoint));
  return { space: variedParameters(spec.parameters), points, goal: spec.metric.goal };
}

interface ConfigurationResult {
  readonly hyperparameters: Hyperparameters;
  /** Of completed replicates; NaN once one has diverged. */
  sum: number;
  completed: number;
}

function addResult(
  results: Map<ConfigurationId, ConfigurationResult>,
  { configuration, hyperparameters, state }: Trial,
): void {
  if (state.status !== "completed") return;
  const result = results.get(configuration) ?? { hyperparameters, sum: 0, completed: 0 };
  result.sum += state.objective.kind === "finite" ? state.objective.value : NaN;
  result.completed++;
  results.set(configuration, result);
}

function estimateWith(
  estimator: ImportanceEstimator,
  { input, options }: { readonly input: ImportanceInput; readonly options: { seed: number } },
): Importance {
  switch (estimator) {
    case "ped-anova":
      return pedAnova(input, options);
    case "fanova":
      return fanova(input, options);
    default:
      return estimator satisfies never;
  }
}

/** A pruned trial's last value is no result: it had less training than the others. */
function leftOutNotes({ counts: { pruned, failed } }: SweepLedger): readonly string[] {
  return ([["pruned", pruned], ["failed", failed]] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) =>
      `${count} ${status} ${count === 1 ? "trial is" : "trials are"} left out`
    );
}
