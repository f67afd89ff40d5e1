/** A decision surface: the probability of a class over two inputs, with the test examples on it. */
import type { VNode } from "preact";
import { ChartCard } from "../charts/chart_card.tsx";
import { ChartFrame } from "../charts/chart_frame.tsx";
import { SnapshotChoice } from "./snapshot_choice.tsx";
import type { PictureView } from "./trial_model.ts";
import { pictureCsv, type TrialPartProps } from "./trial_page_props.ts";

type Surface = Extract<PictureView, { kind: "surface" }>;

/** The card. */
export function SurfaceFigure(props: TrialPartProps & { readonly picture: Surface }): VNode {
  const { picture: { frame, bands, boundary, points, classes, epochs, epoch } } = props;
  const label = `Probability of class ${classes[1]} over the two inputs` +
    `${epoch === null ? "" : ` after epoch ${epoch}`}, with ${points.length} test examples`;
  const isResult = epoch === null || epoch === epochs.at(-1);
  return (
    <ChartCard
      id="picture"
      title="Decision surface"
      sentence={`${label}${isResult ? "; this is the result" : ""}.`}
      csv={pictureCsv(props)}
    >
      <div class="picture">
        <ChartFrame frame={frame} label={label} xName="first input" yName="second input" isFilled>
          <rect
            class="band band-0"
            x={frame.left}
            y={frame.top}
            width={frame.right - frame.left}
            height={frame.bottom - frame.top}
          />
          {bands.map((path, index) => (
            <path
              key={index}
              class={`band band-${index + 1}`}
              d={path}
            />
          ))}
          <path class="boundary" d={boundary} />
          {points.map(({ x, y, label: actual }, index) => (
            <Dot key={index} x={x} y={y} label={actual} />
          ))}
        </ChartFrame>
        <div class="stack">
          <p class="note">
            The probability of class {classes[1]}{" "}
            in ten steps from 0 to 1. The line is where both classes are equally likely.
          </p>
          <ul class="legend surface-legend">
            {classes.map((name, index) => (
              <li key={index}>
                <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
                  <Dot x={7} y={7} label={index === 1 ? 1 : 0} />
                </svg>
                test example of class {name}
              </li>
            ))}
          </ul>
        </div>
      </div>
      {epochs.length < 2
        ? <p class="note">Of this trial no surfaces on the way were kept.</p>
        : <SnapshotChoice {...props} epochs={epochs} chosen={epoch ?? 0} />}
    </ChartCard>
  );
}

/** Classes differ by form as well as by colour. */
function Dot(
  { x, y, label }: { readonly x: number; readonly y: number; readonly label: 0 | 1 },
): VNode {
  return label === 1
    ? <circle class="example example-1" cx={x} cy={y} r="3" />
    : <path class="example example-0" d={`M${x - 3} ${y + 3}h6l-3 -6z`} />;
}
