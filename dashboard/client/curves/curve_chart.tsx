/** Learning curves that grow, and can be zoomed and read: the live chart of lines, for whole curves. */
import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import type { CurvePlotProps } from "./curve_plot.tsx";
import { LinesChart } from "./lines_chart.tsx";
import { viewOfSeries } from "./series_view.ts";

/** The chart. */
export function CurveChart({ metric, curves, series, label }: CurvePlotProps): VNode {
  const view = useMemo(() => viewOfSeries({ metric, curves, series }), [metric, curves, series]);
  return <LinesChart view={view} label={label} />;
}
