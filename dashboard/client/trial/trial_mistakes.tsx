/** Examples that were classified wrongly: all that are kept, or those of one pair of classes. */
import type { VNode } from "preact";
import { ChoiceLink } from "../parts/choice_link.tsx";
import { formatCount } from "../parts/format.ts";
import type { MistakeView, ResultView } from "./trial_model.ts";
import type { TrialPartProps } from "./trial_page_props.ts";
import type { TrialQuery } from "./trial_query.ts";

interface MistakesProps extends TrialPartProps {
  readonly result: Extract<ResultView, { kind: "stored" }>;
}

/** The mistakes that a query is for, in its order. */
export function chosenMistakes(
  mistakes: readonly MistakeView[],
  { pair, sort }: Pick<TrialQuery, "pair" | "sort">,
): readonly MistakeView[] {
  const isKnown = mistakes.every(({ loss }) => loss !== null);
  const lossOf = ({ loss, confidence }: MistakeView): number => isKnown ? loss ?? 0 : confidence;
  return mistakes
    .filter((one) => pair === null || (one.pair[0] === pair[0] && one.pair[1] === pair[1]))
    .toSorted((a, b) => sort === "index" ? a.index - b.index : lossOf(b) - lossOf(a));
}

/** Mistakes among the test examples, of one pair of classes or of all. */
export function countMistakes(
  mistaken: readonly (readonly number[])[],
  pair: TrialQuery["pair"],
): number {
  if (pair !== null) return mistaken[pair[0]]?.[pair[1]] ?? 0;
  return mistaken
    .flatMap((row, actual) => row.filter((_, predicted) => predicted !== actual))
    .reduce((sum, count) => sum + count, 0);
}

/** The card; nothing where numbers are predicted. */
export function TrialMistakes(props: MistakesProps): VNode | null {
  const { result: { mistakes, mistaken, split }, snapshot: { query } } = props;
  if (mistaken === null) return null;
  // The confusion matrix beside it says that there is none.
  if (query.pair === null && countMistakes(mistaken, null) === 0) return null;
  const shown = chosenMistakes(mistakes, query);
  const all = countMistakes(mistaken, query.pair);
  const names = query.pair?.map((number) =>
    split?.report.classes[number]?.name ?? `class ${number}`
  );
  return (
    <section class="card" id="mistakes" aria-labelledby="mistakes-title">
      <div class="card-head">
        <h2 id="mistakes-title">
          {names === undefined
            ? "The most confident mistakes"
            : `Class ${names[0]} taken for ${names[1]}`}
        </h2>
        <Orders {...props} />
      </div>
      <p class="note">
        {shown.length} of {formatCount(all)} such test examples are shown: a trial keeps{" "}
        {mistakes.length}{" "}
        of its mistakes, the most confident ones and, as far as there is room, one of each
        confusion. {mistakes.some(({ loss }) => loss === null) &&
          "Their losses were not kept: they go by the least that each can have been. "}
        {query.pair !== null && <All {...props} />}
      </p>
      <ul class="mistakes">
        {shown.map((mistake) => <Example key={mistake.index} mistake={mistake} />)}
      </ul>
    </section>
  );
}

function All({ snapshot: { query }, hrefOf }: MistakesProps): VNode {
  const next = { ...query, pair: null };
  return (
    <ChoiceLink href={hrefOf(next)}>
      Show those of all classes
    </ChoiceLink>
  );
}

function Orders({ snapshot: { query }, hrefOf }: MistakesProps): VNode {
  return (
    <nav class="chips" aria-label="Order of the examples">
      {(["loss", "index"] as const).map((sort) => {
        const next = { ...query, sort };
        return (
          <ChoiceLink
            key={sort}
            href={hrefOf(next)}
            isChosen={sort === query.sort}
          >
            {sort === "loss" ? "by loss" : "in the set's order"}
          </ChoiceLink>
        );
      })}
    </nav>
  );
}

function lossWords({ loss, leastLoss }: MistakeView): string {
  if (loss !== null) return `loss ${loss.toFixed(2)}`;
  return `so a loss of ${leastLoss === null ? "more than 16" : `${leastLoss.toFixed(2)} or more`}`;
}

function Example({ mistake }: { readonly mistake: MistakeView }): VNode {
  const { index, actual, predicted, confidence, image } = mistake;
  return (
    <li>
      {image !== null && (
        <img
          src={image.path}
          width={96}
          height={Math.round(96 * image.height / image.width)}
          loading="lazy"
          alt={`Test example ${index}, of class ${actual}`}
        />
      )}
      <span>
        <b>{actual}</b>, taken for <b>{predicted}</b>
        <span class="sub">
          {(100 * confidence).toFixed(1)} % sure, {lossWords(mistake)}
        </span>
        <span class="sub">test example {index}</span>
      </span>
    </li>
  );
}
