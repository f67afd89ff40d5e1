/** Precision, recall, F1 and support of each class, laid out as scikit-learn prints them. */
import type { VNode } from "preact";
import type {
  ClassificationReport,
  ClassScores,
} from "../../../core/domain/classification_report.ts";
import { formatCount } from "../parts/format.ts";

/** The table. */
export function ClassificationTable(
  { report, split }: { readonly report: ClassificationReport; readonly split: string },
): VNode {
  const { classes, accuracy, macroAverage, weightedAverage } = report;
  return (
    <div
      class="scroll"
      role="region"
      aria-label={`Classification report of the ${split} examples`}
      tabIndex={0}
    >
      <table class="report">
        <thead>
          <tr>
            <th scope="col">class</th>
            <th scope="col" class="number">precision</th>
            <th scope="col" class="number">recall</th>
            <th scope="col" class="number">f1-score</th>
            <th scope="col" class="number">support</th>
          </tr>
        </thead>
        <tbody>
          {classes.map((row, index) => <Row key={index} name={row.name} scores={row} />)}
        </tbody>
        <tbody class="averages">
          <tr>
            <th scope="row">accuracy</th>
            <td />
            <td />
            <td class="number">{share(accuracy)}</td>
            <td class="number">{formatCount(macroAverage.support)}</td>
          </tr>
          <Row name="macro avg" scores={macroAverage} />
          <Row name="weighted avg" scores={weightedAverage} />
        </tbody>
      </table>
    </div>
  );
}

function Row({ name, scores }: { readonly name: string; readonly scores: ClassScores }): VNode {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="number">{share(scores.precision)}</td>
      <td class="number">{share(scores.recall)}</td>
      <td class="number">{share(scores.f1)}</td>
      <td class="number">{formatCount(scores.support)}</td>
    </tr>
  );
}

function share(value: number): string {
  return value.toFixed(4);
}
