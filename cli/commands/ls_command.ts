/** `trawl ls`: every sweep that has a journal, oldest first. */
import type { SweepView } from "../../core/views/sweep_view.ts";
import { readSweepView } from "../../core/views/sweep_view.ts";
import { EXIT } from "../exit_code.ts";
import type { AddCommand } from "../command.ts";
import { sweepTable } from "../tables/sweep_table.ts";
import { terminalSize } from "../terminal_size.ts";
import { withReader } from "../with_reader.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

/** Adds the verb. */
export const addLsCommand: AddCommand = (program, run) => {
  addPlaceOptions(program.command("ls"))
    .description("List the sweeps")
    .option("--json", "one JSON object a line")
    .addHelpText(
      "after",
      `
Examples:
  deno task trawl ls
  deno task trawl ls --json | grep '"state":"completed"'
`,
    )
    .action((options: PlaceOptions & { readonly json?: true }) =>
      run((context) =>
        withReader(options, context, async ({ journal }) => {
          const views: SweepView[] = [];
          for (const sweep of await journal.sweeps()) {
            const view = await readSweepView(journal.read(sweep));
            if (view !== null) views.push(view);
          }
          views.sort((a, b) => a.createdAt - b.createdAt);
          if (options.json) { for (const view of views) context.output.line(jsonLine(view)); }
          else {for (const line of sweepTable(views, { width: terminalSize().columns })) {
              context.output.line(line);
            }}
          return EXIT.completed;
        })
      )
    );
};

function jsonLine(view: SweepView): string {
  return JSON.stringify({
    sweep: view.id,
    name: view.ledger.spec.name,
    state: view.ledger.status,
    trials: view.ledger.counts,
    createdAt: new Date(view.createdAt).toISOString(),
  });
}
