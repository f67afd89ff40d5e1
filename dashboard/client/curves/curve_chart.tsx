/** Learning curves that grow: uPlot in place of the still picture. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import { curveClass, CurvePlot, type CurvePlotProps } from "./curve_plot.tsx";
import { coloursOf, useTheme } from "./plot_colours.ts";
import { formatNumber, formatValue } from "../parts/format.ts";

/** The chart; the first picture is the server's, so that nothing jumps. */
export function CurveChart(props: CurvePlotProps): VNode {
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  return live ? <Canvas {...props} /> : <CurvePlot {...props} />;
}

function Canvas(props: CurvePlotProps): VNode {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [readout, setReadout] = useState("");
  const theme = useTheme();
  // Curves that look otherwise need other series; other trials in their place are only new data.
  const shape = [
    theme,
    props.metric,
    ...props.series.map(({ trial }) => curveClass(props.curves, trial)),
  ].join(" ");
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (host.current === null) return;
    const created = createPlot(
      host.current,
      props,
      (seen) => setReadout(describe(latest.current, seen)),
    );
    plot.current = created;
    const observer = new ResizeObserver(() => created.setSize(sizeOf(created.root.parentElement)));
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      created.destroy();
      plot.current = null;
    };
  }, [shape]);
  useEffect(() => plot.current?.setData(dataOf(props)), [props.series]);

  return (
    <figure class="live-plot" role="figure" aria-label={props.label}>
      <div ref={host} class="plot-host" data-points={pointCount(props)} />
      <figcaption class="readout">{readout || "Point at a curve to read it."}</figcaption>
    </figure>
  );
}

interface Seen {
  readonly series: number;
  readonly index: number;
}

function createPlot(
  host: HTMLElement,
  props: CurvePlotProps,
  onSeen: (seen: Seen | null) => void,
): uPlot {
  const colour = coloursOf(host);
  const grid = { stroke: colour("--line"), width: 1 };
  const axis = { stroke: colour("--faint"), grid, ticks: { show: false }, font: "12px system-ui" };
  let focused: number | null = null;
  const options: uPlot.Options = {
    ...sizeOf(host),
    legend: { show: false },
    cursor: { focus: { prox: 24 }, points: { size: 7 }, drag: { x: true, y: false } },
    focus: { alpha: 0.25 },
    scales: { x: { time: false, range: (_, __, max) => [0, Math.max(1, max ?? 1)] } },
    axes: [
      {
        ...axis,
        label: "epoch",
        labelSize: 18,
        labelFont: "12px system-ui",
        size: 32,
        incrs: WHOLE,
      },
      {
        ...axis,
        size: 60,
        values: (_, values) => values.map((v) => v === null ? "" : formatValue(v)),
      },
    ],
    series: [{}, ...props.series.map((one) => seriesStyle(props, one.trial, colour))],
    hooks: {
      setSeries: [(_, series) => focused = series],
      setCursor: [(self) => {
        const index = self.cursor.idx;
        onSeen(focused === null || typeof index !== "number" ? null : { series: focused, index });
      }],
    },
  };
  return new uPlot(options, dataOf(props), host);
}

const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000];

function seriesStyle(
  props: CurvePlotProps,
  trial: number,
  colour: (name: string) => string,
): uPlot.Series {
  const name = curveClass(props.curves, trial);
  const running = name === "curve-running";
  return {
    stroke: colour(`--${name}`),
    width: running ? 1 : 2,
    spanGaps: true,
    points: { size: 4 },
    ...(running ? { dash: [4, 3] } : {}),
  };
}

function dataOf({ series }: CurvePlotProps): uPlot.AlignedData {
  const epochs = [...new Set(series.flatMap(({ points }) => points.map(([epoch]) => epoch)))]
    .sort((a, b) => a - b);
  const columns = series.map(({ points }) => {
    const byEpoch = new Map(points);
    return epochs.map((epoch) => byEpoch.get(epoch) ?? null);
  });
  return [epochs, ...columns];
}

function describe(props: CurvePlotProps, seen: Seen | null): string {
  if (seen === null) return "";
  const one = props.series[seen.series - 1];
  const epoch = dataOf(props)[0][seen.index];
  const point = one?.points.find(([at]) => at === epoch);
  if (one === undefined || point === undefined) return "";
  const label = props.curves.find(({ trial }) => trial === one.trial)?.label ??
    `trial ${one.trial}`;
  return `${label} · epoch ${point[0]} · ${props.metric} ${formatNumber(point[1])}`;
}

function pointCount({ series }: CurvePlotProps): number {
  return series.reduce((sum, { points }) => sum + points.length, 0);
}

function sizeOf(host: Element | null): { readonly width: number; readonly height: number } {
  const width = host?.clientWidth ?? 600;
  return { width: Math.max(200, width), height: width < 480 ? 240 : 320 };
}
