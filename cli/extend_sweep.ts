/** Extends a sweep: by asking its coordinator, or as its next one. */
import { judgeExtension } from "../coordinator/judge_extension.ts";
import type { SweepId } from "../core/domain/ids.ts";
import type { SweepEvent } from "../core/domain/sweep_event.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";
import type { SweepSpec } from "../core/domain/sweep_spec.ts";
import { isOver } from "../core/domain/sweep.ts";
import type { Transport } from "../core/nats/transport.ts";
import { CoordinatorAbsentError } from "../core/protocol/ports.ts";
import type { CliContext } from "./context.ts";
import { EXIT, type ExitCode, UserError } from "./exit_code.ts";
import { findSweep } from "./find_sweep.ts";
import { resumeSweep, type RunOptions } from "./run_sweep.ts";
import { extendSpec, type ExtensionRequest } from "./sweep_file/extend_spec.ts";
import { counted } from "../core/views/quantities.ts";
import { withReader } from "./with_reader.ts";

const BY = "cli";

/**
 * Asks the sweep's coordinator for more. If there is none, opens the journal, records the extension
 * and runs the sweep as `resume` does.
 * @throws {UserError | SweepFileError} If the request is no extension, or asks for nothing new.
 */
export async function extendSweep(
  name: string,
  request: ExtensionRequest,
  { options, context }: { readonly options: RunOptions; readonly context: CliContext },
): Promise<ExitCode> {
  const found: { unasked: SweepId | null } = { unasked: null };
  const asked = await withReader(options, context, async (transport) => {
    const { id, ledger } = await findSweep(transport, name);
    const extension = extensionOf(ledger, request);
    if (isOver(ledger.status) || !await askCoordinator(transport, { id, ...extension })) {
      found.unasked = id;
    } else tell(ledger, extension, context);
    return EXIT.completed;
  });
  if (found.unasked === null) return asked;
  return await resumeSweep(found.unasked, options, context, {
    before: (ledger) => {
      // Anew: since then somebody else may have extended it.
      const extension = extensionOf(ledger, request);
      tell(ledger, extension, context);
      const extended: SweepEvent = { type: "sweepExtended", spec: extension.spec, by: BY };
      return isOver(ledger.status) ? [{ type: "sweepReopened", by: BY }, extended] : [extended];
    },
  });
}

interface Extension {
  readonly spec: SweepSpec;
  readonly newTrials: number;
}

function extensionOf(ledger: SweepLedger, request: ExtensionRequest): Extension {
  const spec = extendSpec(ledger.spec, request);
  const verdict = judgeExtension(ledger, spec);
  if (verdict.kind !== "possible") throw new UserError(verdict.message);
  return { spec, newTrials: verdict.newTrials };
}

/** Whether a coordinator has accepted the extension; false if the sweep has none any more. */
async function askCoordinator(
  transport: Transport,
  { id, spec }: { readonly id: SweepId; readonly spec: SweepSpec },
): Promise<boolean> {
  try {
    const reply = await transport.api.request("extend", { v: 1, sweep: id, spec, by: BY });
    if (reply.type === "accepted") return true;
    // Its last trial may have ended while we were asking.
    if (isOver((await findSweep(transport, id)).ledger.status)) return false;
    throw new UserError(reply.message);
  } catch (error) {
    if (error instanceof CoordinatorAbsentError) return false;
    throw error;
  }
}

function tell(
  { id, counts }: SweepLedger,
  { newTrials, spec }: Extension,
  { output }: CliContext,
): void {
  const more = spec.racing === undefined ? "" : " at least, and as many as the race takes";
  output.note(
    `Sweep ${id}: ${counted(newTrials, "new trial")}${more} beside ${counts.asked} asked for`,
  );
}
