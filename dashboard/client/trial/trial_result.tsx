/** What a trial has left behind: picture, classification report, confusions, mistakes. */
import type { VNode } from "preact";
import { ChoiceLink } from "../parts/choice_link.tsx";
import { ClassificationTable } from "./classification_table.tsx";
import { ConfusionTable } from "./confusion_table.tsx";
import { FitFigure } from "./fit_figure.tsx";
import { SurfaceFigure } from "./surface_figure.tsx";
import { TrialMistakes } from "./trial_mistakes.tsx";
import type { SplitView } from "./trial_model.ts";
import type { TrialPartProps } from "./trial_page_props.ts";

/** What a network of one or two inputs has learned; nothing for others. */
export function TrialPicture(props: TrialPartProps): VNode | null {
  const { result } = props.snapshot;
  if (result.kind === "none" || result.picture === null) return null;
  const { picture } = result;
  return picture.kind === "surface"
    ? <SurfaceFigure {...props} picture={picture} />
    : <FitFigure {...props} picture={picture} />;
}

/** The cards about classes; or why there is nothing. */
export function TrialResultCards(props: TrialPartProps): VNode {
  const { result } = props.snapshot;
  if (result.kind === "none") {
    return (
      <section class="card" aria-labelledby="left-title">
        <h2 id="left-title">Details</h2>
        <p class="empty" data-no-result>{result.message}</p>
      </section>
    );
  }
  const { split } = result;
  return (
    <>
      {split !== null && <SplitCards {...props} split={split} />}
      <TrialMistakes {...props} result={result} />
    </>
  );
}

function SplitCards(props: TrialPartProps & { readonly split: SplitView }): VNode {
  const { split: { split, splits, report }, snapshot: { query }, hrefOf } = props;
  return (
    <div class="columns even">
      <section class="card" aria-labelledby="report-title">
        <div class="card-head">
          <h2 id="report-title">Classification report</h2>
          <nav class="chips" aria-label="Examples">
            {splits.map((one) => {
              const next = { ...query, split: one === "test" ? null : one };
              return (
                <ChoiceLink
                  key={one}
                  href={hrefOf(next)}
                  isChosen={one === split}
                >
                  {one}
                </ChoiceLink>
              );
            })}
          </nav>
        </div>
        <ClassificationTable report={report} split={split} />
      </section>
      <ConfusionTable {...props} />
    </div>
  );
}
