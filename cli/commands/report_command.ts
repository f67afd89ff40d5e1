/** `trawl report`: what one or several sweeps came to, as a file that can be given to others. */
import type { Transport } from "../../core/nats/transport.ts";

import { trialLogLines } from "../../core/views/report/best_trial.ts";
import { makeReport, type ReportedSweep, shownTrial } from "../../core/views/report/report.ts";
import type { AddCommand } from "../command.ts";
import type { CliContext } from "../context.ts";
import { EXIT, type ExitCode } from "../exit_code.ts";
import { oneOf } from "../option_parsers.ts";
import { readReportedSweep } from "../report/read_reported_sweep.ts";
import { readPublished, writeReport } from "../report/report_files.ts";
import {
  formatReport,
  REPORT_FORMATS,
  reportCommand,
  type ReportFormat,
  reportFormat,
} from "../report/report_format.ts";
import { resultReader } from "../report/result_reader.ts";
import { versions } from "../versions.ts";
import { withReader } from "../with_reader.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

interface ReportOptions extends PlaceOptions {
  readonly format?: ReportFormat;
  readonly out?: string;
  readonly against?: string;
  readonly log?: boolean;
}

/** Adds the verb. */
export const addReportCommand: AddCommand = (program, run) => {
  addPlaceOptions(program.command("report <sweep[/trial]...>"))
    .description(
      "Report on sweeps: ranking, curves, effects of parameters, the best trial; one file, no scripts",
    )
    .option(
      "--format <name>",
      `${REPORT_FORMATS.join(", ")} (default: what FILE ends with, else html)`,
      oneOf(REPORT_FORMATS),
    )
    .option("--out <file>", "write it there instead of to stdout")
    .option("--against <file>", "published numbers (JSON), to be held against these sweeps")
    .option("--log", "nothing but the losses of the best trial, or of SWEEP/TRIAL, epoch by epoch")
    .addHelpText(
      "after",
      `
Examples:
  deno task trawl report latest --out report.html
  deno task trawl report quickstart/17 --out trial.html
  deno task trawl report latest --format md > report.md
  deno task trawl report latest --log
  deno task trawl report lab-cifar100-batch-size lab-cifar100-width \\
    --against published.json --out lab.html
`,
    )
    .action((targets: readonly string[], options: ReportOptions) =>
      run((context) =>
        withReader(
          options,
          context,
          (transport, signal) => report(targets, options, { transport, context, signal }),
        )
      )
    );
};

async function report(
  targets: readonly string[],
  options: ReportOptions,
  { transport, context, signal }: {
    readonly transport: Transport;
    readonly context: CliContext;
    readonly signal: AbortSignal;
  },
): Promise<ExitCode> {
  const { out, against } = options;
  const published = against === undefined ? null : await readPublished(against);
  const sweeps: ReportedSweep[] = [];
  for (const target of targets) sweeps.push(await readReportedSweep(transport, target));
  if (options.log) {
    sweeps.flatMap(logOf).forEach(context.output.line);
    return EXIT.completed;
  }
  const format = reportFormat(options.format, out);

  const command = reportCommand(targets, { format, against });
  const made = await makeReport(sweeps, {
    command,
    versions: versions(),
    published,
    readResult: resultReader(transport.artifacts),
    onRead: readingNotes(context.output),
    signal,
  });
  const text = formatReport(made, format);
  if (out === undefined) context.output.line(text.trimEnd());
  else {
    await writeReport(out, text);
    context.output.note(`Wrote ${out}`);
  }
  return EXIT.completed;
}

/** Results that are read between two lines about it. */
const NOTED_EVERY = 100;

/** Says how far the reading of many results is. */
function readingNotes({ note }: CliContext["output"]): (read: number, all: number) => void {
  return (read, all) => {
    if (all < NOTED_EVERY) return;
    if (read % NOTED_EVERY === 0 || read === all) note(`Read ${read} of ${all} results`);
  };
}

function logOf({ view, trial: asked }: ReportedSweep): readonly string[] {
  const trial = shownTrial(view, asked);
  return trial === null ? [] : trialLogLines(view, trial);
}
