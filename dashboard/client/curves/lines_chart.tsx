/** Lines that can be zoomed and read: uPlot in place of the still picture. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import { formatValue } from "../parts/format.ts";
import type { Range } from "../model.ts";
import type { CurvesView } from "./curves_model.ts";
import {
  describePlace,
  type DrawnView,
  formatX,
  lineClass,
  X_NAMES,
  xTicks,
  yRange,
  yTicks,
} from "./lines_axes.ts";
import { dataOf, drawMarks, nearest, ownSeries, seriesOf } from "./lines_series.ts";
import { LinesPlot, type LinesPlotProps } from "./lines_plot.tsx";
import { useStill } from "./still.tsx";
import { coloursOf, useTheme } from "./plot_colours.ts";

/** A place on a line. */
interface Place {
  readonly line: number;
  readonly index: number;
}

const SPOKEN_MS = 400;

/** The chart; the first picture is the server's, so that nothing jumps. */
export function LinesChart(props: LinesPlotProps): VNode {
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  return live ? <Canvas {...props} /> : <LinesPlot {...props} />;
}

function Canvas(props: LinesPlotProps): VNode {
  const { onHold } = props;
  const [part, setPart] = useState<Range | null>(null);
  const onZoom = props.onZoom ?? ((range) => setPart(wholeNumbers(range)));
  const view = useMemo(() => part === null ? props.view : { ...props.view, range: part }, [
    props.view,
    part,
  ]);
  const host = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ view, onZoom });
  latest.current = { view, onZoom };
  useStill(host, latest);
  const [place, setPlace] = useState<Place | null>(null);
  const [spoken, setSpoken] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Other lines or axes need another plot; other points only other data.
  const { query: { isLogX, isLogY, x }, lines } = view;
  const shape = [
    useTheme(),
    isLogX,
    isLogY,
    x,
    ...lines.map((line, index) =>
      `${line.low === null}${line.raw === null}${lineClass(index, line)}`
    ),
  ].join();

  useEffect(() => {
    if (host.current === null) return;
    const created = createPlot(host.current, () => latest.current, setPlace);
    plot.current = created;
    const observer = new ResizeObserver(() => created.setSize(sizeOf(created.root.parentElement)));
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      created.destroy();
    };
  }, [shape]);
  useEffect(() => plot.current?.setData(dataOf(view)), [view]);
  useEffect(() => {
    const onReset = ({ target }: Event): void => {
      if (target instanceof Node && target.contains(host.current)) latest.current.onZoom(null);
    };
    // A trial that is pointed at elsewhere on the page stands out here too.
    const onTrial = (event: Event): void => {
      const trial: unknown = event instanceof CustomEvent ? event.detail : null;
      const { view } = latest.current;
      const line = view.lines.findIndex((one) => String(one.trial) === trial);
      const series = line < 0 ? null : ownSeries(view).indexOf(line, 1);
      plot.current?.setSeries(series, { focus: true });
    };
    document.addEventListener("trawl:reset-zoom", onReset);
    document.addEventListener("trawl:trial", onTrial);
    return () => {
      document.removeEventListener("trawl:reset-zoom", onReset);
      document.removeEventListener("trawl:trial", onTrial);
    };
  }, []);
  const trial = place === null ? null : lines[place.line]?.trial ?? null;
  useEffect(() => {
    readout.current?.dispatchEvent(new CustomEvent("trawl:cursor", { bubbles: true }));
  }, [trial]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "0") {
      event.preventDefault();
      return onZoom(null);
    }
    const next = stepped(view, place, event.key);
    if (next === null || plot.current === null) return;
    event.preventDefault();
    showCursor(plot.current, view, next);
    setPlace(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSpoken(wordsAt(view, next)), SPOKEN_MS);
  };
  return (
    <div class="live-plot">
      <div
        ref={host}
        class="plot-host"
        role="application"
        aria-roledescription="chart"
        aria-label={`${props.label} Arrow keys read it, 0 shows all of it.`}
        tabIndex={0}
        data-points={lines.reduce((sum, line) => sum + line.x.length, 0)}
        onKeyDown={onKeyDown}
        onPointerDown={() => {
          onHold?.(true);
          addEventListener("pointerup", () => onHold?.(false), { once: true });
        }}
      />
      <p class="readout" ref={readout} data-readout data-trial={trial}>
        {wordsAt(view, place) ||
          "Point at a line or use the arrow keys to read it; drag to zoom, double-click or 0 for all."}
      </p>
      {part !== null && <p class="note" data-part>{partWords(view, props.view.range)}</p>}
      <p class="visually-hidden" aria-live="polite">{spoken}</p>
    </div>
  );
}

/** Epochs are whole. */
function wholeNumbers(range: Range | null): Range | null {
  return range && [Math.floor(range[0]), Math.ceil(range[1])];
}

/** A saved picture says, too, that it is not of everything. */
function partWords({ range, query: { x } }: DrawnView, whole: Range): string {
  const [part, all] = [range, whole].map(([from, to]) =>
    `${formatX(from, x)} to ${formatX(to, x)}`
  );
  return `Zoomed: ${x} ${part} of ${all}.`;
}

function wordsAt(view: CurvesView, place: Place | null): string {
  const line = place === null ? undefined : view.lines[place.line];
  return line === undefined || place === null || place.index >= line.x.length
    ? ""
    : describePlace(view, line, place.index);
}

/** Left and right go along a line, up and down to the other ones. */
function stepped(view: CurvesView, place: Place | null, key: string): Place | null {
  const { lines } = view;
  const from = place ?? { line: 0, index: -1 };
  const along = (index: number): Place | null => {
    const most = (lines[from.line]?.x.length ?? 0) - 1;
    return most < 0 ? null : { line: from.line, index: Math.max(0, Math.min(most, index)) };
  };
  const across = (step: number): Place | null => {
    const line = (from.line + step + lines.length) % lines.length;
    const x = lines[from.line]?.x[Math.max(0, from.index)] ?? 0;
    const own = lines[line]?.x ?? [];
    const after = own.findIndex((one) => one >= x);
    return own.length === 0 ? null : { line, index: after < 0 ? own.length - 1 : after };
  };
  switch (key) {
    case "ArrowRight":
      return along(from.index + 1);
    case "ArrowLeft":
      return along(from.index - 1);
    case "Home":
      return along(0);
    case "End":
      return along(Infinity);
    case "ArrowDown":
      return across(1);
    case "ArrowUp":
      return across(-1);
    default:
      return null;
  }
}

function showCursor(plot: uPlot, view: CurvesView, { line, index }: Place): void {
  const one = view.lines[line];
  if (one === undefined) return;
  const left = plot.valToPos(one.x[index] ?? 0, "x");
  const top = plot.valToPos(one.y[index] ?? 0, "y");
  plot.setSeries(ownSeries(view).indexOf(line, 1), { focus: true }, false);
  plot.setCursor({ left, top }, false);
}

function createPlot(
  host: HTMLElement,
  latest: () => {
    readonly view: DrawnView;
    readonly onZoom: (range: Range | null) => void;
  },
  onPlace: (place: Place | null) => void,
): uPlot {
  const { view } = latest();
  const colour = coloursOf(host);
  const own = ownSeries(view);
  const grid = { stroke: colour("--grid"), width: 1 };
  const axis = {
    stroke: colour("--faint"),
    grid,
    ticks: { show: false },
    font: "12px system-ui",
    // Ours are few already: of a logarithmic axis uPlot would name the powers of ten alone.
    filter: (_: uPlot, splits: number[]) => splits,
  };
  const { isLogX, isLogY, x } = view.query;
  let focused: number | null = null;
  const options: uPlot.Options = {
    ...sizeOf(host),
    padding: [14, 26, null, null],
    legend: { show: false },
    cursor: {
      focus: { prox: 24 },
      points: { size: 8 },
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => () => (latest().onZoom(null), null) },
      dataIdx: (self, series, index) =>
        typeof own[series] === "number" ? nearest(self.data[series] ?? [], index) : null,
    },
    focus: { alpha: 0.25 },
    scales: {
      x: { time: false, distr: isLogX ? 3 : 1, range: () => [...latest().view.range] },
      y: { distr: isLogY ? 3 : 1, range: () => [...yRange(latest().view)] },
    },
    axes: [
      {
        ...axis,
        label: X_NAMES[x],
        labelSize: 18,
        labelFont: "12px system-ui",
        size: 32,
        splits: ({ width }) => [...xTicks(latest().view.range, latest().view, width < 600 ? 5 : 9)],
        values: (_, values) => values.map((value) => formatX(value, x, latest().view.range[1])),
      },
      {
        ...axis,
        size: 60,
        splits: () => [...yTicks(yRange(latest().view), latest().view)],
        values: (_, values) => values.map(formatValue),
      },
    ],
    ...seriesOf(view, colour),
    hooks: {
      setSeries: [(_, series) => focused = series],
      setCursor: [(self) => {
        const line = focused === null ? null : own[focused] ?? null;
        const at = self.data[0][self.cursor.idxs?.[focused ?? 0] ?? -1];
        if (line === null || at === undefined) return onPlace(null);
        const index = latest().view.lines[line]?.x.indexOf(at) ?? -1;
        if (index >= 0) onPlace({ line, index });
      }],
      setSelect: [(self) => {
        const { left, width } = self.select;
        if (width < 4) return;
        const range = [self.posToVal(left, "x"), self.posToVal(left + width, "x")] as const;
        self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        latest().onZoom(range);
      }],
      draw: [(self) => drawMarks(self, latest().view, colour)],
    },
  };
  return new uPlot(options, dataOf(view), host);
}

function sizeOf(host: Element | null): { readonly width: number; readonly height: number } {
  const width = host?.clientWidth ?? 600;
  const usual = width < 480 ? 260 : width < 900 ? 320 : 400;
  const height = host?.closest(":fullscreen") ? Math.max(usual, innerHeight * 0.6) : usual;
  return { width: Math.max(200, width), height };
}
