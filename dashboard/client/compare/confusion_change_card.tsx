/** What two trials confuse differently: a matrix of signed numbers, and the largest of them in words. */
import type { VNode } from "preact";
import { ChartCard } from "../charts/chart_card.tsx";
import { ChoiceLink } from "../parts/choice_link.tsx";
import { formatCount } from "../parts/format.ts";
import type { CompareSnapshot, ConfusionChange } from "./compare_model.ts";
import type { CompareQuery } from "./compare_query.ts";

/** More classes than this have no matrix: it could not be read. */
const MOST_CLASSES = 40;
/** From here on names of columns stand upright. */
const UPRIGHT_FROM = 7;
const LISTED = 10;
const SHADES = 10;

type Known = Extract<ConfusionChange, { kind: "known" }>;

/** What the card needs. */
export interface ConfusionChangeProps {
  readonly snapshot: CompareSnapshot;
  readonly change: ConfusionChange;
  readonly hrefOf: (query: CompareQuery) => string;
}

/** The card. */
export function ConfusionChangeCard(props: ConfusionChangeProps): VNode {
  const { change } = props;
  return (
    <ChartCard
      id="change"
      title="What is confused differently"
      sentence={change.kind === "none" ? change.message : describeChange(change)}
      controls={<Pairs {...props} />}
    >
      {change.kind === "known" && <Change change={change} />}
    </ChartCard>
  );
}

/** Every other trial against the first one. */
function Pairs({ snapshot, change, hrefOf }: ConfusionChangeProps): VNode | null {
  const { query, trials } = snapshot;
  const [first, ...others] = trials;
  if (others.length < 2) return null;
  const chosen = change.kind === "known" ? change.to : query.against;
  return (
    <nav class="chips" aria-label="Confusions of">
      {others.map(({ trial }) => {
        const next = { ...query, against: trial };
        return (
          <ChoiceLink
            key={trial}
            href={hrefOf(next)}
            isChosen={trial === chosen}
          >
            {trial} − {first?.trial}
          </ChoiceLink>
        );
      })}
    </nav>
  );
}

/** What the matrix comes to, in a sentence. */
export function describeChange({ from, to, examples, right: [before, after] }: Known): string {
  const gained = after - before;
  const more = gained === 0
    ? `as many right as trial ${from}`
    : `${formatCount(Math.abs(gained))} ${gained > 0 ? "more" : "fewer"} right than trial ${from}`;
  return `Of ${formatCount(examples)} test examples trial ${to} gets ${
    formatCount(after)
  } right, ` +
    `${more}.`;
}

function Change({ change }: { readonly change: Known }): VNode {
  const { classes, from, to } = change;
  return (
    <>
      <p class="note">
        A cell: how often trial {to} takes the row's class for the column's, minus how often trial
        {" "}
        {from} does. Two single runs: a few examples may be chance.
      </p>
      {classes.length <= MOST_CLASSES ? <Matrix change={change} /> : (
        <p class="note">
          The matrix of {classes.length} classes has {formatCount(classes.length ** 2)}{" "}
          cells: it is in the JSON of this page.
        </p>
      )}
      <Largest change={change} />
    </>
  );
}

function Matrix({ change: { classes, cells, largest } }: { readonly change: Known }): VNode {
  return (
    <div class="scroll edged" role="region" aria-label="Matrix of changes" tabIndex={0}>
      <table class={`confusion change${classes.length >= UPRIGHT_FROM ? " upright" : ""}`}>
        <caption class="note">
          Rows: true class. Columns: predicted class. ▲ better, ▼ worse.
        </caption>
        <thead>
          <tr>
            <td />
            {classes.map((name, index) => (
              <th key={index} scope="col">
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((row, actual) => (
            <tr key={actual}>
              <th scope="row">{classes[actual]}</th>
              {row.map((value, predicted) => (
                <Cell key={predicted} value={value} isRight={actual === predicted} most={largest} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell(
  { value, isRight, most }: {
    readonly value: number;
    readonly isRight: boolean;
    readonly most: number;
  },
): VNode {
  if (value === 0) return <td class="shade-0">0</td>;
  const isBetter = (value > 0) === isRight;
  const shade = Math.max(1, Math.round(SHADES * Math.abs(value) / most));
  return (
    <td class={`${isBetter ? "right" : "wrong"} shade-${shade}`}>
      <span class="way">{isBetter ? "▲" : "▼"}</span>
      {signed(value)}
    </td>
  );
}

function Largest({ change: { classes, cells } }: { readonly change: Known }): VNode | null {
  const changed = cells.flatMap((row, actual) =>
    row.flatMap((value, predicted) => value === 0 ? [] : [{ actual, predicted, value }])
  ).sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  if (changed.length === 0) return <p class="note">Both confuse the same, as often.</p>;
  const shown = changed.slice(0, LISTED);
  return (
    <details open={classes.length > MOST_CLASSES}>
      <summary>The largest changes</summary>
      <p class="note">{shown.length} of {formatCount(changed.length)} cells that differ</p>
      <ol class="pairs">
        {shown.map(({ actual, predicted, value }) => (
          <li key={`${actual}-${predicted}`}>
            {signed(value)}: <b>{classes[actual]}</b> {actual === predicted ? "recognised" : (
              <>
                taken for <b>{classes[predicted]}</b>
              </>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${formatCount(Math.abs(value))}`;
}
