/** `trawl export`: one line per trial, for other programs. */
import type { AddCommand } from "../command.ts";
import { EXIT } from "../exit_code.ts";
import { findSweep } from "../find_sweep.ts";
import { oneOf } from "../option_parsers.ts";
import { exportCsv, exportJsonLines } from "../tables/trial_rows.ts";
import { withReader } from "../with_reader.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

const FORMATS = ["jsonl", "csv"] as const;

interface ExportOptions extends PlaceOptions {
  readonly format: (typeof FORMATS)[number];
}

/** Adds the verb. */
export const addExportCommand: AddCommand = (program, run) => {
  addPlaceOptions(program.command("export <sweep>"))
    .description("Write a sweep's trials to stdout, one a line")
    .option("--format <name>", FORMATS.join(" or "), oneOf(FORMATS), "jsonl")
    .addHelpText(
      "after",
      `
Examples:
  deno task trawl export latest > trials.jsonl
  deno task trawl export quickstart --format csv > trials.csv
`,
    )
    .action((name: string, options: ExportOptions) =>
      run((context) =>
        withReader(options, context, async (transport) => {
          const { ledger } = await findSweep(transport, name);
          const rows = options.format === "csv" ? exportCsv(ledger) : exportJsonLines(ledger);
          for (const row of rows) context.output.line(row.replace(/\r?\n$/, ""));
          return EXIT.completed;
        })
      )
    );
};
