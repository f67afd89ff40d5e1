/** A decision surface: the probability of a class over two inputs, with the test examples on it. */
import type { VNode } from "preact";
import { ChartFrame } from "../charts/chart_frame.tsx";
import type { PictureView } from "./trial_model.ts";

type Surface = Extract<PictureView, { kind: "surface" }>;

/** The card. */
export function SurfaceFigure({ picture }: { readonly picture: Surface }): VNode {
  const { frame, bands, boundary, points, classes } = picture;
  const label = `Probability of class ${classes[1]} over the two inputs, ` +
    `with ${points.length} test examples`;
  return (
    <section class="card" aria-labelledby="picture-title">
      <h2 id="picture-title">Decision surface</h2>
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
    </section>
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
