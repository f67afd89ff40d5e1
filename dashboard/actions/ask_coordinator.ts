/** Asks a sweep's coordinator for what somebody wants: the same requests as the command line sends. */
import type { SweepId } from "../../core/domain/ids.ts";
import type { ApiReplies } from "../../core/protocol/messages.ts";
import { type ApiClient, CoordinatorAbsentError, type Waiting } from "../../core/protocol/ports.ts";
import { ConflictError } from "../problem.ts";
import type { DashboardContext } from "../routes/dashboard_context.ts";
import { type Deed, unheard } from "./deed.ts";

/** What was asked for is in the journal by then: the page that follows shall have read so far. */
const NEWS_WITHIN_MS = 500;

/**
 * Resolves when it was accepted: then it is in the journal, unless it was there before.
 * @throws {SweepAbsentError} If there is no such sweep.
 * @throws {ConflictError} If the coordinator refuses, or none is there.
 */
export async function askCoordinator(
  { live, api, signal }: Pick<DashboardContext, "live" | "api" | "signal">,
  { sweep, deed, by }: { readonly sweep: SweepId; readonly deed: Deed; readonly by: string },
): Promise<void> {
  using watched = await live.watch(sweep);
  const { version, view } = watched.sweep;
  const reply = await send(api, { sweep, deed, by }, { signal }).catch((cause: unknown) => {
    const { status } = view.ledger;
    throw new ConflictError(unheard(deed, { sweep, status, state: stateOf(cause) }), { cause });
  });
  if (reply.type === "refused") throw new ConflictError(reply.message);
  await watched.sweep.changed(version, { atMostMs: NEWS_WITHIN_MS, signal });
}

type Reply = ApiReplies["control" | "retry" | "stopTrials" | "enqueue" | "extend"];

async function send(
  api: ApiClient,
  { sweep, deed, by }: { readonly sweep: SweepId; readonly deed: Deed; readonly by: string },
  options: Waiting,
): Promise<Reply> {
  const head = { v: 1, sweep, by } as const;
  switch (deed.kind) {
    case "control":
      return await api.request("control", { ...head, action: deed.action }, options);
    case "retry":
      return await api.request("retry", { ...head, trials: deed.trials }, options);
    case "stopTrials":
      return await api.request("stopTrials", { ...head, trials: deed.trials }, options);
    case "enqueue": {
      const { hyperparameters } = deed;
      return await api.request("enqueue", { ...head, hyperparameters }, options);
    }
    case "extend":
      return await api.request("extend", { ...head, spec: deed.spec }, options);
    default:
      return deed satisfies never;
  }
}

function stateOf(cause: unknown): string {
  if (cause instanceof CoordinatorAbsentError) {
    return "no coordinator of it can be reached at present";
  }
  return cause instanceof Error ? cause.message : String(cause);
}
