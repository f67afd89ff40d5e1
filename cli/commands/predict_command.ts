/** `trawl predict`: what a stored model makes of images or rows. */
import type { AddCommand } from "../command.ts";
import { EXIT } from "../exit_code.ts";
import { findSweep, parseTarget } from "../find_sweep.ts";
import { findModel } from "../predict/find_model.ts";
import { predictFile, readUserFile } from "../predict/predict_files.ts";
import { predictionJson, predictionTable } from "../predict/prediction_text.ts";
import { withReader } from "../with_reader.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

interface PredictOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** Adds the verb. */
export const addPredictCommand: AddCommand = (program, run) => {
  addPlaceOptions(program.command("predict <sweep[/trial]> <file...>"))
    .description(
      "Predict with a sweep's best model, or a trial's: PNG and JPEG images, or rows of CSV files",
    )
    .option("--json", "one JSON object for each image or row")
    .addHelpText(
      "after",
      `
Images are resized to the model's size (the mean of the area that a pixel covers; blended where an
image grows), turned grey by brightness where the model is, and put on white where transparent.
Rows are read by the names of their columns; other columns are passed over.

Examples:
  deno task trawl predict latest digit.png
  deno task trawl predict quickstart/17 *.png --json
  deno task trawl predict wine new_bottles.csv
`,
    )
    .action((target: string, files: readonly string[], options: PredictOptions) =>
      run((context) =>
        withReader(options, context, async (transport) => {
          const { sweep, trial } = parseTarget(target);
          const view = await findSweep(transport, sweep);
          const { model, trial: found } = await findModel(view, trial, transport.artifacts);
          const predictions = [];
          for (const file of files) {
            predictions.push(...predictFile(model, { file, bytes: await readUserFile(file) }));
          }
          const { card } = model;
          if (!options.json) context.output.note(`Model of ${view.id}/${found.id}`);
          const lines = options.json
            ? predictions.map((one) => predictionJson(one, card))
            : predictionTable(predictions, card);
          for (const line of lines) context.output.line(line);
          return EXIT.completed;
        })
      )
    );
};
