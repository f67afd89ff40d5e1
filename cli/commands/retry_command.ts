/** `trawl retry`: failed trials are trained again, by the sweep's coordinator or by one of our own. */
import type { TrialId } from "../../core/domain/ids.ts";
import { isOver } from "../../core/domain/sweep.ts";
import type { Transport } from "../../core/nats/transport.ts";
import { CoordinatorAbsentError } from "../../core/protocol/ports.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type { AddCommand } from "../command.ts";
import type { CliContext } from "../context.ts";
import { EXIT, type ExitCode, UserError } from "../exit_code.ts";
import { findSweep, parseTarget } from "../find_sweep.ts";
import { retrySweep, type RunOptions } from "../run_sweep.ts";
import { withReader } from "../with_reader.ts";
import { addRunOptions } from "./sweep_command.ts";

interface RetryOptions extends RunOptions {
  readonly failed?: true;
}

/** Adds the verb. */
export const addRetryCommand: AddCommand = (program, run) => {
  addRunOptions(program.command("retry <sweep[/trial]>"))
    .description("Train failed trials again, each from its last checkpoint; default: all of them")
    .option("--failed", "all that have failed")
    .addHelpText(
      "after",
      `
While somebody coordinates the sweep, that process trains them. Otherwise this one opens the sweep
again and runs it like resume.

Examples:
  deno task trawl retry latest
  deno task trawl retry quickstart/17
  deno task trawl retry quickstart-1123-0950-x7k2 --failed --workers 4
`,
    )
    .action((target: string, options: RetryOptions) =>
      run((context) => retry(target, options, context))
    );
};

async function retry(
  target: string,
  { failed, ...options }: RetryOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { sweep, trial } = parseTarget(target);
  if (failed && trial !== null) {
    throw new UserError(`Cannot retry "${target}": it must be one trial or --failed, not both`);
  }
  const trials = trial === null ? null : [trial];
  let isAsked = false;
  await withReader(options, context, async (transport) => {
    const view = await findSweep(transport, sweep);
    isAsked = !isOver(view.ledger.status) && await ask(transport, view, trials);
    if (isAsked) context.output.note(`Asked the coordinator of sweep ${view.id} to retry`);
    return EXIT.completed;
  });
  return isAsked ? EXIT.completed : await retrySweep({ sweep, trials }, options, context);
}

/** Whether somebody coordinates the sweep, and does it. @throws {UserError} If he refuses. */
async function ask(
  { api }: Transport,
  { id }: SweepView,
  trials: readonly TrialId[] | null,
): Promise<boolean> {
  try {
    const reply = await api.request("retry", { v: 1, sweep: id, trials, by: "cli" });
    if (reply.type === "refused") throw new UserError(reply.message);
    return true;
  } catch (error) {
    if (error instanceof CoordinatorAbsentError) return false;
    throw error;
  }
}
