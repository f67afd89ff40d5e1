/** The frame of a chart of our own: grid, ticks, names of axes. */
import type { ComponentChildren, VNode } from "preact";
import type { Frame } from "../trial/trial_model.ts";

/** What stands in the frame and around it. */
export interface ChartFrameProps {
  readonly frame: Frame;
  readonly label: string;
  readonly xName: string;
  readonly yName: string;
  /** Whether the picture covers the whole field, so that lines would only be in its way. */
  readonly isFilled?: boolean;
  readonly children: ComponentChildren;
}

/** The SVG element. */
export function ChartFrame(props: ChartFrameProps): VNode {
  const { frame, label, xName, yName, isFilled = false, children } = props;
  const { width, height, left, right, top, bottom, x, y } = frame;
  return (
    <svg class="plot" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {children}
      {y.map(({ at, text }) => (
        <g key={text}>
          {!isFilled && <line class="grid" x1={left} x2={right} y1={at} y2={at} />}
          <text class="tick" x={left - 6} y={at + 4} text-anchor="end">{text}</text>
        </g>
      ))}
      {x.map(({ at, text }) => (
        <text key={text} class="tick" x={at} y={bottom + 17} text-anchor="middle">{text}</text>
      ))}
      <text class="tick axis-across" x={(left + right) / 2} y={height - 4} text-anchor="middle">
        {xName}
      </text>
      <text
        class="tick"
        transform={`translate(12 ${(top + bottom) / 2}) rotate(-90)`}
        text-anchor="middle"
      >
        {yName}
      </text>
    </svg>
  );
}
