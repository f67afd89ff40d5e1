/** `trawl show`: one sweep with its trials, or one trial with its curve. */
import { trialRecord } from "../../core/views/trial_record.ts";
import { sweepSummary } from "../../core/views/sweep_summary.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type { AddCommand } from "../command.ts";
import type { CliContext } from "../context.ts";
import { EXIT, UserError } from "../exit_code.ts";
import { findSweep, parseTarget } from "../find_sweep.ts";
import { type ShownState, shownState } from "../sweep_lines.ts";
import { sweepDetails } from "../tables/sweep_details.ts";
import { trialDetails } from "../tables/trial_details.ts";
import { terminalSize } from "../terminal_size.ts";
import { withReader } from "../with_reader.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

interface ShowOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly journal?: boolean;
}

/** Adds the verb. */
export const addShowCommand: AddCommand = (program, run) => {
  addPlaceOptions(program.command("show <sweep[/trial]>"))
    .description("Show a sweep and its trials, or one trial; SWEEP is an id, a name or latest")
    .option("--json", "one JSON object")
    .option("--journal", "every entry of the journal, one JSON object a line")
    .addHelpText(
      "after",
      `
Examples:
  deno task trawl show latest
  deno task trawl show quickstart/17
  deno task trawl show latest --journal | tail -3
`,
    )
    .action((target: string, options: ShowOptions) =>
      run((context) =>
        withReader(options, context, async (transport, signal) => {
          const { sweep, trial } = parseTarget(target);
          const view = await findSweep(transport, sweep);
          if (options.journal) {
            for await (const { sequence, entry } of transport.journal.read(view.id)) {
              context.output.line(JSON.stringify({ sequence, ...entry }));
            }
          } else if (trial === null) {
            const { ledger: { status }, id } = view;
            const state = await shownState(id, status, transport, { signal });
            showSweep(view, { ...options, state }, context);
          } else {
            showTrial(view, { ...options, trial }, context);
          }
          return EXIT.completed;
        })
      )
    );
};

function showSweep(
  view: SweepView,
  { json, state }: ShowOptions & { readonly state: ShownState },
  { output }: CliContext,
): void {
  if (json) output.line(JSON.stringify({ ...sweepSummary(view), state }));
  else sweepDetails(view, { width: terminalSize().columns, state }).forEach(output.line);
}

function showTrial(
  view: SweepView,
  { json, trial: id }: ShowOptions & { readonly trial: number },
  { output }: CliContext,
): void {
  const trial = view.ledger.trials[id];
  if (trial === undefined) {
    throw new UserError(
      `Cannot find trial ${id} of sweep "${view.id}": it has trials 0 to ${
        view.ledger.trials.length - 1
      }`,
    );
  }
  const record = trialRecord(view.ledger, trial);
  const { points } = view.curve(trial.id);
  if (json) output.line(JSON.stringify({ ...record, curve: points }));
  else trialDetails(view, trial).forEach(output.line);
}
