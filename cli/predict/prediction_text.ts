/** Predictions as a table for people and as JSON for programs. */
import type { ModelCard } from "../../core/domain/model_card.ts";
import { renderTable } from "../tables/table.ts";
import { printable } from "../terminal/text.ts";
import type { FilePrediction } from "./predict_files.ts";

/** Other classes that are shown beside the predicted one. */
const RUNNERS_UP = 2;

/** A table: file, line where there are lines, class with its probability and the next ones, or value. */
export function predictionTable(
  predictions: readonly FilePrediction[],
  { classes }: ModelCard,
): readonly string[] {
  const hasLines = predictions.some(({ line }) => line !== null);
  const isValue = classes.length === 0;
  const columns = [
    { header: "file" },
    ...(hasLines ? [{ header: "line", align: "right" as const }] : []),
    ...(isValue ? [{ header: "value" }] : [{ header: "class" }, { header: "probability" }]),
    ...(isValue ? [] : [{ header: "next" }]),
  ];
  const rows = predictions.map(({ file, line, prediction }) => [
    file,
    ...(hasLines ? [String(line ?? "")] : []),
    ...(prediction.kind === "value"
      ? [String(Number(prediction.value.toPrecision(6)))]
      : ranked(classes, prediction.probabilities)),
  ]);
  return renderTable(columns, rows, { width: 160 }).map(printable);
}

function ranked(classes: readonly string[], probabilities: readonly number[]): readonly string[] {
  const order = probabilities.map((probability, c) => ({ name: classes[c] ?? "", probability }))
    .sort((a, b) => b.probability - a.probability);
  const [first, ...others] = order;
  return [
    first?.name ?? "",
    (first?.probability ?? NaN).toFixed(4),
    others.slice(0, RUNNERS_UP).map(({ name, probability }) => `${name} ${probability.toFixed(4)}`)
      .join(", "),
  ];
}

/** One JSON object, on one line. */
export function predictionJson(
  { file, line, prediction }: FilePrediction,
  { classes }: ModelCard,
): string {
  const place = line === null ? { file } : { file, line };
  if (prediction.kind === "value") return JSON.stringify({ ...place, value: prediction.value });
  const { probabilities } = prediction;
  return JSON.stringify({
    ...place,
    class: prediction.class,
    probability: Math.max(...probabilities),
    probabilities: Object.fromEntries(classes.map((name, c) => [name, probabilities[c]])),
  });
}
