/** Which sweep a user means: by its id, the beginning of its id, its name, or `latest`. */
import { parseTrialId, type SweepId, type TrialId } from "../core/domain/ids.ts";
import type { Waiting } from "../core/protocol/ports.ts";
import type { Trial } from "../core/domain/sweep_ledger.ts";
import { readSweepView, type SweepView } from "../core/views/sweep_view.ts";
import { UserError } from "./exit_code.ts";
import { type CatalogSources, readCatalog } from "./sweep_catalog.ts";

/**
 * The id of the sweep. Of several sweeps of one name the newest is meant.
 * @throws {UserError} If there is none, or the text fits several ids.
 */
export async function findSweepId(
  sources: CatalogSources,
  text: string,
  options: Waiting = {},
): Promise<SweepId> {
  const ids = await sources.journal.sweeps(options);
  if (ids.length === 0) {
    throw new UserError(
      `Cannot find sweep "${text}": there is none here yet; start one with deno task sweep, ` +
        `or say with --home or --nats where it is`,
    );
  }
  const exact = ids.find((id) => id === text);
  if (exact !== undefined) return exact;
  const catalog = await readCatalog(sources, options);
  const named = catalog.find(({ name }) => text === "latest" || name === text);
  if (named !== undefined) return named.sweep;
  const begun = catalog.filter(({ sweep }) => sweep.startsWith(text));
  const [only] = begun;
  if (begun.length === 1 && only !== undefined) return only.sweep;
  const what = begun.length > 1 ? `it fits ${begun.length} sweeps` : "there is no such sweep";
  const known = (begun.length > 1 ? begun : catalog).slice(0, 5).map(({ sweep }) => sweep);
  throw new UserError(`Cannot find sweep "${text}": ${what}; known ones are ${known.join(", ")}`);
}

/**
 * The sweep's view, curves included, as of its last entry: the whole journal is read.
 * @throws {UserError} If there is none, or the text fits several ids.
 */
export async function findSweep(sources: CatalogSources, text: string): Promise<SweepView> {
  const id = await findSweepId(sources, text);
  const view = await readSweepView(sources.journal.read(id));
  if (view === null) throw new UserError(`Cannot find sweep "${id}": its journal is empty`);
  return view;
}

/** `SWEEP` or `SWEEP/TRIAL`. @throws {UserError} If the trial is no number. */
export function parseTarget(
  text: string,
): { readonly sweep: string; readonly trial: TrialId | null } {
  const slash = text.lastIndexOf("/");
  if (slash < 0) return { sweep: text, trial: null };
  const number = text.slice(slash + 1);
  if (!/^\d{1,9}$/.test(number)) {
    throw new UserError(`Cannot read trial "${number}": it must be a number, as in SWEEP/17`);
  }
  return { sweep: text.slice(0, slash), trial: parseTrialId(Number(number)) };
}

/** A trial of a sweep. @throws {UserError} If there is no such trial. */
export function trialOf({ ledger, id }: SweepView, trial: TrialId): Trial {
  const found = ledger.trials[trial];
  if (found !== undefined) return found;
  const last = ledger.trials.length - 1;
  throw new UserError(`Cannot find trial ${trial} of sweep "${id}": it has trials 0 to ${last}`);
}
