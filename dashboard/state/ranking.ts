/** The leaderboard and the best configuration as the page shows them. */
import { objectivesOf } from "../../core/domain/sweep_spec.ts";
import { variedParameters } from "../../core/domain/search_space.ts";
import { estimateMetric, type LeaderboardRow, testMetricOf } from "../../core/views/leaderboard.ts";
import { formatSetting, formatValue } from "../client/parts/format.ts";
import type { BestConfiguration, Leaderboard, LeaderRow } from "../client/model.ts";
import type { LiveSweep } from "../live_sweep.ts";
import type { ShownConfigurations } from "./filtered_panels.ts";

/** The first `limit` rows, of all configurations or of those shown: each keeps its rank. */
export function leaderboardState(
  live: LiveSweep,
  limit: number,
  shown: ShownConfigurations = null,
): Leaderboard {
  const ranking = shown === null
    ? live.ranking
    : live.ranking.filter(({ configuration }) => shown.has(configuration));
  return {
    rows: ranking.slice(0, limit).map((row) => leaderRow(live, row)),
    total: ranking.length,
    tied: Math.max(0, live.tied.size - 1),
    conclusion: live.conclusion.sentences,
  };
}

/** The first row in full; null before any trial completed. */
export function bestConfiguration(live: LiveSweep): BestConfiguration | null {
  const [row] = live.ranking;
  if (row === undefined) return null;
  const settings = Object.entries(row.hyperparameters)
    .map(([name, value]) => ({ name, value: formatSetting(value) }));
  const flags = Object.entries(row.hyperparameters)
    .map(([name, value]) => `--set ${shellWord(`${name}=${value}`)}`);
  return {
    row: leaderRow(live, row),
    settings,
    test: estimateMetric(row.trials, testMetricOf(live.view.ledger.spec)),
    command: `deno task sweep FILE ${flags.join(" ")}`,
    json: JSON.stringify(row.hyperparameters, null, 2),
    ...modelLinks(live, row),
  };
}

/** Commands name the trial: a later one may become the best. */
function modelLinks({ id, view: { ledger } }: LiveSweep, { bestTrial }: LeaderboardRow) {
  if (bestTrial.model === null) return { predict: null, model: null };
  const isModule = ledger.spec.task.dataset === "module";
  return {
    predict: isModule ? null : `deno task trawl predict ${id}/${bestTrial.id} FILE`,
    model: `/api/v1/sweeps/${id}/trials/${bestTrial.id}/model.safetensors`,
  };
}

function leaderRow({ view: { ledger }, tied }: LiveSweep, row: LeaderboardRow): LeaderRow {
  const { state } = row.bestTrial;
  return {
    rank: row.rank,
    isTied: tied.has(row.configuration),
    configuration: row.configuration,
    trial: row.bestTrial.id,
    values: variedParameters(ledger.spec.parameters)
      .map(({ name }) => formatValue(row.hyperparameters[name] ?? "–")),
    score: row.estimate,
    completed: row.completed,
    asked: row.asked,
    test: estimateMetric(row.trials, testMetricOf(ledger.spec))?.mean ?? null,
    others: objectivesOf(ledger.spec).slice(1)
      .map(({ name }) => row.estimate && (estimateMetric(row.trials, name)?.mean ?? null)),
    epochs: state.status === "completed" ? state.epoch : 0,
  };
}

/** A word that a POSIX shell takes as it is. */
function shellWord(text: string): string {
  return /^[\w.,=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
