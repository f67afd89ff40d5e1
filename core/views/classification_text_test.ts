import assert from "node:assert/strict";
import { classificationReport } from "../domain/classification_report.ts";
import { formatClassificationReport, formatFixed } from "./classification_text.ts";

/** What scikit-learn 1.9.1 printed for known confusion matrices, with zero_division=0. */
interface Golden {
  readonly title: string;
  readonly confusion: readonly (readonly number[])[];
  readonly names: readonly string[];
  readonly text2: string;
  readonly text4: string;
  readonly report: Readonly<Record<string, unknown>>;
}

const GOLDEN: readonly Golden[] = JSON.parse(
  await Deno.readTextFile(new URL("testdata/classification_reports.json", import.meta.url)),
);

for (const { title, confusion, names, text2, text4, report } of GOLDEN) {
  Deno.test(`formatClassificationReport() prints as scikit-learn does: ${title}`, () => {
    const ours = classificationReport(confusion, names);
    assert.equal(formatClassificationReport(ours), text2);
    assert.equal(formatClassificationReport(ours, { digits: 4 }), text4);
  });

  Deno.test(`classificationReport() equals scikit-learn's numbers: ${title}`, () => {
    const ours = classificationReport(confusion, names);
    const rows = [
      ...ours.classes,
      { ...ours.macroAverage, name: "macro avg" },
      { ...ours.weightedAverage, name: "weighted avg" },
    ];
    for (const { name, precision, recall, f1, support } of rows) {
      assert.deepEqual(
        [precision, recall, f1, support].map((value) => value.toFixed(12)),
        numbersOf(report[name]).map((value) => value.toFixed(12)),
        name,
      );
    }
    assert.equal(ours.accuracy.toFixed(12), Number(report["accuracy"]).toFixed(12));
  });
}

function numbersOf(row: unknown): readonly number[] {
  assert.ok(typeof row === "object" && row !== null);
  const values = new Map(Object.entries(row));
  return ["precision", "recall", "f1-score", "support"].map((name) => Number(values.get(name)));
}

Deno.test("formatFixed() rounds exact ties to the even digit, and nothing else", () => {
  assert.deepEqual([0.125, 0.375, 0.625, 0.875].map((x) => formatFixed(x, 2)), [
    "0.12",
    "0.38",
    "0.62",
    "0.88",
  ]);
  // 0.145 lies below and 0.285 above what is written here.
  assert.deepEqual([0.145, 0.285, 1, 0, 0.5].map((x) => formatFixed(x, 2)), [
    "0.14",
    "0.28",
    "1.00",
    "0.00",
    "0.50",
  ]);
  assert.equal(formatFixed(0.03125, 4), "0.0312");
});

Deno.test("classificationReport() refuses what is no confusion matrix", () => {
  assert.throws(() => classificationReport([[1, 2]], ["a", "b"]), /square/);
  assert.throws(() => classificationReport([[1, -2], [0, 1]], ["a", "b"]), /whole counts/);
});
