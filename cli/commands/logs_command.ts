/** `trawl logs`: the last lines of the workers that trained a trial. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { Transport } from "../../core/nats/transport.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { readTrialLines, type TrialLines } from "../../core/views/trial_log.ts";
import { EventLog } from "../../dashboard/state/event_log.ts";
import { TrialHistories } from "../../dashboard/state/trial_histories.ts";
import { attemptsOf } from "../../dashboard/state/worker_log.ts";
import type { AddCommand } from "../command.ts";
import { EXIT, UserError } from "../exit_code.ts";
import { findSweep, parseTarget, trialOf } from "../find_sweep.ts";
import type { Output } from "../output.ts";
import { printable } from "../terminal/text.ts";
import { withReader } from "../with_reader.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

interface LogsOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** Adds the verb. */
export const addLogsCommand: AddCommand = (program, run) => {
  addPlaceOptions(program.command("logs <sweep/trial>"))
    .description(
      "Show the last lines of the workers that trained a trial, and what its code printed",
    )
    .option("--json", "one JSON object a line")
    .addHelpText(
      "after",
      `
Of each attempt the last 200 lines are kept, 16 KB at most; while it trains, new ones are stored at
most every five seconds.

Examples:
  deno task trawl logs latest/0
  deno task trawl logs my-module/17 --json | grep '"level":"error"'
`,
    )
    .action((target: string, options: LogsOptions) =>
      run((context) =>
        withReader(options, context, async (transport) => {
          const { sweep, trial } = parseTarget(target);
          if (trial === null) {
            throw new UserError(`Cannot show the log of "${target}": it must be SWEEP/TRIAL`);
          }
          const view = await findSweep(transport, sweep);
          printLines(await linesOf(view, trial, transport), options, context.output);
          return EXIT.completed;
        })
      )
    );
};

async function linesOf(
  view: SweepView,
  trial: TrialId,
  { artifacts, journal }: Pick<Transport, "artifacts" | "journal">,
): Promise<TrialLines> {
  const { id } = trialOf(view, trial);
  const log = new EventLog(view.ledger.spec.metric.goal);
  for await (const stored of journal.read(view.id)) log.add(stored);
  const attempts = attemptsOf(new TrialHistories(log), { id });
  return await readTrialLines(artifacts, { sweep: view.id, trial: id, attempts });
}

function printLines(
  { lines, total, silent, unread }: TrialLines,
  { json }: LogsOptions,
  output: Output,
): void {
  for (const { at, level, text, pack, attempt, worker } of lines) {
    const time = new Date(at).toISOString();
    if (json) output.line(JSON.stringify({ time, level, text, pack, attempt, worker }));
    else {
      const head = `${time} ${level.padEnd(5)} `;
      const [first = "", ...more] = text.replaceAll("\t", "  ").split("\n").map(printable);
      output.line(head + first);
      for (const line of more) output.line(" ".repeat(head.length) + line);
    }
  }
  if (json) return;
  const earlier = unread > 0 ? `; ${unread} earlier attempts were not read` : "";
  const none = silent > 0 ? `; ${silent} attempts have left no lines` : "";
  output.line(`the last ${lines.length} of ${total} lines${none}${earlier}`);
}
