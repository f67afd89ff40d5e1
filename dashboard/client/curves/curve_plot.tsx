/** Learning curves as a still picture: what the page shows before its script runs, or without it. */
import type { VNode } from "preact";
import { LinesPlot } from "./lines_plot.tsx";
import { type SeriesOfTrials, viewOfSeries } from "./series_view.ts";

/** What a chart of curves shows; the live chart takes the same. */
export interface CurvePlotProps extends SeriesOfTrials {
  readonly label: string;
}

/** The picture. */
export function CurvePlot(props: CurvePlotProps): VNode {
  return <LinesPlot view={viewOfSeries(props)} label={props.label} />;
}
