/** Predictions for files: images, or tables with a row for each example. */
import type { StoredModel } from "../../core/views/trial_files.ts";
import { parseCsvTable } from "../../worker/datasets/csv_table.ts";
import { UserError } from "../exit_code.ts";
import { readImage } from "./image_file.ts";
import { imageInputs, tableInputs } from "./model_inputs.ts";
import { predict, type Prediction } from "./perceptron.ts";

/** What is predicted of an example of a file. */
export interface FilePrediction {
  readonly file: string;
  /** The row's line; null for images. */
  readonly line: number | null;
  readonly prediction: Prediction;
}

/**
 * The predictions for one file's examples.
 * @throws {UserError | DatasetError} With file and line, if it cannot be read as what the model takes.
 */
export function predictFile(
  model: StoredModel,
  { file, bytes }: { readonly file: string; readonly bytes: Uint8Array },
): readonly FilePrediction[] {
  const { inputs } = model.card;
  switch (inputs.kind) {
    case "image": {
      const prediction = predict(model, imageInputs(readImage(bytes, { file }), inputs));
      return [{ file, line: null, prediction }];
    }
    case "columns":
      return tableInputs(parseCsvTable(bytes, { file }), inputs)
        .map(({ line, inputs }) => ({ file, line, prediction: predict(model, inputs) }));
    default:
      return inputs satisfies never;
  }
}

/** The bytes of a file. @throws {UserError} If it cannot be read. */
export async function readUserFile(file: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(file);
  } catch (cause) {
    const isAbsent = cause instanceof Deno.errors.NotFound;
    const state = isAbsent ? "there is no such file" : "it must be a file that you may read";
    throw new UserError(`Cannot read "${file}": ${state}`, { cause });
  }
}
