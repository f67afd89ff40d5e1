/** A confusion matrix as a table: rows are true classes, shaded by the share of their row. */
import type { VNode } from "preact";
import type { ClassificationReport } from "../../../core/domain/classification_report.ts";
import { ChoiceLink } from "../parts/choice_link.tsx";
import { formatCount } from "../parts/format.ts";
import type { SplitView } from "./trial_model.ts";
import type { TrialPartProps } from "./trial_page_props.ts";

/** More classes than this have no matrix here: it could not be read. */
const MOST_CLASSES = 40;
/** From here on names of columns stand upright. */
const UPRIGHT_FROM = 7;
/** Pairs of classes that are listed. */
const LISTED_PAIRS = 10;
const SHADES = 10;

/** The card. */
export function ConfusionTable(props: TrialPartProps & { readonly split: SplitView }): VNode {
  const { split: { split, report }, snapshot: { query }, hrefOf, onQuery } = props;
  const count = report.classes.length;
  return (
    <section class="card" aria-labelledby="confusion-title">
      <div class="card-head">
        <h2 id="confusion-title">Confusion matrix, {split} examples</h2>
        <nav class="chips" aria-label="Cells of the matrix">
          {(["counts", "shares"] as const).map((cells) => {
            const next = { ...query, cells };
            return (
              <ChoiceLink
                key={cells}
                href={hrefOf(next)}
                isChosen={cells === query.cells}
                onChoose={onQuery && (() => onQuery(next))}
              >
                {cells === "counts" ? "counts" : "shares of a row"}
              </ChoiceLink>
            );
          })}
        </nav>
      </div>
      {count <= MOST_CLASSES ? <Matrix report={report} cells={query.cells} /> : (
        <p class="note">
          The matrix of {count} classes has {formatCount(count * count)}{" "}
          cells: it is in the JSON of this trial.
        </p>
      )}
      <Pairs report={report} />
    </section>
  );
}

function Matrix(
  { report: { classes, confusion }, cells }: {
    readonly report: ClassificationReport;
    readonly cells: "counts" | "shares";
  },
): VNode {
  const isUpright = classes.length >= UPRIGHT_FROM;
  return (
    <div class="scroll" role="region" aria-labelledby="confusion-title" tabIndex={0}>
      <table class={`confusion${isUpright ? " upright" : ""}`}>
        <caption class="note">Rows: true class. Columns: predicted class.</caption>
        <thead>
          <tr>
            <td />
            {classes.map(({ name }, index) => (
              <th key={index} scope="col">
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.map((row, actual) => (
            <tr key={actual}>
              <th scope="row">{classes[actual]?.name}</th>
              {row.map((count, predicted) => (
                <td
                  key={predicted}
                  class={`${predicted === actual ? "right" : "wrong"} shade-${shade(row, count)}`}
                >
                  {cells === "counts" ? formatCount(count) : percent(row, count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Pairs(
  { report: { classes, confusion } }: { readonly report: ClassificationReport },
): VNode {
  const pairs = confusion.flatMap((row, actual) =>
    row.flatMap((count, predicted) =>
      predicted === actual || count === 0 ? [] : [{ actual, predicted, count, row }]
    )
  ).sort((a, b) => b.count - a.count);
  if (pairs.length === 0) return <p class="note">Every example was classified rightly.</p>;
  const shown = pairs.slice(0, LISTED_PAIRS);
  return (
    <details open={classes.length > MOST_CLASSES}>
      <summary>Most frequent confusions</summary>
      <p class="note">{shown.length} of {formatCount(pairs.length)} pairs that occur</p>
      <ol class="pairs">
        {shown.map(({ actual, predicted, count, row }) => (
          <li key={`${actual}-${predicted}`}>
            <b>{classes[actual]?.name}</b> taken for <b>{classes[predicted]?.name}</b>:{" "}
            {formatCount(count)} of {formatCount(total(row))}
          </li>
        ))}
      </ol>
    </details>
  );
}

function total(row: readonly number[]): number {
  return row.reduce((sum, count) => sum + count, 0);
}

function shade(row: readonly number[], count: number): number {
  if (count === 0) return 0;
  return Math.max(1, Math.round(SHADES * count / total(row)));
}

function percent(row: readonly number[], count: number): string {
  return count === 0 ? "0" : `${(100 * count / total(row)).toFixed(1)} %`;
}
