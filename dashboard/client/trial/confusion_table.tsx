/** A confusion matrix as a table: rows are true classes, shaded by the share of their row. */
import type { VNode } from "preact";
import type { ClassificationReport } from "../../../core/domain/classification_report.ts";
import { ChartCard } from "../charts/chart_card.tsx";
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

type Confusion = Pick<ClassificationReport, "confusion"> & {
  readonly classes: readonly { readonly name: string }[];
};

/** The card. */
export function ConfusionTable(props: TrialPartProps & { readonly split: SplitView }): VNode {
  const { split: { split, report }, snapshot: { query }, hrefOf } = props;
  const count = report.classes.length;
  const cells = (
    <nav class="chips" aria-label="Cells of the matrix">
      {(["counts", "shares"] as const).map((cells) => (
        <ChoiceLink key={cells} href={hrefOf({ ...query, cells })} isChosen={cells === query.cells}>
          {cells === "counts" ? "counts" : "shares of a row"}
        </ChoiceLink>
      ))}
    </nav>
  );
  return (
    <ChartCard
      id="confusion"
      title={`Confusion matrix, ${split} examples`}
      sentence={confusionSentence(report)}
      controls={cells}
    >
      {count <= MOST_CLASSES ? <Matrix {...props} /> : (
        <p class="note">
          The matrix of {count} classes has {formatCount(count * count)}{" "}
          cells: it is in the JSON of this trial.
        </p>
      )}
      <Pairs {...props} />
    </ChartCard>
  );
}

/** What the matrix comes to, in a sentence. */
export function confusionSentence({ classes, confusion }: Confusion): string {
  const all = confusion.reduce((sum, row) => sum + total(row), 0);
  if (all === 0) return "There is no example to classify.";
  const right = confusion.reduce((sum, row, actual) => sum + (row[actual] ?? 0), 0);
  const diagonal = `${percent(right, all)} of ${formatCount(all)} examples are on the diagonal`;
  const [first, second] = pairsIn(confusion);
  if (first === undefined) return `${diagonal}: none is confused.`;
  const nameOf = (index: number): string => classes[index]?.name ?? String(index);
  const also = second?.count === first.count ? " (another pair as often)" : "";
  return `The most frequent confusion is ${nameOf(first.actual)} taken for ` +
    `${nameOf(first.predicted)}: ${formatCount(first.count)} of ` +
    `${formatCount(total(first.row))}${also}; ${diagonal}.`;
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
  const text = query.cells === "counts" ? formatCount(count) : percent(count, total(row));
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
  const pairs = pairsIn(confusion);
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

interface Pair {
  readonly actual: number;
  readonly predicted: number;
  readonly count: number;
  readonly row: readonly number[];
}

/** What is confused at all, the most frequent pair first. */
function pairsIn(confusion: Confusion["confusion"]): readonly Pair[] {
  return confusion.flatMap((row, actual) =>
    row.flatMap((count, predicted) =>
      predicted === actual || count === 0 ? [] : [{ actual, predicted, count, row }]
    )
  ).sort((a, b) => b.count - a.count);
}

function total(row: readonly number[]): number {
  return row.reduce((sum, count) => sum + count, 0);
}

function shade(row: readonly number[], count: number): number {
  if (count === 0) return 0;
  return Math.max(1, Math.round(SHADES * count / total(row)));
}

/** Not rounded up to all, nor down to none. */
function percent(count: number, of: number): string {
  if (count === 0) return "0";
  const tenths = Math.round(1_000 * count / of);
  return `${((count < of ? Math.max(1, Math.min(999, tenths)) : tenths) / 10).toFixed(1)} %`;
}
