/** `trawl export`: one line per trial, or a model, for other programs. */
import type { SweepView } from "../../core/views/sweep_view.ts";
import { exportCsv, exportJsonLines } from "../../core/views/trial_export.ts";
import type { Transport } from "../../core/nats/transport.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { AddCommand } from "../command.ts";
import type { CliContext } from "../context.ts";
import { EXIT, UserError } from "../exit_code.ts";
import { findSweep, parseTarget } from "../find_sweep.ts";
import { oneOf } from "../option_parsers.ts";
import { exportModel, type ModelFormat } from "../predict/export_model.ts";
import { findModel } from "../predict/find_model.ts";
import { withReader } from "../with_reader.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

const FORMATS = ["jsonl", "csv", "parquet", "tfjs", "safetensors"] as const;

interface ExportOptions extends PlaceOptions {
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
}

/** Adds the verb. */
export const addExportCommand: AddCommand = (program, run) => {
  addPlaceOptions(program.command("export <sweep[/trial]>"))
    .description(
      "Write a sweep's trials to stdout, one a line, or into a file; or the best model, or a trial's, into a folder",
    )
    .option(
      "--format <name>",
      "trials as jsonl, csv or parquet; a model as tfjs or safetensors",
      oneOf(FORMATS),
      "jsonl",
    )
    .option("--out <path>", "the folder for a model's files, or the Parquet file")
    .addHelpText(
      "after",
      `
Examples:
  deno task trawl export latest > trials.jsonl
  deno task trawl export quickstart --format csv > trials.csv
  deno task trawl export quickstart --format parquet --out trials.parquet
  deno task trawl export latest --format tfjs --out digits-model
  deno task trawl export quickstart/8 --format safetensors --out digits-model
`,
    )
    .action((target: string, options: ExportOptions) =>
      run((context) =>
        withReader(options, context, async (transport) => {
          const { sweep, trial } = parseTarget(target);
          const { format } = options;
          const isModel = format === "tfjs" || format === "safetensors";
          checkOptions(options, { isModel, trial });
          const view = await findSweep(transport, sweep);
          if (isModel) await writeModel(view, { ...options, format, trial, transport }, context);
          else if (format === "parquet") await writeParquet(view, options, context);
          else writeTrials(view, options, context);
          return EXIT.completed;
        })
      )
    );
};

function checkOptions(
  { format, out }: ExportOptions,
  { isModel, trial }: { readonly isModel: boolean; readonly trial: TrialId | null },
): void {
  if (isModel && out === undefined) {
    throw new UserError(`Cannot export a model as ${format}: name its folder with --out DIR`);
  }
  if (format === "parquet" && out === undefined) {
    throw new UserError("Cannot export trials as parquet: name the file with --out FILE");
  }
  if (!isModel && (out !== undefined && format !== "parquet" || trial !== null)) {
    throw new UserError(
      `Cannot export ${trial === null ? "into a path" : "one trial"} as ${format}: ` +
        `it must be a model, with --format tfjs or safetensors`,
    );
  }
}

function writeTrials({ ledger }: SweepView, { format }: ExportOptions, context: CliContext): void {
  const rows = format === "csv" ? exportCsv(ledger) : exportJsonLines(ledger);
  for (const row of rows) context.output.line(row.replace(/\r?\n$/, ""));
}

async function writeParquet(
  { ledger }: SweepView,
  { out = "" }: ExportOptions,
  { output }: CliContext,
): Promise<void> {
  // The writer is loaded by those alone who need it.
  const { exportParquet } = await import("../../core/views/trial_parquet.ts");
  await Deno.writeFile(out, ReadableStream.from(exportParquet(ledger)));
  output.line(out);
}

async function writeModel(
  view: SweepView,
  { format, out = "", trial, transport }: Omit<ExportOptions, "format"> & {
    readonly format: ModelFormat;
    readonly trial: TrialId | null;
    readonly transport: Transport;
  },
  { output }: CliContext,
): Promise<void> {
  const found = await findModel(view, trial, transport.artifacts);
  output.note(`Model of ${view.id}/${found.trial.id}`);
  for (const file of await exportModel(found.model, { format, out })) output.line(file);
}
