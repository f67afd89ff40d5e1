/** Has a worker give its packs back and end, through the coordinators that it hears from. */
import { parseSweepId, parseWorkerId, type SweepId, type WorkerId } from "../../core/domain/ids.ts";
import { askToDrain } from "../../core/protocol/ask_to_drain.ts";
import { AbsentError, ConflictError, RequestError } from "../problem.ts";
import type { DashboardContext } from "../routes/dashboard_context.ts";

/**
 * Asks for it.
 * @returns The sweeps in whose journals it is.
 * @throws {AbsentError} If there is no such worker.
 * @throws {ConflictError} If no coordinator can tell it.
 */
export async function drainWorker(
  { live, api, presence, signal }: DashboardContext,
  { worker, by }: { readonly worker: WorkerId; readonly by: string },
): Promise<readonly SweepId[]> {
  const running = async (): Promise<readonly SweepId[]> =>
    (await live.rows()).flatMap((row) =>
      row.kind === "readable" && GOING_ON.has(row.progress.status) ? [parseSweepId(row.sweep)] : []
    );
  const answer = await askToDrain({ api, presence }, { worker, by, running }, { signal });
  if (answer.kind === "asked") return answer.sweeps;
  if (answer.kind === "unknown") throw new AbsentError(`Cannot find worker "${worker}"`);
  throw new ConflictError(
    answer.refusals[0] ?? `Cannot drain worker "${worker}": no coordinator can be reached that ` +
        "could tell it; Ctrl-C or SIGTERM in its own process does the same",
  );
}

const GOING_ON: ReadonlySet<string> = new Set(["running", "paused"]);

/** The worker in a path. @throws {RequestError} If the text is no worker's id. */
export function workerOf(text: string | undefined): WorkerId {
  try {
    return parseWorkerId(text ?? "");
  } catch (cause) {
    throw new RequestError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
