/** `trawl ls`: every sweep that has a journal, oldest first. */
import type { Transport } from "../../core/nats/transport.ts";
import { EXIT, type ExitCode } from "../exit_code.ts";
import type { AddCommand } from "../command.ts";
import { readSweepLines, type SweepLine } from "../sweep_lines.ts";
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
      run((context) => {
        const tell = (sweeps: readonly SweepLine[]): ExitCode => {
          const lines = options.json
            ? sweeps.map(jsonLine)
            : sweepTable(sweeps, { width: terminalSize().columns });
          for (const line of lines) context.output.line(line);
          return EXIT.completed;
        };
        const list = async (transport: Transport, signal: AbortSignal): Promise<ExitCode> =>
          tell(await readSweepLines(transport, { signal }));
        return withReader(options, context, list, () => tell([]));
      })
    );
};

function jsonLine({ sweep, name, state, trials, times }: SweepLine): string {
  const createdAt = new Date(times.createdAt).toISOString();
  return JSON.stringify({ sweep, name, state, trials, createdAt });
}
