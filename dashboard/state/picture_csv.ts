/** The numbers of a trial's picture as CSV: a row for each place, the surface or fit of one epoch. */
import type { TaskPicture } from "../../core/domain/trial_result.ts";
import { csvRecord } from "../../core/views/csv.ts";
import { gridValue } from "../../core/views/report/contour.ts";
import { surfaceAt } from "./picture_view.ts";

/** The table. `epoch`: of which snapshot; the result where there is no such one. */
export function pictureCsv(picture: TaskPicture, epoch: number | null): string {
  switch (picture.kind) {
    case "surface":
      return surfaceCsv(picture, epoch);
    case "curve":
      return fitCsv(picture, epoch);
    default:
      return picture satisfies never;
  }
}

function surfaceCsv(
  picture: Extract<TaskPicture, { kind: "surface" }>,
  epoch: number | null,
): string {
  const { x, y, values } = surfaceAt(picture, epoch);
  const rows = values.map((value, i) =>
    csvRecord([gridValue(x, i % x.count), gridValue(y, Math.floor(i / x.count)), value])
  );
  return csvRecord(["first_input", "second_input", "probability"]) + rows.join("");
}

function fitCsv(
  { x, truth, snapshots }: Extract<TaskPicture, { kind: "curve" }>,
  epoch: number | null,
): string {
  const fit = snapshots.find((one) => one.epoch === epoch) ?? snapshots.at(-1);
  const rows = x.map((input, i) => csvRecord([input, truth?.[i] ?? null, fit?.y[i] ?? null]));
  return csvRecord(["input", "without_noise", "fit"]) + rows.join("");
}
