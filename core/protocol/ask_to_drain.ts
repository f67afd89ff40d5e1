/** Asks for a worker to be drained: of those coordinators whose answers the worker hears. */
import type { SweepId, WorkerId } from "../domain/ids.ts";
import { GLANCE } from "./coordinator_probe.ts";
import {
  type ApiClient,
  ApiTimeoutError,
  CoordinatorAbsentError,
  type PresenceDirectory,
  type Waiting,
} from "./ports.ts";

/** Who shall end, and who wants that. */
export interface DrainRequest {
  readonly worker: WorkerId;
  readonly by: string;
  /** The sweeps that may be coordinated at present. */
  readonly running: () => Promise<readonly SweepId[]>;
}

/** What came of it. */
export type DrainAnswer =
  /** It is in the journals of these sweeps: the worker hears so with its next request to one of them. */
  | { readonly kind: "asked"; readonly sweeps: readonly SweepId[] }
  | { readonly kind: "unknown"; readonly known: readonly WorkerId[] }
  /** No coordinator took the request; the messages of those that refused it. */
  | { readonly kind: "unheard"; readonly refusals: readonly string[] };

/**
 * Asks the coordinators of the sweeps whose packs the worker trains; of an idle one those of all sweeps,
 * because any of them may be the next that it hears from.
 * @throws {Error} If the workers cannot be listed, or a request cannot be sent.
 */
export async function askToDrain(
  { api, presence }: { readonly api: ApiClient; readonly presence: PresenceDirectory },
  { worker, by, running }: DrainRequest,
  options: Waiting = {},
): Promise<DrainAnswer> {
  const workers = await presence.list(options);
  const found = workers.find((one) => one.worker === worker);
  if (found === undefined) return { kind: "unknown", known: workers.map((one) => one.worker) };
  const held = [...new Set(found.packs.map(({ sweep }) => sweep))];
  const asked = async (sweeps: readonly SweepId[]): Promise<DrainAnswer> => {
    const answers = await Promise.all(sweeps.map(async (sweep) => {
      const body = { v: 1, sweep, worker, by } as const;
      const reply = await api.request("drain", body, { timeoutMs: GLANCE, ...options })
        .catch(whoIsAbsent);
      return { sweep, reply };
    }));
    const heard = answers.filter(({ reply }) => reply?.type === "accepted");
    if (heard.length > 0) return { kind: "asked", sweeps: heard.map(({ sweep }) => sweep) };
    const refusals = answers.flatMap(({ reply }) =>
      reply?.type === "refused" ? [reply.message] : []
    );
    return { kind: "unheard", refusals };
  };
  const first = await asked(held);
  return first.kind === "asked" ? first : await asked(await running());
}

function whoIsAbsent(error: unknown): null {
  if (error instanceof CoordinatorAbsentError || error instanceof ApiTimeoutError) return null;
  throw error;
}
