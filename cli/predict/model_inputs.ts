/** Images and rows of tables as the inputs of a model, in its own order and scale. */
import type { ModelInputs } from "../../core/domain/model_card.ts";
import { type CsvTable, isNumber } from "../../worker/datasets/csv_table.ts";
import { UserError } from "../exit_code.ts";
import { type Pixels, recolour, resize } from "./pixels.ts";

/** An image's inputs: in the model's size and colours, plane by plane, scaled. */
export function imageInputs(
  image: Pixels,
  { width, height, planes }: Extract<ModelInputs, { readonly kind: "image" }>,
): Float32Array {
  const channels = planes.length === 1 ? 1 : 3;
  const { data } = recolour(resize(image, { width, height }), channels);
  const pixels = width * height;
  return Float32Array.from({ length: pixels * planes.length }, (_, i) => {
    const plane = Math.floor(i / pixels);
    const { mean, std } = planes[plane] ?? { mean: 0, std: 1 };
    return ((data[(i % pixels) * channels + plane] ?? 0) / 255 - mean) / std;
  });
}

/** A row's inputs, with its line in the file. */
export interface RowInputs {
  readonly line: number;
  readonly inputs: Float32Array;
}

/**
 * The inputs of every row, by the names of the columns; other columns are passed over.
 * @throws {UserError} With file and line, if a column is missing or a value is none for it.
 */
export function tableInputs(
  table: CsvTable,
  { columns }: Extract<ModelInputs, { readonly kind: "columns" }>,
): readonly RowInputs[] {
  const places = columns.map(({ name }) => placeOf(table, name));
  const levels = Map.groupBy(columns, ({ name }) => name);
  return table.rows.map(({ line, cells }) => ({
    line,
    inputs: Float32Array.from(columns, ({ name, scale, category }, i) => {
      const cell = cells[places[i] ?? -1] ?? "";
      const place = { file: table.file, line, name };
      if (category === null) return (numberIn(cell, place) - scale.mean) / scale.std;
      const known = (levels.get(name) ?? []).map((level) => level.category ?? "");
      if (!known.includes(cell)) throw unfit(cell, { ...place, must: shownList(known) });
      return cell === category ? 1 : 0;
    }),
  }));
}

function placeOf({ file, header }: CsvTable, name: string): number {
  const place = header.indexOf(name);
  if (place >= 0) return place;
  throw new UserError(
    `Cannot predict from "${file}": line 1 has no column "${name}"; it has ${shownList(header)}`,
  );
}

interface CellPlace {
  readonly file: string;
  readonly line: number;
  readonly name: string;
}

function numberIn(cell: string, place: CellPlace): number {
  if (isNumber(cell)) return Number(cell);
  throw unfit(cell, { ...place, must: "a number" });
}

function unfit(
  cell: string,
  { file, line, name, must }: CellPlace & { readonly must: string },
): UserError {
  return new UserError(
    `Cannot predict from "${file}": line ${line} has ${JSON.stringify(cell.slice(0, 40))} in ` +
      `column "${name}"; it must be ${must}`,
  );
}

function shownList(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(", ");
  return names.length > 12 ? `${shown}, … (${names.length})` : shown;
}
