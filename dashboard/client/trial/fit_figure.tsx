/** A regression's fit as training went on: each snapshot by its epoch, one of them in front. */
import type { VNode } from "preact";
import { ChartFrame } from "../charts/chart_frame.tsx";
import { ChoiceLink } from "../parts/choice_link.tsx";
import type { PictureView } from "./trial_model.ts";
import { SnapshotsIsland } from "./snapshots_island.tsx";
import type { TrialPartProps } from "./trial_page_props.ts";

type Fit = Extract<PictureView, { kind: "fit" }>;

/** The card. */
export function FitFigure(props: TrialPartProps & { readonly picture: Fit }): VNode {
  const { picture: { frame, truth, snapshots, dots }, snapshot: { query } } = props;
  const last = snapshots.at(-1);
  const chosen = snapshots.find(({ epoch }) => epoch === query.epoch) ?? last;
  const label = `The fitted curve after epoch ${chosen?.epoch ?? 0}, over ${dots.length} ` +
    `training examples${truth === null ? "" : " and the function without noise"}`;
  return (
    <section class="card" aria-labelledby="picture-title">
      <div class="card-head">
        <h2 id="picture-title">Fitted curve</h2>
        <p class="note">
          after epoch {chosen?.epoch ?? 0}
          {chosen === last && ", the result"}
        </p>
      </div>
      <ChartFrame frame={frame} label={label} xName="input" yName="target">
        {dots.map(({ x, y }, index) => <circle key={index} class="datum" cx={x} cy={y} r="2.4" />)}
        {truth !== null && <polyline class="fit fit-truth" points={truth} />}
        {snapshots.filter((one) => one !== chosen).map(({ epoch, points }) => (
          <polyline key={epoch} class="fit fit-other" points={points} />
        ))}
        {chosen && <polyline class="fit fit-chosen" points={chosen.points} />}
      </ChartFrame>
      <Legend hasTruth={truth !== null} />
      <Epochs {...props} chosen={chosen?.epoch ?? 0} />
    </section>
  );
}

function Epochs(props: TrialPartProps & { readonly picture: Fit; readonly chosen: number }): VNode {
  const { picture: { snapshots }, chosen, snapshot: { query }, hrefOf } = props;
  const epochs = snapshots.map(({ epoch }) => epoch);
  const last = epochs.at(-1);
  const queryOf = (epoch: number) => ({ ...query, epoch: epoch === last ? null : epoch });
  return (
    <div class="snapshots">
      <nav class="chips" aria-label="Snapshots by epoch">
        {epochs.map((epoch) => (
          <ChoiceLink
            key={epoch}
            href={hrefOf(queryOf(epoch))}
            isChosen={epoch === chosen}
          >
            epoch {epoch}
          </ChoiceLink>
        ))}
      </nav>
      <SnapshotsIsland
        epochs={epochs}
        chosen={chosen}
        hrefs={epochs.map((epoch) => hrefOf(queryOf(epoch)))}
      />
    </div>
  );
}

function Legend({ hasTruth }: { readonly hasTruth: boolean }): VNode {
  return (
    <ul class="legend">
      <li>
        <Swatch kind="fit-chosen" /> the fit
      </li>
      <li>
        <Swatch kind="fit-other" /> at other epochs
      </li>
      {hasTruth && (
        <li>
          <Swatch kind="fit-truth" /> the function without noise
        </li>
      )}
    </ul>
  );
}

function Swatch({ kind }: { readonly kind: string }): VNode {
  return (
    <svg width="26" height="10" viewBox="0 0 26 10" aria-hidden="true">
      <polyline class={`fit ${kind}`} points="1,5 25,5" />
    </svg>
  );
}
