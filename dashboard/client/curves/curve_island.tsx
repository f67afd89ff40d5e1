/** Curves where the server draws the page: a still picture, until a script draws in its place. */
import type { VNode } from "preact";
import { CurvePlot, type CurvePlotProps } from "./curve_plot.tsx";

/** The picture, and what the script draws it from. */
export function CurveIsland(props: CurvePlotProps): VNode {
  return (
    <div data-island="curves" data-props={JSON.stringify(props)}>
      <CurvePlot {...props} />
    </div>
  );
}
