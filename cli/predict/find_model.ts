/** The model that a user means: a trial's, or that of the best configuration's best trial. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { ArtifactStore } from "../../core/protocol/ports.ts";
import { leaderboard } from "../../core/views/leaderboard.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { readModel, type StoredModel } from "../../core/views/trial_files.ts";
import { UserError } from "../exit_code.ts";
import { trialOf } from "../find_sweep.ts";

/** A model with the trial that it is of. */
export interface FoundModel {
  readonly trial: Trial;
  readonly model: StoredModel;
}

/**
 * The model.
 * @throws {UserError} If there is no such trial, or its model was not kept.
 */
export async function findModel(
  view: SweepView,
  trial: TrialId | null,
  artifacts: Pick<ArtifactStore, "get">,
): Promise<FoundModel> {
  const rows = leaderboard(view.ledger);
  const chosen = trial === null ? rows[0]?.bestTrial : trialOf(view, trial);
  if (chosen === undefined) {
    throw new UserError(`Cannot find a model of sweep "${view.id}": no trial has completed yet`);
  }
  const model = await readModel(artifacts, chosen);
  if (model !== null) return { trial: chosen, model };
  const best = rows.find(({ bestTrial }) => bestTrial.model !== null)?.bestTrial;
  if (view.ledger.spec.task.dataset === "module") {
    throw new UserError(
      `Cannot find a model of sweep "${view.id}": it trains a module, which keeps its own models`,
    );
  }
  const hint = best === undefined || best.id === chosen.id
    ? "it must have completed with a finite loss"
    : `models of the best configurations are kept, such as that of ${view.id}/${best.id}`;
  throw new UserError(
    `Cannot find the model of trial ${chosen.id} of sweep "${view.id}": ` +
      `it is ${chosen.state.status} and no model of it is stored; ${hint}`,
  );
}
