/** A regression's fit as training went on: each snapshot by its epoch, one of them in front. */
import type { VNode } from "preact";
import { ChartCard } from "../charts/chart_card.tsx";
import { ChartFrame } from "../charts/chart_frame.tsx";
import { formatCount } from "../parts/format.ts";
import { SnapshotChoice } from "./snapshot_choice.tsx";
import type { PictureView } from "./trial_model.ts";
import { pictureCsv, type TrialPartProps } from "./trial_page_props.ts";

type Fit = Extract<PictureView, { kind: "fit" }>;

/** The card. */
export function FitFigure(props: TrialPartProps & { readonly picture: Fit }): VNode {
  const { picture: { frame, truth, snapshots, dots }, snapshot: { query } } = props;
  const last = snapshots.at(-1);
  const chosen = snapshots.find(({ epoch }) => epoch === query.epoch) ?? last;
  const label =
    `The fitted curve after epoch ${formatCount(chosen?.epoch ?? 0)}, over ${dots.length} ` +
    `training examples${truth === null ? "" : " and the function without noise"}`;
  return (
    <ChartCard
      id="picture"
      title="Fitted curve"
      sentence={`${label}${chosen === last ? "; this is the result" : ""}.`}
      csv={pictureCsv(props)}
    >
      <ChartFrame frame={frame} label={label} xName="input" yName="target">
        {dots.map(({ x, y }, index) => <circle key={index} class="datum" cx={x} cy={y} r="2.4" />)}
        {truth !== null && <polyline class="fit fit-truth" points={truth} />}
        {snapshots.filter((one) => one !== chosen).map(({ epoch, points }) => (
          <polyline key={epoch} class="fit fit-other" points={points} />
        ))}
        {chosen && <polyline class="fit fit-chosen" points={chosen.points} />}
      </ChartFrame>
      <Legend hasTruth={truth !== null} />
      <SnapshotChoice
        {...props}
        epochs={snapshots.map(({ epoch }) => epoch)}
        chosen={chosen?.epoch ?? 0}
      />
    </ChartCard>
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
