/** The sweeps as `trawl ls` lists them: as of their journals' last entries, and who is at work. */
import { recoverSweep } from "../coordinator/recovery/recover_sweep.ts";
import type { SweepId } from "../core/domain/ids.ts";
import type { ObjectiveValue } from "../core/domain/objective.ts";
import type { LedgerCounts } from "../core/domain/sweep_ledger.ts";
import type { SweepStatus } from "../core/domain/sweep.ts";
import type { SweepTimes } from "../core/domain/sweep_times.ts";
import type { Transport } from "../core/nats/transport.ts";
import { GLANCE, probeCoordinator } from "../core/protocol/coordinator_probe.ts";
import type { Waiting } from "../core/protocol/ports.ts";
import { leaderboard } from "../core/views/leaderboard.ts";
import { type CatalogEntry, readCatalog } from "./sweep_catalog.ts";

/** A running sweep that nobody coordinates is interrupted: it can be resumed. */
export type ShownState = SweepStatus | "interrupted";

/** A sweep in one line. */
export interface SweepLine {
  readonly sweep: SweepId;
  readonly name: string;
  readonly state: ShownState;
  readonly trials: LedgerCounts;
  readonly times: SweepTimes;
  readonly metric: string;
  readonly best: ObjectiveValue | null;
}

/** What the lines are made from. */
export type LineSources = Pick<Transport, "journal" | "index" | "artifacts" | "api">;

/** Sweeps that are looked at together. */
const AT_ONCE = 8;

/** All sweeps, the oldest first. */
export async function readSweepLines(
  sources: LineSources,
  options: Waiting = {},
): Promise<readonly SweepLine[]> {
  const catalog = (await readCatalog(sources, options)).toReversed();
  const lines: SweepLine[] = [];
  for (let i = 0; i < catalog.length; i += AT_ONCE) {
    const some = catalog.slice(i, i + AT_ONCE).map((entry) => readLine(entry, sources, options));
    lines.push(...(await Promise.all(some)).filter((line) => line !== null));
  }
  return lines;
}

/** The state as it is shown: it says so where nobody works. */
export async function shownState(
  sweep: SweepId,
  status: SweepStatus,
  { api }: Pick<Transport, "api">,
  options: Waiting = {},
): Promise<ShownState> {
  if (status !== "running") return status;
  const { kind } = await probeCoordinator(api, sweep, { ...options, timeoutMs: GLANCE });
  return kind === "present" ? status : "interrupted";
}

async function readLine(
  { sweep, name, record }: CatalogEntry,
  sources: LineSources,
  options: Waiting,
): Promise<SweepLine | null> {
  const isFresh = record !== null &&
    record.sequence === await sources.journal.lastSequence(sweep, options);
  if (isFresh) {
    const state = await shownState(sweep, record.state, sources, options);
    const { trials, times, metric, best } = record;
    return { sweep, name, state, trials, times, metric, best };
  }
  const recovered = await recoverSweep(sweep, sources, options);
  if (recovered === null) return null;
  const { ledger, times } = recovered;
  const [best] = leaderboard(ledger);
  return {
    sweep,
    name,
    state: await shownState(sweep, ledger.status, sources, options),
    trials: ledger.counts,
    times,
    metric: ledger.spec.metric.name,
    best: best?.objective ?? null,
  };
}
