/** What a trial's result says, as `trawl show SWEEP/TRIAL` tells it: report, confusions, picture. */
import {
  classificationReport,
  type ConfusionMatrix,
} from "../../core/domain/classification_report.ts";
import type {
  Mistake,
  SplitConfusions,
  TaskPicture,
  TrialResult,
} from "../../core/domain/trial_result.ts";
import { formatClassificationReport } from "../../core/views/classification_text.ts";
import { printable } from "../terminal/text.ts";
import { renderTable } from "./table.ts";

/** The name of a split. */
export type SplitName = keyof SplitConfusions;

/** The splits, in the order of the help. */
export const SPLIT_NAMES: readonly SplitName[] = ["train", "validation", "test"];

/** Confusion matrices of more classes would fill the screen. */
const SHOWN_CLASSES = 20;
/** Mistakes that are named. */
const SHOWN_MISTAKES = 3;

/** The lines, an empty one first. */
export function resultDetails(
  { classes, confusions, mistakes, picture }: TrialResult,
  { split }: { readonly split: SplitName },
): readonly string[] {
  const matrix = confusions?.[split];
  return [
    ...(matrix === undefined ? [] : reportLines(matrix, { classes, split })),
    ...(matrix === undefined ? [] : confusionLines(matrix, classes)),
    ...(mistakes.length === 0 ? [] : ["", mistakeLine(mistakes, classes)]),
    ...(picture === null ? [] : ["", pictureLine(picture)]),
  ].map(printable);
}

function reportLines(
  matrix: ConfusionMatrix,
  { classes, split }: { readonly classes: readonly string[]; readonly split: SplitName },
): readonly string[] {
  const text = formatClassificationReport(classificationReport(matrix, classes));
  return ["", `classification report, ${split} split`, "", ...text.trimEnd().split("\n")];
}

function confusionLines(matrix: ConfusionMatrix, classes: readonly string[]): readonly string[] {
  if (classes.length > SHOWN_CLASSES) {
    return ["", `confusion matrix of ${classes.length} classes: with --json`];
  }
  const columns = [
    { header: "true \\ predicted" },
    ...classes.map((name) => ({ header: name, align: "right" as const })),
  ];
  const rows = matrix.map((row, c) => [classes[c] ?? String(c), ...row.map(String)]);
  return ["", ...renderTable(columns, rows, { width: 240 })];
}

function mistakeLine(mistakes: readonly Mistake[], classes: readonly string[]): string {
  const named = mistakes.slice(0, SHOWN_MISTAKES).map(({ index, actual, predicted, confidence }) =>
    `test example ${index}, ${classes[actual]} taken for ${classes[predicted]} ` +
    `(${confidence.toFixed(3)})`
  );
  return `most confidently wrong: ${named.join("; ")}`;
}

function pictureLine(picture: TaskPicture): string {
  switch (picture.kind) {
    case "surface": {
      const { x, y, points } = picture;
      return `picture: decision surface on ${x.count} × ${y.count} places with ${points.length} ` +
        `test examples; with --json`;
    }
    case "curve": {
      const epochs = picture.snapshots.map(({ epoch }) => epoch).join(", ");
      return `picture: fitted curve at ${picture.x.length} places after epochs ${epochs}; with --json`;
    }
    default:
      return picture satisfies never;
  }
}
