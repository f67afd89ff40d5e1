/** A confusion matrix as a table: rows are true classes, shaded by the share of their row. */
import type { VNode } from "preact";
import { ChartMenu } from "../charts/chart_menu.tsx";
import { ChoiceLink } from "../parts/choice_link.tsx";
import { formatCount } from "../parts/format.ts";
import type { SplitView } from "./trial_model.ts";
import type { TrialPartProps } from "./trial_page_props.ts";
import type { ClassPair } from "./trial_query.ts";

/** More classes than this have no matrix here: it could not be read. */
const MOST_CLASSES = 40;
/** From here on names of columns stand upright. */
const UPRIGHT_FROM = 7;
/** Pairs of classes that are listed. */
const LISTED_PAIRS = 10;
const SHADES = 10;

/** The card. */
export function ConfusionTable(props: TrialPartProps & { readonly split: SplitView }): VNode {
  const { split: { split, report }, snapshot: { query }, hrefOf } = props;
  const count = report.classes.length;
  return (
    <section class="card chart" id="confusion" aria-labelledby="confusion-title">
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
              >
                {cells === "counts" ? "counts" : "shares of a row"}
              </ChoiceLink>
            );
          })}
        </nav>
        {count <= MOST_CLASSES && (
          <ChartMenu title={`Confusion matrix, ${split} examples`} isTable />
        )}
      </div>
      {count <= MOST_CLASSES ? <Matrix {...props} /> : (
        <p class="note">
          The matrix of {count} classes has {formatCount(count * count)}{" "}
          cells: it is in the JSON of this trial.
        </p>
      )}
      <Pairs {...props} />
    </section>
  );
}

function Matrix(props: TrialPartProps & { readonly split: SplitView }): VNode {
  const { split: { report: { classes, confusion } } } = props;
  const isUpright = classes.length >= UPRIGHT_FROM;
  return (
    <div
      class="scroll edged"
      role="region"
      aria-label="Cells of the confusion matrix, scrollable"
      tabIndex={0}
    >
      <table
        class={`confusion${isUpright ? " upright" : ""}`}
      >
        <caption class="note">
          Rows: true class. Columns: predicted class. A number leads to examples of its mistake.
          {" "}
          <span class="needs-script">Arrows move from cell to cell, Enter shows its examples.</span>
        </caption>
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
                <Cell
                  key={predicted}
                  {...props}
                  row={row}
                  count={count}
                  pair={[actual, predicted]}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell(
  props: TrialPartProps & {
    readonly split: SplitView;
    readonly row: readonly number[];
    readonly count: number;
    readonly pair: ClassPair;
  },
): VNode {
  const { snapshot: { query }, split: { report: { classes } }, row, count, pair } = props;
  const { hrefOf } = props;
  const [actual, predicted] = pair;
  const isRight = actual === predicted;
  const isChosen = query.pair?.[0] === actual && query.pair[1] === predicted;
  const text = query.cells === "counts" ? formatCount(count) : percent(row, count);
  const next = { ...query, pair: isChosen ? null : pair };
  const names = pair.map((number) => classes[number]?.name);
  return (
    <td
      class={`${isRight ? "right" : "wrong"} shade-${shade(row, count)}${
        isChosen ? " chosen" : ""
      }`}
    >
      {isRight || count === 0 ? text : (
        <a
          href={`${hrefOf(next)}#mistakes`}
          title={`${names[0]} taken for ${names[1]}: ${formatCount(count)} of ${
            formatCount(total(row))
          }`}
        >
          {text}
        </a>
      )}
    </td>
  );
}

function Pairs(
  { split: { report: { classes, confusion } }, snapshot: { query }, hrefOf }:
    & TrialPartProps
    & { readonly split: SplitView },
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
            <a href={`${hrefOf({ ...query, pair: [actual, predicted] })}#mistakes`}>
              <b>{classes[actual]?.name}</b> taken for <b>{classes[predicted]?.name}</b>
            </a>: {formatCount(count)} of {formatCount(total(row))}
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
