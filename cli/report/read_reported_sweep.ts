/** Reads a sweep for a report: its view, and the versions of all its coordinators. */
import type { Versions } from "../../core/domain/sweep_event.ts";
import type { StoredEntry } from "../../core/protocol/ports.ts";
import { type ReportedSweep, shownTrial } from "../../core/views/report/report.ts";
import { readSweepView } from "../../core/views/sweep_view.ts";
import { UserError } from "../exit_code.ts";
import { findSweepId, parseTarget } from "../find_sweep.ts";
import type { CatalogSources } from "../sweep_catalog.ts";

/**
 * The sweep that `target` (`SWEEP` or `SWEEP/TRIAL`) means, as of its last entry.
 * @throws {UserError} If there is no such sweep or trial.
 */
export async function readReportedSweep(
  sources: CatalogSources,
  target: string,
): Promise<ReportedSweep> {
  const { sweep: name, trial } = parseTarget(target);
  const sweep = await findSweepId(sources, name);
  const versions: Versions[] = [];
  const view = await readSweepView(notingVersions(sources.journal.read(sweep), versions));
  if (view === null) throw new UserError(`Cannot report on sweep "${sweep}": its journal is empty`);
  const { length } = view.ledger.trials;
  if (trial !== null && trial >= length) {
    throw new UserError(
      `Cannot report on trial ${trial} of sweep "${sweep}": it has trials 0 to ${length - 1}`,
    );
  }
  if (shownTrial(view, trial) === null) {
    throw new UserError(
      `Cannot report on sweep "${sweep}": no trial of it has completed; wait for one`,
    );
  }
  return { view, versions, trial };
}

async function* notingVersions(
  entries: AsyncIterable<StoredEntry>,
  versions: Versions[],
): AsyncGenerator<StoredEntry> {
  for await (const stored of entries) {
    for (const event of stored.entry.events) {
      if (event.type === "sweepCreated" || event.type === "coordinatorStarted") {
        versions.push(event.versions);
      }
    }
    yield stored;
  }
}
