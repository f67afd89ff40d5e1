/** Which sweep a user means: by its id, the beginning of its id, its name, or `latest`. */
import { parseTrialId, type SweepId, type TrialId } from "../core/domain/ids.ts";
import type { JournalReader } from "../core/protocol/ports.ts";
import { readSweepView, type SweepView } from "../core/views/sweep_view.ts";
import { UserError } from "./exit_code.ts";

/**
 * The sweep's view as of its last entry. Of several sweeps of one name the newest is meant.
 * @throws {UserError} If there is none, or the text fits several ids.
 */
export async function findSweep(journal: JournalReader, text: string): Promise<SweepView> {
  const ids = await journal.sweeps();
  if (ids.length === 0) {
    throw new UserError(
      `Cannot find sweep "${text}": there is none yet; start one with deno task sweep`,
    );
  }
  const exact = ids.find((id) => id === text);
  if (exact !== undefined) return await readView(journal, exact);
  const views = await Promise.all(ids.map((id) => readView(journal, id)));
  views.sort((a, b) => b.createdAt - a.createdAt);
  const named = views.find((view) => text === "latest" || view.ledger.spec.name === text);
  if (named !== undefined) return named;
  const begun = views.filter((view) => view.id.startsWith(text));
  const [only] = begun;
  if (begun.length === 1 && only !== undefined) return only;
  const what = begun.length > 1 ? `it fits ${begun.length} sweeps` : "there is no such sweep";
  const known = (begun.length > 1 ? begun : views).slice(0, 5).map((view) => view.id).join(", ");
  throw new UserError(`Cannot find sweep "${text}": ${what}; known ones are ${known}`);
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

async function readView(journal: JournalReader, id: SweepId): Promise<SweepView> {
  const view = await readSweepView(journal.read(id));
  if (view === null) throw new UserError(`Cannot find sweep "${id}": its journal is empty`);
  return view;
}
